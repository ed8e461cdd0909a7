import { createActor, type ActorRefFrom } from 'xstate';
import type { CrmHost } from '../crm/crm-host.js';
import type { CorrectionQuestion } from '../domain/correction.js';
import type { DialRequest } from '../domain/dial.js';
import type { Environment } from '../environment/environment.js';
import { checkSettings, type SettingsCheck } from '../domain/settings-check.js';
import { defaultSettings, type Settings, type SettingsInput } from '../domain/settings.js';
import type { usableSettings } from '../domain/usable-settings.js';
import type { AgentCommand, CheckedSettings, Opened } from '../machine/agent/agent-context.js';
import type { agentMachine } from '../machine/agent/agent-machine.js';
import { ringingOf, type Devices, type LeaderCommand } from '../machine/leader/leader-state.js';
import { nothingRings } from '../telephony/telephony-error.js';
import type { Telephony } from '../telephony/telephony.js';
import { boundAgent, type ActorPorts } from './agent-actors.js';
import type { Chat } from './chats/tab-chats.js';
import type { DesktopEvent } from './desktop-event.js';
import { LeaderLink } from './tabs/leader-link.js';
import { guardedHost } from './guarded-host.js';
import type { RecordsCommand } from './tabs/tab-services.js';
import type { ListName } from '../machine/list-machine.js';
import type { ListItems, PlatformList } from './platform-lists.js';
import { realEnvironment } from '../environment/real-environment.js';
import { RecentRecords } from './recent-records.js';
import type { RecordsView } from './records-view.js';
import { SnapshotFeed, type DesktopSnapshot } from './snapshot-feed.js';
import { xstateClock } from './xstate-clock.js';

export type { DesktopSnapshot };

/** A person's command. A dial goes through `AgentDesktop.dial`, which makes the call's key. */
export type DesktopCommand = Exclude<AgentCommand, { type: 'dial' }> | SessionsCommand | RecordsCommand;

/** A person's command about sessions. The leader carries it out. */
export type SessionsCommand = Exclude<
  LeaderCommand,
  {
    type:
      | 'setStatus'
      | 'setNextStatus'
      | 'dial'
      | 'takeBack'
      | 'logOut'
      | 'logIn'
      | 'list'
      | 'chat'
      | 'markVoicemail'
      | 'setDevices'
      | 'correction';
  }
>;

/** The desktop of one agent without a screen: it joins ports, statecharts, keeper and outbox. */
export interface AgentDesktop {
  readonly host: CrmHost;
  readonly telephony: Telephony;
  start(): void;
  /** Stops for good. To start again, create a new desktop. */
  stop(): Promise<void>;
  send(command: DesktopCommand): void;
  /** Fills in the form. `pressed`: a person pressed a control of the panel (R10). */
  dial(request: DialRequest, options?: { pressed?: boolean }): void;
  /** R10: ends the call if it is on, then calls back. */
  callBack(sessionId: string): void;
  /** One of the platform's lists. Undefined until the panel is ready. */
  list<Name extends ListName>(name: Name): PlatformList<ListItems[Name]> | undefined;
  /** R35: asks about, or changes, a session's contact and ticket. Rejects with the reason. */
  correct(question: CorrectionQuestion): Promise<unknown>;
  /** A15: a chat in this tab. Undefined until its code is loaded. */
  chat(sessionId: string): Chat | undefined;
  /** A8: sets the platform's devices. Rejects with the platform's error. */
  setDevices(devices: Devices): Promise<void>;
  /** A12: the latest lines of this tab's masked log, the oldest first. */
  readonly log: readonly string[];
  /** A9: whether this tab leads. Only the leader rings. */
  readonly leads: boolean;
  /** A13: answers or declines what rings. Rejects with a `TelephonyError` if nothing rings. */
  actOnRing(act: 'answer' | 'decline'): Promise<void>;
  /** A13: tells whether the agent sees this panel: the tab is visible, and the panel is neither minimised nor hidden. */
  isShown?: () => boolean;
  /** A13: whether the agent sees the panel in another tab. */
  isShownElsewhere(): Promise<boolean>;
  /** Overrides the host's settings, key by key. If a value is bad, the last valid settings stay in force. */
  setSettings(settings: SettingsInput | undefined): void;
  readonly snapshot: DesktopSnapshot;
  /** The records that are not in the CRM yet. */
  readonly records: RecordsView;
  subscribe(listener: (snapshot: DesktopSnapshot) => void): () => void;
  onEvent(listener: (event: DesktopEvent) => void): () => void;
}

