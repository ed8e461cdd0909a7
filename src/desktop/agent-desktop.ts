import { createActor, type ActorRefFrom } from 'xstate';
import type { CrmHost } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { DialRequest } from '../domain/dial.js';
import type { Environment } from '../domain/environment.js';
import type { SessionRecord } from '../domain/session.js';
import { checkSettings, type SettingsProblem } from '../domain/settings-check.js';
import { defaultSettings, type Settings, type SettingsInput } from '../domain/settings.js';
import type { AgentCommand, AgentFact, Opened, RecordsCount } from '../machine/agent-context.js';
import type { agentMachine } from '../machine/agent-machine.js';
import type { OutboxEntry } from '../outbox/outbox.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { CallRules, Telephony } from '../telephony/telephony.js';
import { boundAgent } from './agent-ports.js';
import type { CallPorts } from './call-ports.js';
import type { DesktopEvent } from './desktop-event.js';
import { guardedHost } from './guarded-host.js';
import { realEnvironment } from './real-environment.js';
import { RecentRecords } from './recent-records.js';
import type { RecordsCommand, RecordsOffice } from './records-office.js';
import type { RecordsView } from './records-view.js';
import { SnapshotFeed, type DesktopSnapshot } from './snapshot-feed.js';

const afterPaint = 50;

export type { DesktopSnapshot };

