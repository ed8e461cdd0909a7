import type { CrmHost } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { Environment, TabChannel } from '../domain/environment.js';
import type { Settings } from '../domain/settings.js';
import type { AgentFact } from '../machine/agent-context.js';
import { callOn, lineAtSignIn, type LineCommand, type LineState, type Placed } from '../machine/line-state.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { CallRules, Telephony } from '../telephony/telephony.js';
import { alone } from './browser-tabs.js';
import { inCommandTime } from './command-time.js';
import type { DesktopEvent } from './desktop-event.js';
import type { Recall } from './keeper-facts.js';
import { Leadership } from './leadership.js';
import { LineNews } from './line-news.js';
import type { LineOffice, RecordsCommand } from './line-office.js';
import type { RecordsView } from './records-view.js';
import type { SnapshotFeed } from './snapshot-feed.js';
import { topicOf } from './tab-channel.js';
import { TabLine, type ToldLine } from './tab-line.js';

const afterPaint = 50;
const againAfter = 5000;

export interface DesktopLineOptions {
  host: CrmHost;
  telephony: Telephony;
  environment: Environment;
  recall: Recall;
  settings: () => Settings;
  feed: () => SnapshotFeed;
  emit: (event: DesktopEvent) => void;
  tell: (fact: AgentFact) => void;
}

/**
 * The line to the platform as a desktop has it: in one of the agent's tabs its own, in the others that of the tab that
 * leads. What is not needed for the first paint comes in a file of its own.
 */
export class DesktopLine {
  readonly #options: DesktopLineOptions;
  readonly #news: LineNews;
  #leadership: Leadership | undefined;
  #tabs: TabLine | undefined;
  #channel: TabChannel = alone().channel;
  #office: Promise<LineOffice> | undefined;
  #loadedOffice: LineOffice | undefined;
  #shown: ToldLine | undefined;
  #isShown: (() => void)[] = [];
  #listener: ((state: LineState) => void) | undefined;
  /** Signed in to the platform, in this tab. */
  #signedIn: Promise<void> | undefined;
  #agent: Agent | undefined;
  #opened = false;
  #stopped = false;

  constructor(options: DesktopLineOptions) {
    this.#options = options;
    this.#news = new LineNews(options.emit);
  }

  get records(): RecordsView {
    return this.#loadedOffice?.records ?? { records: [], durable: true };
  }

