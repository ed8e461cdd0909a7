/** Milliseconds since 1970, UTC. */
export interface Clock {
  now(): number;
  /** Monotonic time, in milliseconds since an arbitrary moment. Absent if the system has no monotonic clock. */
  steady?(): number;
}

export interface Timers {
  setTimeout(run: () => void, milliseconds: number): unknown;
  clearTimeout(id: unknown): void;
}

export interface Connectivity {
  readonly online: boolean;
  subscribe(listener: (online: boolean) => void): () => void;
}

/** Locks that one tab at a time holds. */
export interface Locks {
  /**
   * Calls `held` once this tab holds the lock. This tab holds the lock until the promise of `held` resolves, or another
   * tab takes the lock with `steal`. `signal` ends the wait.
   */
  request(
    name: string,
    options: { signal?: AbortSignal; steal?: boolean },
    held: () => Promise<void>,
  ): Promise<'released' | 'stolen' | 'aborted'>;
}

/** A channel between all tabs of one agent. A tab does not receive its own messages. */
export interface TabChannel {
  post(message: unknown): void;
  subscribe(listener: (message: unknown) => void): () => void;
  close(): void;
}

/** A stored row. The store assigns `order` when the row is added. */
export interface Stored {
  id: string;
  order: number;
  value: unknown;
}

/** A change in one transaction: the store makes all of the change, or none. */
export interface StoreChange {
  table: string;
  /** Rows to add if the table has no row with their id. */
  add?: readonly Omit<Stored, 'order'>[];
  put?: readonly Stored[];
  remove?: readonly string[];
  /** Makes the change only if this epoch is still the newest. */
  epoch?: number;
  /** Makes the change only if the table has no row after this order, so that the caller knows all rows. */
  upTo?: number;
}

export interface Committed {
  /** The rows of `add` that were new. */
  added: readonly Stored[];
  behind?: boolean;
}

/** A store that survives a reload and that all tabs share. It has a few tables with few rows. */
export interface Store {
  /** Whether the store survives the end of the page. */
  readonly durable: boolean;
  /** Names a store that only this page has. Absent if all tabs of the agent share it. */
  readonly own?: string | undefined;
  all(table: string): Promise<readonly Stored[]>;
  /**
   * Makes the change. Resolves when the change is durable. If the epoch is over, resolves with undefined. If the table
   * has a row after `upTo`, resolves with `behind`. In both cases, the store is unchanged.
   */
  commit(change: StoreChange): Promise<Committed | undefined>;
  /** Begins the next epoch and ends all earlier ones. */
  nextEpoch(): Promise<number>;
  close(): void;
}

/** Encrypts stored values, so that the disk does not show them. */
export interface Sealing {
  seal(value: unknown): Promise<unknown>;
  open(sealed: unknown): Promise<unknown>;
  /** The same text gives the same id. The id does not reveal the text. */
  digest(text: string): Promise<string>;
}

/** The port for time, randomness, tabs and storage. A simulation replaces the port, and is then exactly repeatable. */
export interface Environment {
  clock: Clock;
  timers: Timers;
  /** A new unguessable id each time. */
  random(): string;
  connectivity: Connectivity;
  /** The locks and the channel of one agent's tabs. `name` contains account and agent. */
  tabs(name: string): Tabs;
  /**
   * Opens the store, after the first paint. `volatile`: no data may outlive the page. `account`: opening also masks the
   * waiting rows of the account's other agents, a week after their last use.
   */
  storage(name: string, options: { account: string; volatile: boolean }): Promise<SealedStore>;
  /** Loads a module that the first paint does not need. Simulated time stands still until it is loaded. */
  load<Part>(part: () => Promise<Part>): Promise<Part>;
  /** Q2: resolves in a later task, so that the screen is drawn first. Absent where nothing is drawn. */
  nextTask?: () => Promise<void>;
}

export interface Tabs {
  locks: Locks;
  channel: TabChannel;
}

export interface SealedStore {
  store: Store;
  crypto: Sealing;
}

/** The real clock and timers, in browsers and in Node. */
export const realTime: { clock: Clock; timers: Timers } = {
  clock: { now: () => Date.now(), steady: () => globalThis.performance.now() },
  timers: {
    setTimeout: (run, milliseconds) => globalThis.setTimeout(run, milliseconds),
    clearTimeout: (id) => globalThis.clearTimeout(id as number),
  },
};
