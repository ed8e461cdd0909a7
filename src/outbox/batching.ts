import type { Settings } from '../domain/settings.js';
import type { IntentOf } from '../records/intent.js';

/** The maximum number of tickets in one request. */
export const mostTickets = 100;

/**
 * The CRM accepts at most `most` updates of one ticket in `within` milliseconds. After `warm` updates, the outbox
 * spreads the remaining updates evenly over the rest of that time.
 */
const hot = { within: 600_000, most: 30, warm: 20 };

/**
 * B1: whether a write may wait for the window. Comments and field updates have one setting each. A write with a comment
 * and field updates waits only if both settings are on.
 */
export function isBatched(
  { comment, assigneeId, fields, reopenPlatformTicket }: IntentOf<'write-ticket'>,
  { comments, updates }: Settings['batching'],
): boolean {
  const isUpdate = assigneeId !== undefined || fields !== undefined || reopenPlatformTicket === true;
  return (!comment || comments) && (!isUpdate || updates);
}

/**
 * B2: a fixed window that begins with the first waiting write. Later writes do not extend the window. The class also
 * limits how often the outbox updates one ticket.
 */
export class BatchWindow {
  #ends: number | undefined;
  readonly #updates = new Map<string, number[]>();

  /** Adds a write to the window. Returns the end of the window, in milliseconds since 1970. */
  join(now: number, seconds: number): number {
    if (this.#ends === undefined || this.#ends <= now) this.#ends = now + seconds * 1000;
    return this.#ends;
  }

  /** Counts an update of the ticket. */
  updated(ticketId: string, now: number): void {
    const recent = (this.#updates.get(ticketId) ?? []).filter((at) => at > now - hot.within);
    this.#updates.set(ticketId, [...recent, now]);
    if (this.#updates.size > 1000) this.#updates.delete(this.#updates.keys().next().value!);
  }

  /** The earliest time of the next update. A ticket near the CRM's limit has a longer window. */
  notBefore(ticketId: string, now: number): number {
    const recent = (this.#updates.get(ticketId) ?? []).filter((at) => at > now - hot.within);
    if (recent.length < hot.warm) return 0;
    const [last, again] = [recent.at(-1)!, recent[0]! + hot.within];
    const left = hot.most - recent.length;
    return left > 0 ? last + Math.ceil((again - last) / left) : again;
  }
}
