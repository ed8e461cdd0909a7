import { LeaderElection } from '../../../src/desktop/tabs/leader-election.js';
import type { KeeperProblem } from '../../../src/keeper/problem.js';
import { RecordKeeper } from '../../../src/keeper/record-keeper.js';
import { StoredJournal } from '../../../src/keeper/stored-journal.js';
import { topicOf } from '../../../src/environment/channel-topic.js';
import type { CorrectedChoice, CorrectionOffer } from '../../../src/domain/correction.js';
import type { CrmHost } from '../../../src/crm/crm-host.js';
import type { Clock, Locks, Store, TabChannel, Timers } from '../../../src/environment/environment.js';
import { mergeSettings } from '../../../src/domain/settings-check.js';
import type { Settings } from '../../../src/domain/settings.js';
import type { RecordFact } from '../../../src/domain/record-fact.js';
import { openSealing, type MemoryLocks } from '../../../src/environment/in-memory.js';
import { SharedOutbox } from '../../../src/outbox/shared-outbox.js';
import type { SessionEvent } from '../../../src/telephony/platform-event.js';
import type { ActiveSession, Telephony } from '../../../src/telephony/telephony.js';
import { KeeperGuard } from './keeper-guard.js';
import { ZendeskRecords, type ZendeskResponse, type ZendeskTransport } from '../../../src/zendesk/index.js';

/** The part of the platform that a tab uses. */
export interface TabPlatform extends Pick<Telephony, 'getSession' | 'associate'> {
  /** Resolves with the current sessions. From then on the tab gets events: first the undelivered events. */
  connect(tab: SimTab): Promise<readonly ActiveSession[]>;
  disconnect(tab: SimTab): void;
  delivered(event: SessionEvent): void;
  recordChanged(tab: SimTab, sessionId: string, fact: RecordFact): void;
}

export interface TabParts {
  name: string;
  clock: Clock;
  /** A clock that nobody sets. */
  steady: Clock;
  timers: Timers;
  store: Store;
  locks: MemoryLocks;
  channel: TabChannel;
  send: ZendeskTransport['send'];
  platform: TabPlatform;
  /**
   * Called at each step between the tab and its surroundings: a call to the store, the locks, the channel, the CRM or
   * the platform, and before an answer, a message or a timer reaches the tab. The tab can crash at a step.
   */
  onStep?: (tab: SimTab) => void;
  /** R35: whether comments have the keys of their writes. */
  marksKeys?: boolean;
  /** Called when a ticket is opened for the agent. */
  shown?: () => void;
  /** Called with a problem of the keeper. */
  report?: (problem: KeeperProblem) => void;
  /** Schedules the answers, messages and timers that reach the tab [at once]. */
  schedule?: (run: () => void) => void;
}

export const agent = { id: '1', name: 'Alex Morgan', teams: [] };

const settings = mergeSettings({
  batching: { windowSeconds: 5 },
  tickets: {
    apiResponses: 'pairs',
    customDataFields: Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`data${index}`, String(101 + index)]),
    ),
  },
}) as Settings;

const never = <T>(): Promise<T> => new Promise(() => {});

/**
 * A tab of the browser, with the desktop's leader election, outbox, keeper and Zendesk binding. After a crash its code
 * never runs again, but its requests go on. While it is frozen, all that reaches it waits until it thaws.
 */
export class SimTab {
  readonly outbox: SharedOutbox;
  readonly election: LeaderElection;
  readonly #parts: TabParts;
  readonly #store: Store;
  readonly #host: CrmHost;
  readonly #timers: Timers;
  #keeper: RecordKeeper | undefined;
  #turn = 0;
  #alive = true;
  /** What waits until the tab thaws. Undefined while the tab is not frozen. */
  #frozen: (() => void)[] | undefined;
  #releaseLocks: () => void = () => {};
  readonly #crashed = new Promise<void>((resolve) => (this.#releaseLocks = resolve));