  /** Signs in, or is told by the tab that has. Rejects as the platform does. */
  async open(agent: Agent): Promise<ToldLine> {
    this.#agent = agent;
    this.#leadership ??= this.#openTabs(agent);
    await this.#leadership.settled();
    if (this.#leadership.leads) await this.#signIn();
    else await this.#askLeader();
    this.#opened = true;
    this.#office ??= this.#openOffice(agent);
    this.#leadOffice();
    // A call that is on is not shown late.
    if (this.#shown!.profile.activeSessions.length > 0) await this.#office;
    return this.#shown!;
  }

  /** Of a dial: this tab leads from now on, so that it has the media. */
  async takeOver(): Promise<void> {
    if (!(await this.#leadership?.take()))
      throw new TelephonyError('busy-elsewhere', 'Another tab of this browser has the line, and did not hand it over.');
    await this.#signedIn;
  }

  /** Carried out in the tab that leads. Rejects as the platform does. */
  async ask(command: LineCommand): Promise<void> {
    if (this.#leadership?.leads) await (await this.#office)?.carryOut(command);
    else await this.#tabs?.send(command);
  }

  /** The same for what is seen on a session, whether it was done or not. */
  send(command: LineCommand): void {
    this.ask(command).catch((cause: unknown) => {
      const message = 'The tab that has the line did not do what was asked.';
      this.#options.emit({ type: 'error', code: 'not-done', message, cause });
    });
  }

  placed(call: Placed): void {
    this.whenLoaded((office) => office.placed(call));
  }

  command(command: RecordsCommand): void {
    this.#loadedOffice?.command(command);
  }

  whenLoaded(run: (office: LineOffice) => void): void {
    void this.#office?.then(run);
  }

  /** One listener: the tab's own statechart. */
  subscribe(listener: (state: LineState) => void): () => void {
    this.#listener = listener;
    if (this.#shown) listener(this.#shown.state);
    return () => (this.#listener = undefined);
  }

  setRules(): void {
    if (!this.#signedIn) return;
    this.#options.telephony.setRules(callRules(this.#options.settings())).catch((cause: unknown) => {
      const message = 'The platform did not take the new call rules.';
      this.#options.emit({ type: 'error', code: 'rules-refused', message, cause });
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    // It may still be on its way.
    this.whenLoaded((office) => office.stop());
    await this.#signOut();
    this.#leadership?.stop();
    this.#channel.close();
  }

  #openTabs(agent: Agent): Leadership {
    const { host, environment } = this.#options;
    // All sub-domains of a CRM share one storage: the name carries account and agent.
    const { locks, channel } = host.volatile ? alone() : environment.tabs(nameOf(host, agent));
    this.#channel = channel;
    const leads = () => this.#leadership?.leads === true;
    this.#tabs = new TabLine({
      channel: topicOf(channel, 'line'),
      environment,
      leads,
      epoch: () => this.#leadership?.epoch ?? 0,
      told: () => (this.#signedIn ? this.#shown : undefined),
      carryOut: (command) => this.ask(command),
      show: (line) => this.#show(line),
    });
    return new Leadership({
      ...{ locks, environment },
      channel: topicOf(channel, 'leader'),
      gained: () => this.#opened && void this.#takeLead(),
      lost: () => void this.#follow(),
      mayYield: () => !this.#shown || callOn(this.#shown.state) === undefined,
      yielding: () => this.#letGo(),
    });
  }

  /** The tab that led is gone: what it had is taken up here, as soon as the platform lets this tab in. */
  async #takeLead(): Promise<void> {
    while (this.#leadership?.leads && !this.#stopped) {
      try {
        await this.#signIn();
        return this.#leadOffice();
      } catch (cause) {
        this.#options.emit({
          type: 'error',
          code: 'not-signed-in',
          message: 'The platform could not be reached.',
          cause,
        });
        if (this.#shown) this.#show({ ...this.#shown, state: { ...this.#shown.state, line: 'lost' } });
        await this.#wait(againAfter);
      }
    }
  }

  async #follow(): Promise<void> {
    await this.#letGo();
    this.#tabs?.ask();
  }

  async #letGo(): Promise<void> {
    this.#loadedOffice?.follow();
    await this.#signOut();
  }

  #signIn(): Promise<void> {
    const { telephony, settings } = this.#options;
    const signingIn = (async () => {
      const profile = await telephony.connect(this.#agent!, callRules(settings()));
      const state = { ...(this.#shown?.state ?? lineAtSignIn(profile)), status: profile.status, line: 'up' as const };
      this.#shown = { profile, state };
      this.#options.tell({ type: 'profile.changed', profile });
    })();
    this.#signedIn = signingIn;
    signingIn.catch(() => (this.#signedIn = undefined));
    return signingIn;
  }

  async #signOut(): Promise<void> {
    if (!this.#signedIn) return;
    this.#signedIn = undefined;
    try {
      await this.#options.telephony.disconnect();
    } catch {
      // It is let go of in any case.
    }
  }

  #leadOffice(): void {
    this.whenLoaded((office) => {
      if (this.#leadership?.leads && this.#signedIn && this.#shown) office.lead(this.#shown.profile, this.#shown.state);
    });
  }

  async #askLeader(): Promise<void> {
    const told = new Promise<void>((resolve) => this.#isShown.push(resolve));
    this.#tabs?.ask();
    await inCommandTime(this.#options.environment, 'tell what it knows, in the tab that has the line', () => told);
  }

  /** What the leading tab tells; in that tab, what its own statecharts have become. */
  #show(line: ToldLine): void {
    const before = this.#shown;
    this.#shown = line;
    for (const isShown of this.#isShown.splice(0)) isShown();
    if (before && JSON.stringify(before.profile) !== JSON.stringify(line.profile))
      this.#options.tell({ type: 'profile.changed', profile: line.profile });
    this.#listener?.(line.state);
    this.#news.tell(before?.state, line.state);
  }

  async #openOffice(agent: Agent): Promise<LineOffice> {
    const { host, environment, emit, feed, tell, ...options } = this.#options;
    // After the first paint: nothing is written before a call.
    if (this.#shown!.profile.activeSessions.length === 0) await this.#wait(afterPaint);
    const [{ LineOffice: Office }, storage] = await this.#untilLoaded(() =>
      Promise.all([
        import('./line-office.js'),
        host.volatile
          ? import('../outbox/memory-shared.js').then(({ inMemory }) => inMemory())
          : environment.storage(nameOf(host, agent)),
      ]),
    );
    const office = new Office({
      ...{ ...options, host, environment, agent, storage },
      channel: this.#channel,
      feed: feed(),
      showTicket: (id, sessionId) => this.#showTicket(id, sessionId ?? ''),
      changed: (state) => {
        this.#show({ profile: this.#shown!.profile, state });
        this.#tabs?.tell();
      },
      heard: (event) => this.#hear(event),
      report: ({ code, message, cause }) => emit({ type: 'error', code, message, cause }),
      deposed: () => this.#leadership?.requeue(),
    });
    this.#loadedOffice = office;
    const { outbox } = office;
    outbox.subscribe((entry) =>
      this.#news.count(entry, outbox.entries, (count) => tell({ type: 'records.counted', count })),
    );
    return office;
  }

  /** The form waits for the call that it asked for; the event may come before the answer. */
  #hear(event: PlatformEvent): void {
    if (event.type !== 'session.created') return;
    const { key, sessionId, at } = event;
    this.#options.tell({ type: 'call.created', key, sessionId, at });
  }

  async #showTicket(ticketId: string, sessionId: string): Promise<void> {
    let prevented = false;
    this.#options.emit({ type: 'screen-pop', ticketId, sessionId, preventDefault: () => (prevented = true) });
    if (!prevented) await this.#options.host.openTicket(ticketId);
  }

  /** A file that could not be fetched is fetched again: records wait, and none is lost. */
  async #untilLoaded<T>(load: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await load();
      } catch (cause) {
        const message = 'A part of the panel could not be loaded; trying again.';
        this.#options.emit({ type: 'error', code: 'not-loaded', message, cause });
        await this.#wait(againAfter);
      }
    }
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#options.environment.timers.setTimeout(resolve, milliseconds));
  }
}

const nameOf = ({ account }: CrmHost, { id }: Agent): string => `${account} ${id}`;

/** S14, S16: what the platform enforces. */
const callRules = ({ calls }: Settings): CallRules => ({
  record: calls.recording,
  autoAnswer: calls.autoAnswer,
  wrapUpSeconds: calls.wrapUpSeconds,
  maxChats: calls.maxChats,
});