/** A person's command; `dial` goes by `AgentDesktop.dial`, which makes the call's key. */
export type DesktopCommand = Exclude<AgentCommand, { type: 'dial' }> | RecordsCommand;

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
  readonly #eventListeners = new Set<(event: DesktopEvent) => void>();
  readonly #letGo: (() => void)[] = [];
  readonly #heard = new Set<string>();
  /** Loaded after the first paint; what happens before that waits for it. */
  #office: Promise<RecordsOffice> | undefined;
  #loadedOffice: RecordsOffice | undefined;
  #hostSettings: SettingsInput = {};
  #ownSettings: SettingsInput | undefined;
  #settings: Settings = defaultSettings;
  #tell: ((fact: AgentFact) => void) | undefined;
  #toldSession = '';
  #started = false;

  constructor({ host, telephony, settings, environment }: DesktopOptions) {
    this.host = host;
    this.telephony = telephony;
    this.#environment = { ...realEnvironment(), ...environment };
    this.#guarded = guardedHost(host, this.#environment);
    this.#ownSettings = settings;
    const ports: CallPorts = {
      host: this.#guarded,
      telephony,
      environment: this.#environment,
      recent: this.#recent,
      open: () => this.#open(),
      listen: (tell) => this.#listen(tell),
      loadForm: async () => (await import('./outbound-ports.js')).boundOutbound(ports),
      dialled: [],
      placed: (sessionId, key) => this.#inOffice(({ watch }) => watch.watch(sessionId, key, this.#agentId)),
    };
    const machine = boundAgent(ports);
    const { timers } = this.#environment;
    this.#actor = createActor(machine, {
      input: { online: this.#environment.connectivity.online },
      clock: {
        setTimeout: (run: () => void, milliseconds: number) => timers.setTimeout(run, milliseconds) as number,
        clearTimeout: (id: unknown) => timers.clearTimeout(id),
      },
    });
    this.#feed = new SnapshotFeed(this.#actor);
  }

  get records(): RecordsView {
    return this.#loadedOffice?.records ?? noRecords;
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
        if (online) this.#loadedOffice?.command({ type: 'retryRecords' });
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
    // It may still be on its way.
    this.#inOffice((office) => office.stop());
    this.#actor.stop();
    this.#feed.stop();
    this.#eventListeners.clear();
    try {
      await this.telephony.disconnect();
    } catch {
      // It is let go of in any case.
    }
  }

  send(command: DesktopCommand): void {
    if (isRecordsCommand(command)) this.#loadedOffice?.command(command);
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
    const settingsProblems = this.#checkSettings();
    const profile = await this.telephony.connect(agent, callRules(this.#settings));
    this.#office = this.#openOffice(agent);
    for (const session of profile.activeSessions)
      this.#inOffice(({ keeper, watch }) => {
        keeper.resume(session);
        watch.watch(session.id, '', agent.id, session.connectedAt ? 'connected' : 'created');
      });
    queueMicrotask(() => this.#emit({ type: 'ready' }));
    return { agent, settings: this.#settings, settingsProblems, profile };
  }

  get #agentId(): string {
    return this.#actor.getSnapshot().context.opened?.agent.id ?? '';
  }

  /** What happens before the records' file is there waits for it, in order. */
  #inOffice(work: (office: RecordsOffice) => void): void {
    void this.#office?.then(work);
  }

  async #openOffice(agent: Agent): Promise<RecordsOffice> {
    // After the first paint: nothing is written before a call.
    await new Promise<void>((resolve) => this.#environment.timers.setTimeout(resolve, afterPaint));
    const { openRecordsOffice } = await this.#untilLoaded(() => import('./records-office.js'));
    const office = await openRecordsOffice({
      host: this.#guarded,
      environment: this.#environment,
      telephony: this.telephony,
      hear: (event) => this.#hear(event),
      agent,
      settings: () => this.#settings,
      recall: this.#recent,
      showTicket: (id) => this.#showTicket(id),
      feed: this.#feed,
      tell: (sessionId, fact, record) => {
        this.#tell?.({ type: 'record', sessionId, fact });
        if (fact.type === 'record.associated') this.#associate(sessionId, record);
      },
      report: ({ code, message, cause }) => this.#emit({ type: 'error', code, message, cause }),
    });
    this.#loadedOffice = office;
    // So that the first click finds the form there.
    import('./outbound-ports.js').catch(() => undefined);
    office.outbox.subscribe((entry) => this.#recordsChanged(entry, office.outbox.entries));
    return office;
  }

  /** A file that could not be fetched is fetched again: records wait, and none is lost. */
  async #untilLoaded<T>(load: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await load();
      } catch (cause) {
        this.#emit({
          type: 'error',
          code: 'not-loaded',
          message: 'A part of the panel could not be loaded; trying again.',
          cause,
        });
        await new Promise<void>((resolve) => this.#environment.timers.setTimeout(resolve, 5000));
      }
    }
  }

  #recordsChanged({ state, failure }: OutboxEntry, entries: readonly OutboxEntry[]): void {
    if (state === 'dead' && failure) this.#emit({ type: 'error', code: failure.code, message: failure.message });
    const { records } = this.#actor.getSnapshot().context;
    const count = countOf(entries);
    if (count.waiting === records.waiting && count.failed === records.failed) return;
    this.#actor.send({ type: 'records.counted', count });
    this.#emit({ type: 'records-change', ...count });
  }

  #listen(tell: (fact: AgentFact) => void): () => void {
    this.#tell = tell;
    const unsubscribe = this.telephony.subscribe((event) => this.#hear(event));
    return () => {
      this.#tell = undefined;
      unsubscribe();
    };
  }

  /** Every platform event: once, to the statecharts, and to the keeper if this desktop owns it. */
  #hear(event: PlatformEvent): void {
    if (this.#heard.has(event.id)) return;
    this.#heard.add(event.id);
    if (this.#heard.size > 5000) this.#heard.delete(this.#heard.values().next().value!);
    const now = new Date(this.#environment.clock.now()).toISOString();
    this.#tell?.({ type: 'platform', event, now });
    this.#inOffice(({ watch }) => watch.hear(event));
    if (event.type === 'agent.status')
      this.#emit({ type: 'status-change', status: event.status, ...(event.next ? { next: event.next } : {}) });
    if (!('sessionId' in event)) return;
    // S4: the platform keeps that there is no ticket, for transfers and call-backs.
    if (event.type === 'session.created' && event.session.association?.ticket === 'none')
      this.#remember(event.sessionId, { ticketId: 'none' });
    if (event.owner === undefined || event.owner === '' || event.owner === this.#agentId)
      this.#inOffice(({ keeper }) => void keeper.take(event));
    this.#emitSession(event.sessionId);
  }

  /** Told once for each change that a page can see. */
  #emitSession(sessionId: string): void {
    queueMicrotask(() => {
      const { session } = this.snapshot;
      if (session?.context.session.id !== sessionId) return;
      const { line } = session.value as { line: string };
      const event = {
        type: 'session-change' as const,
        session: session.context.session,
        phase: line,
        ...session.context.links,
      };
      const told = JSON.stringify(event);
      if (told === this.#toldSession) return;
      this.#toldSession = told;
      this.#emit(event);
    });
  }

  #associate(sessionId: string, record: SessionRecord | undefined): void {
    this.#emitSession(sessionId);
    if (record) this.#remember(sessionId, record);
  }

  #remember(sessionId: string, record: SessionRecord): void {
    this.telephony.associate(sessionId, record).catch((cause: unknown) => {
      this.#emit({
        type: 'error',
        code: 'not-associated',
        message: 'The platform did not keep the ticket of a call.',
        cause,
      });
    });
  }

  async #showTicket(ticketId: string): Promise<void> {
    let prevented = false;
    const sessionId = this.#actor.getSnapshot().context.sessionId ?? '';
    this.#emit({ type: 'screen-pop', ticketId, sessionId, preventDefault: () => (prevented = true) });
    if (!prevented) await this.#guarded.openTicket(ticketId);
  }

  #checkSettings(): readonly SettingsProblem[] {
    const check = checkSettings(this.#hostSettings, this.#ownSettings);
    if (check.ok) {
      this.#settings = check.settings;
      return [];
    }
    for (const { path, message } of check.problems)
      this.#emit({ type: 'error', code: 'settings-refused', message, cause: { path } });
    return check.problems;
  }

  #applySettings(): void {
    const problems = this.#checkSettings();
    this.#actor.send({ type: 'settings.changed', settings: this.#settings, problems });
    if (problems.length > 0) return;
    this.telephony.setRules(callRules(this.#settings)).catch((cause: unknown) => {
      this.#emit({
        type: 'error',
        code: 'rules-refused',
        message: 'The platform did not take the new call rules.',
        cause,
      });
    });
  }

  #emit(event: DesktopEvent): void {
    for (const listener of this.#eventListeners) listener(event);
  }
}

/** S14, S16: what the platform enforces. */
const callRules = ({ calls }: Settings): CallRules => ({
  record: calls.recording,
  autoAnswer: calls.autoAnswer,
  wrapUpSeconds: calls.wrapUpSeconds,
  maxChats: calls.maxChats,
});

const noRecords: RecordsView = { records: [], durable: true };
const isRecordsCommand = (command: DesktopCommand): command is RecordsCommand => /Record|signIn/.test(command.type);

function countOf(entries: readonly OutboxEntry[]): RecordsCount {
  const writes = entries.filter(({ intent }) => intent.kind !== 'open-ticket');
  const failed = writes.filter(({ state }) => state === 'dead' || state === 'parked').length;
  return { waiting: writes.filter(({ state }) => state !== 'settled').length - failed, failed };
}
