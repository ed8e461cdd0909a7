/** Milliseconds since 1970, UTC. */
export interface Clock {
  now(): number;
  /** Milliseconds since any moment, of a clock that is never put right; absent: there is none. */
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

/** A lock that one tab at a time holds. */
export interface Locks {
  /**
   * Calls back once the lock is held; it is held until what the callback returns resolves, or another takes it with
   * `steal`. `signal` ends the wait.
   */
  request(
    name: string,
    options: { signal?: AbortSignal; steal?: boolean },
    held: () => Promise<void>,
  ): Promise<'released' | 'stolen' | 'aborted'>;
}

/** A line on which all tabs of one agent hear each other; nobody hears what they say themselves. */
export interface TabChannel {
  post(message: unknown): void;
  subscribe(listener: (message: unknown) => void): () => void;
  close(): void;
}

/** A thing that is kept. `order` is given by the store when it is added. */
export interface Stored {
  id: string;
  order: number;
  value: unknown;
}

/** A change in one transaction: all of it, or nothing. */
export interface StoreChange {
  table: string;
  /** Put where there is none with this id yet; the ids that were new are returned. */
  add?: readonly Omit<Stored, 'order'>[];
  put?: readonly Stored[];
  remove?: readonly string[];
  /** The change is made only if this is still the newest epoch. */
  epoch?: number;
  /** And only if no row has been added after the one with this order: there is none that its maker does not know of. */
  upTo?: number;
}

export interface Committed {
  /** Those of `add` that were new. */
  added: readonly Stored[];
  behind?: boolean;
}

/** Where things are kept over a reload, shared by all tabs. A few tables of few rows. */
export interface Store {
  /** False: it is lost with the page. */
  readonly durable: boolean;
  /** Names a store that only this page has; absent: all tabs of the agent share it. */
  readonly own?: string | undefined;
  all(table: string): Promise<readonly Stored[]>;
  /** Durable when it resolves. Undefined: the epoch has moved on, and nothing was changed. `behind`: nor was it, for `upTo`. */
  commit(change: StoreChange): Promise<Committed | undefined>;
  /** The next epoch; all before it are over. */
  nextEpoch(): Promise<number>;
  close(): void;
}

/** Makes what is kept unreadable to whoever reads the disk. */
export interface Sealing {
  seal(value: unknown): Promise<unknown>;
  open(sealed: unknown): Promise<unknown>;
  /** The same text gives the same id, and the id does not give the text. */
  digest(text: string): Promise<string>;
}

/** Everything that varies, in one port: a simulation replaces it and is exact. */
export interface Environment {
  clock: Clock;
  timers: Timers;
  /** A new unguessable id each time. */
  random(): string;
  connectivity: Connectivity;
  /** What binds the tabs of one agent together; `name` carries account and agent. */
  tabs(name: string): Tabs;
  /**
   * What survives them. Opened after the first paint. `volatile`: nothing is to outlive the page. `account`: a week after
   * its last use, what waits of its other agents is masked.
   */
  storage(name: string, options: { account: string; volatile: boolean }): Promise<SealedStore>;
  /** Loads a file that the first paint does not need. Simulated time stands still until it is there. */
  load<Part>(part: () => Promise<Part>): Promise<Part>;
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
