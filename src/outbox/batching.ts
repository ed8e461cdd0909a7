import type { Settings } from '../domain/settings.js';
import type { IntentOf } from '../records/intent.js';

/** The most tickets that go out together. */
export const mostTickets = 100;

/** The CRM takes so many updates of one ticket in ten minutes; from `warm` on, what is left of them is spread over the rest. */
const hot = { within: 600_000, most: 30, warm: 20 };

/** B1: whether a write may wait for its window. Each kind has its own switch; both must be on for a write that is both. */
export function isBatched(
  { comment, assigneeId, fields, reopenPlatformTicket }: IntentOf<'write-ticket'>,
  { comments, updates }: Settings['batching'],
): boolean {
  const isUpdate = assigneeId !== undefined || fields !== undefined || reopenPlatformTicket === true;
  return (!comment || comments) && (!isUpdate || updates);
}

/**
 * B2: a fixed window, from the first write that waits, never a debounce. Remembers when it ends, and when a ticket that is
 * updated very often may be updated again.
 */
export class BatchWindow {
  #ends: number | undefined;
  readonly #updates = new Map<string, number[]>();

  /** A write that waits for its window: when that ends, in milliseconds since 1970. */
  join(now: number, seconds: number): number {
    if (this.#ends === undefined || this.#ends <= now) this.#ends = now + seconds * 1000;
    return this.#ends;
  }

  /** A ticket was updated. */
  updated(ticketId: string, now: number): void {
    const recent = (this.#updates.get(ticketId) ?? []).filter((at) => at > now - hot.within);
    this.#updates.set(ticketId, [...recent, now]);
    if (this.#updates.size > 1000) this.#updates.delete(this.#updates.keys().next().value!);
  }

  /** Not before this time: a ticket near its limit has its own, longer window. */
  notBefore(ticketId: string, now: number): number {
    const recent = (this.#updates.get(ticketId) ?? []).filter((at) => at > now - hot.within);
    if (recent.length < hot.warm) return 0;
    const [last, again] = [recent.at(-1)!, recent[0]! + hot.within];
    const left = hot.most - recent.length;
    return left > 0 ? last + Math.ceil((again - last) / left) : again;
  }
}
