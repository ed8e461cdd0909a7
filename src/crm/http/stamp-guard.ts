import type { Clock } from '../../environment/environment.js';
import type { ServerClock } from './server-clock.js';

const mostSeen = 500;

export interface StampGuardOptions {
  /** A clock that never goes back. */
  clock: Clock;
  server: ServerClock;
  /** How far the server's clock must be past a stamp before a write may rely on it. */
  milliseconds: number;
}

/**
 * Delays writes that depend on a record's stamp (optimistic concurrency). A stamp in whole seconds hides another change
 * in the same second. A write is therefore safe only after that second, by the server's clock.
 */
export class StampGuard {
  readonly #options: StampGuardOptions;
  /** When each stamp was first seen, for servers without a Date header. */
  readonly #seen = new Map<string, number>();

  constructor(options: StampGuardOptions) {
    this.#options = options;
  }

  /** The milliseconds that a write to the record must wait. `stamp`: ISO 8601. */
  wait(recordId: string, stamp: string): number {
    const { clock, server, milliseconds } = this.#options;
    const now = clock.now();
    const serverNow = server.atLeast(now);
    const past = serverNow === undefined ? now - this.#firstSeen(recordId, stamp, now) : serverNow - Date.parse(stamp);
    return Number.isNaN(past) ? milliseconds : Math.min(milliseconds, Math.max(0, milliseconds - past));
  }

  #firstSeen(recordId: string, stamp: string, now: number): number {
    const name = `${recordId} ${stamp}`;
    const at = this.#seen.get(name) ?? now;
    this.#seen.set(name, at);
    if (this.#seen.size > mostSeen) this.#seen.delete(this.#seen.keys().next().value!);
    return at;
  }
}
