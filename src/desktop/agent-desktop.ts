import { createActor, type ActorRefFrom } from 'xstate';
import type { CrmHost } from '../crm/crm-host.js';
import type { DialRequest } from '../domain/dial.js';
import type { Environment } from '../environment/environment.js';
import { checkSettings, type SettingsCheck } from '../domain/settings-check.js';
import { defaultSettings, type Settings, type SettingsInput } from '../domain/settings.js';
import type { usableSettings } from '../domain/usable-settings.js';
import type { AgentCommand, CheckedSettings, Opened } from '../machine/agent/agent-context.js';
import type { agentMachine } from '../machine/agent/agent-machine.js';
import type { Devices, LeaderCommand } from '../machine/leader/leader-state.js';
import type { Telephony } from '../telephony/telephony.js';
import { boundAgent, type ActorPorts } from './agent-actors.js';
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

/** A person's command; `dial` goes by `AgentDesktop.dial`, which makes the call's key. */
export type DesktopCommand = Exclude<AgentCommand, { type: 'dial' }> | SessionCommand | RecordsCommand;

/** What a person does about sessions: the tab that leads carries it out. */
export type SessionCommand = Exclude<
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
      | 'markVoicemail'
      | 'setDevices';
  }
>;

/** An agent at work, without a screen: ports, statecharts, keeper and outbox put together. */
export interface AgentDesktop {
  readonly host: CrmHost;
  readonly telephony: Telephony;
  start(): void;
  /** Ends for good: a new start needs a new desktop. */
  stop(): Promise<void>;
  send(command: DesktopCommand): void;
  /** Fills the form in. `pressed`: by a person in our own panel (R10). */
  dial(request: DialRequest, options?: { pressed?: boolean }): void;
  /** R10: ends the call if it is on, and calls back. */
  callBack(sessionId: string): void;
  /** A list of the platform's; undefined while the panel gets ready. */
  list<Name extends ListName>(name: Name): PlatformList<ListItems[Name]> | undefined;
  /** A8. Rejects as the platform does. */
  setDevices(devices: Devices): Promise<void>;
  /** A12: what was logged in this tab, masked, a line each; the last ones. */
  readonly log: readonly string[];
  /** A9: this tab has the line, so it is the one that rings. */
  readonly leads: boolean;
  /** Wins over the host's, key by key; a bad value keeps the last good settings in force. */
  setSettings(settings: SettingsInput | undefined): void;
  readonly snapshot: DesktopSnapshot;
  /** What is still on its way to the CRM. */
  readonly records: RecordsView;
  subscribe(listener: (snapshot: DesktopSnapshot) => void): () => void;
  onEvent(listener: (event: DesktopEvent) => void): () => void;
}

export interface DesktopOptions {
  host: CrmHost;
  telephony: Telephony;
  settings?: SettingsInput;
  /** What is missing is the real thing. */
  environment?: Partial<Environment>;
}

export const createDesktop = (options: DesktopOptions): AgentDesktop => new Desktop(options);

class Desktop implements AgentDesktop {
  readonly host: CrmHost;
  readonly telephony: Telephony;
  readonly #environment: Environment;
  readonly #guarded: CrmHost;
  readonly #actor: ActorRefFrom<typeof agentMachine>;
  readonly #recent = new RecentRecords();
  readonly #feed: SnapshotFeed;
  readonly #leader: LeaderLink;
  readonly #eventListeners = new Set<(event: DesktopEvent) => void>();
  readonly #letGo: (() => void)[] = [];
  #hostSettings: SettingsInput = {};
  #ownSettings: SettingsInput | undefined;
  #settings: Settings = defaultSettings;
  #hadGoodSettings = false;
  /** Loaded where it is needed. */
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
      emit: (event) => this.#emit(event),
      tell: (fact) => this.#actor.send(fact),
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
    this.#letGo.push(
      this.#environment.connectivity.subscribe((online) => {
        this.#actor.send({ type: 'connectivity.changed', online });
        if (online) this.#leader.services?.command({ type: 'retryRecords' });
      }),
      // A request from before the form can be opened is kept until it can.
      this.host.onDial((request) => this.dial(request)),
    );
    if (this.host.onSettingsChange)
      this.#letGo.push(
        this.host.onSettingsChange((settings) => {
          this.#hostSettings = settings;
          this.#applySettings();
        }),
      );
    this.#actor.start();
  }

  async stop(): Promise<void> {
    if (!this.#started) return;
    for (const letGo of this.#letGo.splice(0)) letGo();
    this.#actor.stop();
    this.#feed.stop();
    await this.#leader.stop();
    this.#eventListeners.clear();
  }

  send(command: DesktopCommand): void {
    if (isRecordsCommand(command)) this.#leader.services?.command(command);
    else if (isSessionCommand(command)) this.#leader.send(command);
    else this.#actor.send(command);
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
    this.#letGo.push(() => waiting.unsubscribe());
  }

  callBack(sessionId: string): void {
    this.#leader.whenLoaded((services) =>
      services.callBack(sessionId, () => this.dial({ from: 'call-back', sessionId }, { pressed: true })),
    );
  }

  list<Name extends ListName>(name: Name): PlatformList<ListItems[Name]> | undefined {
    return this.#leader.services?.list(name);
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

  /** Host first, then the platform: what the panel needs before it can be used. */
  async #open(): Promise<Opened> {
    const [agent, hostSettings] = await Promise.all([this.#guarded.getAgent(), this.#guarded.getSettings()]);
    this.#hostSettings = hostSettings;
    let check = this.#check();
    if (!check.ok) {
      this.#usable = (await loadUsable(this.#environment).catch(() => undefined))?.usableSettings;
      // The page may have given others meanwhile.
      check = this.#check();
    }
    const checked = this.#take(check);
    const { profile, state } = await this.#leader.open(agent);
    // So that the first click finds the form there.
    this.#leader.whenLoaded(() => void loadForm(this.#environment).catch(() => undefined));
    queueMicrotask(() => this.#emit({ type: 'ready' }));
    return { agent, ...checked, profile, leader: state };
  }

  #check(): SettingsCheck {
    return checkSettings(this.#hostSettings, this.#ownSettings);
  }

  /** A bad value keeps the last good settings in force; at start there are none yet, and what is good of them is. */
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

/** S4. One that fails is repeated at the next start. */
const maskAbsentAgents = (account: string, name: string): void =>
  void import('./absent-agents.js')
    .then(({ maskAbsent }) => maskAbsent(account, name, Date.now()))
    .catch(() => undefined);

const loadUsable = ({ load }: Environment) => load(() => import('../domain/usable-settings.js'));
const loadForm = ({ load }: Environment) => load(() => import('./outbound-actors.js'));

/** S14: what holds at start while nothing else is known. */
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
] satisfies SessionCommand['type'][];
const isSessionCommand = (command: DesktopCommand): command is SessionCommand => sessionCommands.includes(command.type);
