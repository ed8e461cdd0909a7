import { LeaderElection } from '../../../src/desktop/tabs/leader-election.js';
import type { KeeperProblem } from '../../../src/keeper/problem.js';
import { RecordKeeper } from '../../../src/keeper/record-keeper.js';
import { StoredJournal } from '../../../src/keeper/stored-journal.js';
import { topicOf } from '../../../src/environment/channel-topic.js';
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

/** The part of the platform that a tab calls. */
export interface TabPlatform extends Pick<Telephony, 'getSession' | 'associate'> {
  /** The present sessions. Events follow, beginning with those that no tab has received. */
  connect(tab: SimTab): Promise<readonly ActiveSession[]>;
  disconnect(tab: SimTab): void;
  heard(event: SessionEvent): void;
  told(tab: SimTab, sessionId: string, fact: RecordFact): void;
}

export interface TabParts {
  name: string;
  clock: Clock;
  /** A monotonic clock. */
  steady: Clock;
  timers: Timers;
  store: Store;
  locks: MemoryLocks;
  channel: TabChannel;
  send: ZendeskTransport['send'];
  platform: TabPlatform;
  /** Called at every step over the tab's border. The tab may crash there. */
  border?: (tab: SimTab) => void;
  /** A ticket was opened for the agent. */
  shown?: () => void;
  /** The keeper's problems. */
  report?: (problem: KeeperProblem) => void;
  /** Decides when a message or an answer arrives [at once]. */
  hears?: (run: () => void) => void;
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
 * A tab: leadership, outbox, keeper and Zendesk binding, composed as in the desktop. It can crash (nothing of it runs
 * any more, requests that were sent go on) and freeze (it receives nothing until it thaws).
 */
export class SimTab {
  readonly outbox: SharedOutbox;
  readonly leadership: LeaderElection;
  readonly #parts: TabParts;
  readonly #store: Store;
  readonly #host: CrmHost;
  readonly #timers: Timers;
  #keeper: RecordKeeper | undefined;
  #turn = 0;
  #alive = true;
  #frozen: (() => void)[] | undefined;
  #die: () => void = () => {};
  readonly #death = new Promise<void>((resolve) => (this.#die = resolve));

  constructor(parts: TabParts) {
    this.#parts = parts;
    const { clock, steady, locks, channel, store, send, timers } = parts;
    this.#timers = {
      setTimeout: (run, milliseconds) => timers.setTimeout(() => this.#later(run), milliseconds),
      clearTimeout: (id) => timers.clearTimeout(id),
    };
    this.#store = {
      durable: true,
      all: (table) => this.#ask(() => store.all(table)),
      commit: (change) => this.#ask(() => store.commit(change)),
      nextEpoch: () => this.#ask(() => store.nextEpoch()),
      close: () => {},
    };
    const ownLocks: Locks = {
      request: (name, options, held) => this.#ask(() => locks.request(name, options, () => this.#hold(held))),
    };
    const line: TabChannel = {
      post: (message) => this.#passes() && channel.post(message),
      subscribe: (listener) => channel.subscribe((message) => this.#later(() => listener(message))),
      close: () => channel.close(),
    };
    const records = new ZendeskRecords(
      {
        origin: 'https://sim.zendesk.com',
        send: (request) => this.#ask(() => send(request)) as Promise<ZendeskResponse>,
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
      channel: topicOf(line, 'outbox'),
      batching: () => settings.batching,
      showTicket: async () => this.#parts.shown?.(),
      deposed: () => void this.#leadAgain(this.#turn),
    });
    this.leadership = new LeaderElection({
      ...{ locks: ownLocks, environment },
      channel: topicOf(line, 'leader'),
      gained: () => void this.#lead(),
      lost: () => this.#follow(),
      mayYield: () => true,
      yielding: async () => this.#follow(),
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  get works(): boolean {
    return this.#alive && !this.#frozen;
  }

  /** The number of events that wait in this tab's keeper. */
  get waiting(): number {
    return this.#keeper?.waiting ?? 0;
  }

  /** Receives an event of the platform. */
  hear(event: SessionEvent): void {
    this.#later(() => {
      const keeper = this.#keeper;
      keeper?.take(event).then(() => {
        if (keeper !== this.#keeper || !this.#passes()) return;
        this.#parts.platform.heard(event);
      });
    });
  }

  /** A10: the agent chooses. */
  choose(sessionId: string, contactId: string): void {
    this.#later(() => void this.#keeper?.choose(sessionId, { contact: { id: contactId } }));
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
    // The browser releases the tab's locks.
    this.#die();
  }

  freeze(): void {
    this.#frozen ??= [];
  }

  thaw(): void {
    const waiting = this.#frozen ?? [];
    this.#frozen = undefined;
    for (const run of waiting) this.#later(run);
  }

  async #lead(): Promise<void> {
    const turn = ++this.#turn;
    const { platform, clock } = this.#parts;
    this.#stopKeeper();
    const active = await this.#ask(() => platform.connect(this));
    await this.#leadOutbox(turn);
    if (turn !== this.#turn) return;
    const { outbox } = this;
    const isOver = () => turn !== this.#turn;
    const storage = { store: this.#store, crypto: openSealing };
    const keeper: RecordKeeper = new RecordKeeper({
      ...{ agent, clock, storage },
      outbox: new KeeperGuard(outbox, isOver),
      journal: new StoredJournal(storage, () => (isOver() ? undefined : outbox.epoch), {
        deposed: () => outbox.lost(),
      }),
      host: this.#host,
      settings: () => settings,
      timers: this.#timers,
      recall: { contact: () => undefined, ticket: () => undefined },
      telephony: { getSession: (id) => this.#ask(() => platform.getSession(id)) },
      report: (problem) => this.#parts.report?.(problem),
      tell: (sessionId, fact) => {
        platform.told(this, sessionId, fact);
        const record = fact.type === 'record.associated' ? keeper.recordOf(sessionId) : undefined;
        if (record) void this.#ask(() => platform.associate(sessionId, record));
      },
    });
    this.#keeper = keeper;
    for (const session of active) keeper.resume(session);
    // Events that came while no keeper could take them.
    void this.#ask(() => platform.connect(this));
  }

  /** The store says that another tab leads. If so, the lock will be lost too. */
  async #leadAgain(turn: number): Promise<void> {
    await this.#pause();
    await this.#leadOutbox(turn);
    if (turn === this.#turn) await this.#keeper?.keepAll();
  }

  /** If the store rejects, the turn begins later. */
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

  /** Holds a lock until it is released or the tab is gone. */
  #hold(held: () => Promise<void>): Promise<void> {
    if (!this.#alive) return Promise.resolve();
    const own = new Promise<void>((resolve) => this.#later(() => void held().then(resolve)));
    return Promise.race([own, this.#death]);
  }

  #passes(): boolean {
    if (this.#alive) this.#parts.border?.(this);
    return this.#alive;
  }

  #ask<T>(what: () => Promise<T>): Promise<T> {
    if (!this.#passes()) return never();
    return new Promise((resolve, reject) => {
      what().then(
        (value) => this.#later(() => resolve(value)),
        (error: unknown) => this.#later(() => reject(error as Error)),
      );
    });
  }

  #later(run: () => void): void {
    if (!this.#alive) return;
    if (this.#frozen) return void this.#frozen.push(run);
    const now = () => {
      if (this.#frozen) this.#frozen.push(run);
      else if (this.#passes()) run();
    };
    if (this.#parts.hears) this.#parts.hears(now);
    else now();
  }
}
