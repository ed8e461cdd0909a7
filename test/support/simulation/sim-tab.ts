import type { Locks, SealedStore, TabChannel, Tabs, Timers } from '../../../src/domain/environment.js';
import { openSealing, type MemoryLocks, type MemoryStore } from '../../../src/outbox/memory-shared.js';
import type { SharedOutbox } from '../../../src/outbox/shared-outbox.js';
import type { SimulatedTime } from '../../../src/testing/simulated-time.js';
import { outboxTab } from '../outbox-tab.js';
import { ZendeskRecords, type ZendeskResponse, type ZendeskTransport } from '../../../src/zendesk/index.js';

export interface TabParts {
  name: string;
  time: SimulatedTime;
  store: MemoryStore;
  locks: MemoryLocks;
  channel: TabChannel;
  send: ZendeskTransport['send'];
}

/**
 * A tab of the browser: the production outbox on the production Zendesk binding. It can crash (nothing of it ever happens
 * again, what it had sent goes on) and freeze (what happens to it waits until it thaws).
 */
export class SimTab {
  readonly outbox: SharedOutbox;
  #alive = true;
  #frozen: (() => void)[] | undefined;

  constructor({ name, time, store, locks, channel, send }: TabParts) {
    const timers: Timers = {
      setTimeout: (run, milliseconds) => time.setTimeout(() => this.#later(run), milliseconds),
      clearTimeout: (id) => time.clearTimeout(id),
    };
    const records = new ZendeskRecords(
      { origin: 'https://sim.zendesk.com', send: (request) => this.#await(send(request)) as Promise<ZendeskResponse> },
      { clock: time, timers },
    );
    const gone = <T>(): Promise<T> => new Promise(() => {});
    const tabLocks: Locks = {
      request: async (name, options, held) => {
        if (!this.#alive) return gone();
        return this.#await(locks.request(name, options, () => (this.#alive ? held() : Promise.resolve())));
      },
    };
    const shared: Tabs & SealedStore = {
      locks: tabLocks,
      channel: {
        post: (message) => this.#alive && channel.post(message),
        subscribe: (listener) => channel.subscribe((message) => this.#later(() => listener(message))),
        close: () => channel.close(),
      },
      store: {
        durable: true,
        all: (table) => (this.#alive ? this.#await(store.all(table)) : gone()),
        commit: (change) => (this.#alive ? this.#await(store.commit(change)) : gone()),
        nextEpoch: () => (this.#alive ? this.#await(store.nextEpoch()) : gone()),
        close: () => {},
      },
      crypto: openSealing,
    };
    const host = Object.assign(records, { getAgent: () => records.listTeams() }) as never;
    let ids = 0;
    const { outbox } = outboxTab({
      host,
      ...shared,
      environment: { clock: time, timers, random: () => `${name} ${++ids}` },
      batching: () => ({ comments: true, updates: true, windowSeconds: 5 }),
    });
    this.outbox = outbox;
  }

  get works(): boolean {
    return this.#alive && !this.#frozen;
  }

  crash(): void {
    this.#alive = false;
  }

  freeze(): void {
    this.#frozen ??= [];
  }

  thaw(): void {
    const waiting = this.#frozen ?? [];
    this.#frozen = undefined;
    for (const run of waiting) this.#later(run);
  }

  #later(run: () => void): void {
    if (!this.#alive) return;
    if (this.#frozen) this.#frozen.push(run);
    else run();
  }

  #await<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => this.#later(() => resolve(value)),
        (error: unknown) => this.#later(() => reject(error as Error)),
      );
    });
  }
}