  constructor(parts: TabParts) {
    this.#parts = parts;
    const { clock, steady, locks, channel, store, send, timers } = parts;
    this.#timers = {
      setTimeout: (run, milliseconds) => timers.setTimeout(() => this.#reach(run), milliseconds),
      clearTimeout: (id) => timers.clearTimeout(id),
    };
    this.#store = {
      durable: true,
      all: (table) => this.#call(() => store.all(table)),
      commit: (change) => this.#call(() => store.commit(change)),
      nextEpoch: () => this.#call(() => store.nextEpoch()),
      close: () => {},
    };
    const ownLocks: Locks = {
      request: (name, options, held) => this.#call(() => locks.request(name, options, () => this.#hold(held))),
    };
    const tabChannel: TabChannel = {
      post: (message) => this.#step() && channel.post(message),
      subscribe: (listener) => channel.subscribe((message) => this.#reach(() => listener(message))),
      close: () => channel.close(),
    };
    const records = new ZendeskRecords(
      {
        origin: 'https://sim.zendesk.com',
        send: (request) => this.#call(() => send(request)) as Promise<ZendeskResponse>,
      },
      { clock, steady, timers: this.#timers },
    );
    const shell = { name: 'Zendesk', account: 'sim', getAgent: () => records.listTeams().then(() => agent) };
    this.#host = Object.assign(records, shell) as unknown as CrmHost;
    let ids = 0;
    const environment = { clock, timers: this.#timers, random: () => `${parts.name} ${++ids}` };
    this.outbox = new SharedOutbox({
      ...{ host: this.#host, environment },
      storage: { store: this.#store, crypto: openSealing },
      channel: topicOf(tabChannel, 'outbox'),
      batching: () => settings.batching,
      showTicket: async () => this.#parts.shown?.(),
      deposed: () => void this.#leadAgain(this.#turn),
    });
    this.election = new LeaderElection({
      ...{ locks: ownLocks, environment },
      channel: topicOf(tabChannel, 'leader'),
      gained: () => void this.#lead(),
      lost: () => this.#follow(),
      mayYield: () => true,
      yielding: async () => this.#follow(),
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Whether the tab runs: it has not crashed, and is not frozen. */
  get works(): boolean {
    return this.#alive && !this.#frozen;
  }

  /** The number of events that wait in the keeper of this tab. */
  get waiting(): number {
    return this.#keeper?.waiting ?? 0;
  }

  /** Receives an event of the platform. */
  deliver(event: SessionEvent): void {
    this.#reach(() => {
      const keeper = this.#keeper;
      keeper?.take(event).then(() => {
        if (keeper !== this.#keeper || !this.#step()) return;
        this.#parts.platform.delivered(event);
      });
    });
  }

  /** A10: the agent chooses a contact. */
  choose(sessionId: string, contactId: string): void {
    this.#reach(() => void this.#keeper?.choose(sessionId, { contact: { id: contactId } }));
  }

  /** R35: the agent opens the form of a correction. */
  offerCorrection(sessionId: string, contactId: string): Promise<CorrectionOffer> {
    return this.#keeper?.corrections.offer(sessionId, contactId) ?? never();
  }

  /** R35: the agent presses Assign in that form. */
  correct(sessionId: string, after: number, choice: CorrectedChoice): Promise<boolean> {
    return this.works && this.#keeper ? this.#keeper.corrections.correct(sessionId, after, choice) : never();
  }

  /** The agent presses Retry. */
  retry(): void {
    if (!this.works) return;
    this.outbox.retry();
    this.#keeper?.retry();
  }

  crash(): void {
    this.#alive = false;
    this.#parts.platform.disconnect(this);
    // The browser releases the locks of a tab that has crashed.
    this.#releaseLocks();
  }

  freeze(): void {
    this.#frozen ??= [];
  }

  thaw(): void {
    const waiting = this.#frozen ?? [];
    this.#frozen = undefined;
    for (const run of waiting) this.#reach(run);
  }

  async #lead(): Promise<void> {
    const turn = ++this.#turn;
    const { platform, clock } = this.#parts;
    this.#stopKeeper();
    const active = await this.#call(() => platform.connect(this));
    await this.#leadOutbox(turn);
    if (turn !== this.#turn) return;
    const { outbox } = this;
    const isOver = () => turn !== this.#turn;
    const storage = { store: this.#store, crypto: openSealing };
    const keeper: RecordKeeper = new RecordKeeper({
      ...{ agent, clock, storage },
      outbox: new KeeperGuard(outbox, isOver, this.#parts.marksKeys),
      journal: new StoredJournal(storage, () => (isOver() ? undefined : outbox.epoch), {
        deposed: () => outbox.lost(),
      }),
      host: this.#host,
      settings: () => settings,
      timers: this.#timers,
      recall: { contact: () => undefined, ticket: () => undefined },
      telephony: { getSession: (id) => this.#call(() => platform.getSession(id)) },
      report: (problem) => this.#parts.report?.(problem),
      tell: (sessionId, fact) => {
        platform.recordChanged(this, sessionId, fact);
        const record = fact.type === 'record.associated' ? keeper.recordOf(sessionId) : undefined;
        if (record) void this.#call(() => platform.associate(sessionId, record));
      },
    });
    this.#keeper = keeper;
    for (const session of active) keeper.resume(session);
    // The platform sends the events again that came before the keeper was ready.
    void this.#call(() => platform.connect(this));
  }

  /** The store reports another leader. If there is one, this tab will lose the lock. If not, this tab leads again. */
  async #leadAgain(turn: number): Promise<void> {
    await this.#pause();
    await this.#leadOutbox(turn);
    if (turn === this.#turn) await this.#keeper?.keepAll();
  }

  /** Begins the outbox's turn as the leader. If the store refuses, tries again later. */
  async #leadOutbox(turn: number): Promise<void> {
    while (turn === this.#turn) {
      try {
        return await this.outbox.lead();
      } catch {
        await this.#pause();
      }
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#timers.setTimeout(resolve, 5000));
  }

  #follow(): void {
    this.#turn++;
    this.#stopKeeper();
    this.outbox.follow();
  }

  #stopKeeper(): void {
    this.#keeper?.stop();
    this.#keeper = undefined;
    this.#parts.platform.disconnect(this);
  }

  /** Holds a lock until it is released or the tab crashes. */
  #hold(held: () => Promise<void>): Promise<void> {
    if (!this.#alive) return Promise.resolve();
    const released = new Promise<void>((resolve) => this.#reach(() => void held().then(resolve)));
    return Promise.race([released, this.#crashed]);
  }

  /** Counts a step. Returns whether the tab is alive after it. */
  #step(): boolean {
    if (this.#alive) this.#parts.onStep?.(this);
    return this.#alive;
  }

  /** Calls the surroundings. The answer is a step too. */
  #call<T>(call: () => Promise<T>): Promise<T> {
    if (!this.#step()) return never();
    return new Promise((resolve, reject) => {
      call().then(
        (value) => this.#reach(() => resolve(value)),
        (error: unknown) => this.#reach(() => reject(error as Error)),
      );
    });
  }

  /** Runs what reaches the tab: at once, as scheduled, or when the tab thaws. */
  #reach(run: () => void): void {
    if (!this.#alive) return;
    if (this.#frozen) return void this.#frozen.push(run);
    const now = () => {
      if (this.#frozen) this.#frozen.push(run);
      else if (this.#step()) run();
    };
    if (this.#parts.schedule) this.#parts.schedule(now);
    else now();
  }
}
