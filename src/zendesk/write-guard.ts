import type { Clock } from '../environment/environment.js';
import type { ServerClock } from './server-clock.js';

/** Stamps count whole seconds: two changes within one look the same. */
export const guardMs = 2000;
const kept = 500;

/**
 * How long a compare-and-swap has to wait, so that no change within the stamp's second escapes it: never sent while
 * Zendesk's clock is less than two seconds past the stamp. Two seconds at most.
 */
export class WriteGuard {
  readonly #clock: Clock;
  readonly #server: ServerClock;
  /** When a stamp was first seen here: for answers without a Date header. */
  readonly #seen = new Map<string, number>();

  constructor(clock: Clock, server: ServerClock) {
    this.#clock = clock;
    this.#server = server;
  }

  wait(ticketId: string, stamp: string): number {
    const now = this.#clock.now();
    const server = this.#server.atLeast(now);
    const past = server === undefined ? now - this.#firstSeen(ticketId, stamp, now) : server - Date.parse(stamp);
    return Number.isNaN(past) ? guardMs : Math.min(guardMs, Math.max(0, guardMs - past));
  }

  #firstSeen(ticketId: string, stamp: string, now: number): number {
    const name = `${ticketId} ${stamp}`;
    const at = this.#seen.get(name) ?? now;
    this.#seen.set(name, at);
    if (this.#seen.size > kept) this.#seen.delete(this.#seen.keys().next().value!);
    return at;
  }
}