export interface DesktopOptions {
  host: CrmHost;
  telephony: Telephony;
  settings?: SettingsInput;
  /** Replaces parts of the real environment. */
  environment?: Partial<Environment>;
}

export { nothingRings };

export const createDesktop = (options: DesktopOptions): AgentDesktop => new Desktop(options);

class Desktop implements AgentDesktop {
  readonly host: CrmHost;
  readonly telephony: Telephony;
  isShown?: () => boolean;
  readonly #environment: Environment;
  readonly #guarded: CrmHost;
  readonly #actor: ActorRefFrom<typeof agentMachine>;
  readonly #recent = new RecentRecords();
  readonly #feed: SnapshotFeed;
  readonly #leader: LeaderLink;
  readonly #eventListeners = new Set<(event: DesktopEvent) => void>();
  readonly #cleanUps: (() => void)[] = [];
  #hostSettings: SettingsInput = {};
  #ownSettings: SettingsInput | undefined;
  #settings: Settings = defaultSettings;
  #hadGoodSettings = false;
  /** Loaded only if the settings are bad at the start. */
  #usable: typeof usableSettings | undefined;
  #started = false;

  constructor({ host, telephony, settings, environment }: DesktopOptions) {
    this.host = host;
    this.telephony = telephony;
    this.#environment = { ...realEnvironment(maskAbsentAgents), ...environment };
    this.#guarded = guardedHost(host, this.#environment);
    this.#ownSettings = settings;
    this.#leader = new LeaderLink({
      host: this.#guarded,
      telephony,
      environment: this.#environment,
      recall: this.#recent,
      settings: () => this.#settings,
      feed: () => this.#feed,
      isShown: () => this.isShown?.() ?? false,
      emit: (event) => this.#emit(event),
      notifyAgent: (fact) => this.#actor.send(fact),
    });
    const ports: ActorPorts = {
      host: this.#guarded,
      telephony,
      environment: this.#environment,
      recent: this.#recent,
      open: () => this.#open(),
      leader: this.#leader,
      loadForm: async () => (await loadForm(this.#environment)).boundOutbound(ports),
      dialled: [],
    };
    this.#actor = createActor(boundAgent(ports), {
      input: { online: this.#environment.connectivity.online },
      clock: xstateClock(this.#environment),
    });
    this.#feed = new SnapshotFeed(this.#actor, () => this.records);
  }

  get records(): RecordsView {
    return this.#leader.services?.records ?? noRecords;
  }

  get snapshot(): DesktopSnapshot {
    return this.#feed.snapshot;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#cleanUps.push(
      this.#environment.connectivity.subscribe((online) => {
        this.#actor.send({ type: 'connectivity.changed', online });
        if (online) this.#leader.services?.command({ type: 'retryRecords' });
      }),
      // A request that comes before the desktop is ready waits.
      this.host.onDial((request) => this.dial(request)),
    );
    if (this.host.onSettingsChange)
      this.#cleanUps.push(
        this.host.onSettingsChange((settings) => {
          this.#hostSettings = settings;
          this.#applySettings();
        }),
      );
    this.#actor.start();
  }

  async stop(): Promise<void> {
    if (!this.#started) return;
    for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
    this.#actor.stop();
    this.#feed.stop();
    await this.#leader.stop();
    this.#eventListeners.clear();
  }

  send(command: DesktopCommand): void {
    if (isRecordsCommand(command)) this.#leader.services?.command(command);
    else if (isSessionCommand(command)) this.#leader.send(command);
    else this.#actor.send(command);
    const { missed } = this.#actor.getSnapshot().context.leader;
    if (missed && command.type === 'showTab' && command.tab === 'history') this.#leader.send({ type: 'missedSeen' });
  }

  dial(request: DialRequest, { pressed = false }: { pressed?: boolean } = {}): void {
    const send = () => this.#actor.send({ type: 'dial', request, flowId: this.#environment.random(), pressed });
    this.#emit({ type: 'dial', request });
    this.host.panel?.show();
    if (this.#actor.getSnapshot().matches('ready')) return send();
    const waiting = this.#actor.subscribe((snapshot) => {
      if (!snapshot.matches('ready')) return;
      waiting.unsubscribe();
      queueMicrotask(send);
    });
    this.#cleanUps.push(() => waiting.unsubscribe());
  }

  callBack(sessionId: string): void {
    this.#leader.whenLoaded((services) =>
      services.callBack(sessionId, () => this.dial({ from: 'call-back', sessionId }, { pressed: true })),
    );
  }

  list<Name extends ListName>(name: Name): PlatformList<ListItems[Name]> | undefined {
    return this.#leader.services?.list(name);
  }

  correct(question: CorrectionQuestion): Promise<unknown> {
    return this.#leader.ask(question);
  }

  chat(sessionId: string): Chat | undefined {
    return this.#leader.services?.chat(sessionId);
  }

  async setDevices(devices: Devices): Promise<void> {
    await this.#leader.ask({ type: 'setDevices', devices });
  }

  get log(): readonly string[] {
    return this.#leader.services?.log.lines ?? [];
  }

  get leads(): boolean {
    return this.#leader.leads;
  }

  async actOnRing(act: 'answer' | 'decline'): Promise<void> {
    if (ringingOf(this.snapshot.agent.context.leader) === undefined) throw nothingRings();
    await this.#leader.ask({ type: 'actOnRing', act });
  }

  async isShownElsewhere(): Promise<boolean> {
    return (await this.#leader.services?.isShownElsewhere()) ?? false;
  }

  setSettings(settings: SettingsInput | undefined): void {
    this.#ownSettings = settings;
    if (this.#actor.getSnapshot().matches('ready')) this.#applySettings();
  }

  subscribe(listener: (snapshot: DesktopSnapshot) => void): () => void {
    return this.#feed.subscribe(listener);
  }

  onEvent(listener: (event: DesktopEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  /** Asks the host, then the platform, for the data that the panel needs at the start. */
  async #open(): Promise<Opened> {
    const [agent, hostSettings] = await Promise.all([this.#guarded.getAgent(), this.#guarded.getSettings()]);
    this.#hostSettings = hostSettings;
    let check = this.#check();
    if (!check.ok) {
      this.#usable = (await loadUsable(this.#environment).catch(() => undefined))?.usableSettings;
      // The page may have set other settings meanwhile.
      check = this.#check();
    }
    const checked = this.#take(check);
    const { profile, state } = await this.#leader.open(agent);
    // Loads the form, so that the first click finds it loaded.
    this.#leader.whenLoaded(() => void loadForm(this.#environment).catch(() => undefined));
    queueMicrotask(() => this.#emit({ type: 'ready' }));
    return { agent, ...checked, profile, leader: state };
  }

  #check(): SettingsCheck {
    return checkSettings(this.#hostSettings, this.#ownSettings);
  }

  /**
   * If a value is bad, the last valid settings stay in force. If there are none yet, defaults replace the bad values.
   */
  #take(check: SettingsCheck): CheckedSettings {
    this.#hadGoodSettings ||= check.ok;
    if (check.ok) this.#settings = check.settings;
    else if (!this.#hadGoodSettings)
      this.#settings = this.#usable?.(this.#hostSettings, this.#ownSettings) ?? withoutRecording;
    const settingsProblems = check.ok ? [] : check.problems;
    for (const { path, message } of settingsProblems)
      this.#emit({ type: 'error', code: 'settings-refused', message, cause: { path } });
    return { settings: this.#settings, settingsProblems, lastGood: this.#hadGoodSettings };
  }

  #applySettings(): void {
    const before = this.#settings;
    this.#actor.send({ type: 'settings.changed', ...this.#take(this.#check()) });
    if (this.#settings !== before) this.#leader.setRules();
  }

  #emit(event: DesktopEvent): void {
    for (const listener of this.#eventListeners) listener(event);
  }
}

const noRecords: RecordsView = { records: [], durable: true };

/** S4: masks the rows of absent agents. If that fails, the next start tries again. */
const maskAbsentAgents = (account: string, name: string): void =>
  void import('./absent-agents.js')
    .then(({ maskAbsent }) => maskAbsent(account, name, Date.now()))
    .catch(() => undefined);

const loadUsable = ({ load }: Environment) => load(() => import('../domain/usable-settings.js'));
const loadForm = ({ load }: Environment) => load(() => import('./outbound-actors.js'));

/** S14: the settings at the start if the given ones are bad and `usableSettings` cannot be loaded. */
const withoutRecording: Settings = { ...defaultSettings, calls: { ...defaultSettings.calls, recording: false } };

const recordsCommands: readonly string[] = [
  'retryRecords',
  'discardRecord',
  'signIn',
] satisfies RecordsCommand['type'][];
const isRecordsCommand = (command: DesktopCommand): command is RecordsCommand => recordsCommands.includes(command.type);
const sessionCommands: readonly string[] = [
  'endCall',
  'dismissCall',
  'showSession',
  'session',
] satisfies SessionsCommand['type'][];
const isSessionCommand = (command: DesktopCommand): command is SessionsCommand =>
  sessionCommands.includes(command.type);
