/** Milliseconds since 1970, UTC. */
export interface Clock {
  now(): number;
}

export interface Timers {
  setTimeout(run: () => void, milliseconds: number): unknown;
  clearTimeout(id: unknown): void;
}

export interface Connectivity {
  readonly online: boolean;
  subscribe(listener: (online: boolean) => void): () => void;
}

/** Everything that varies, in one port: a simulation replaces it and is exact. */
export interface Environment {
  clock: Clock;
  timers: Timers;
  /** A new unguessable id each time. */
  random(): string;
  connectivity: Connectivity;
}

/** The real clock and timers, in browsers and in Node. */
export const realTime: { clock: Clock; timers: Timers } = {
  clock: { now: () => Date.now() },
  timers: {
    setTimeout: (run, milliseconds) => globalThis.setTimeout(run, milliseconds),
    clearTimeout: (id) => globalThis.clearTimeout(id as number),
  },
};
