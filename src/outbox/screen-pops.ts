import type { IntentOf } from '../records/intent.js';
import type { OutboxEntry } from './outbox.js';

/**
 * R23: opens tickets for the agent as soon as they exist. Only the tab that accepted the intent opens the ticket, and
 * not after a reload, because a late or repeated screen pop would interrupt the agent. The panel also has a link.
 */
export class ScreenPops {
  readonly #show: (ticketId: string, sessionId: string) => Promise<void>;
  readonly #seen = new Set<string>();
  #waiting: { madeBy: string; sessionId: string }[] = [];

  constructor(show: (ticketId: string, sessionId: string) => Promise<void>) {
    this.#show = show;
  }

  open({ key, sessionId, ticket }: IntentOf<'open-ticket'>, entries: readonly OutboxEntry[]): void {
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (this.#seen.size > 1000) this.#seen.delete(this.#seen.keys().next().value!);
    if ('id' in ticket) return this.#pop(ticket.id, sessionId);
    this.#waiting.push({ ...ticket, sessionId });
    for (const entry of entries) this.update(entry);
  }

  update({ intent, state, result }: OutboxEntry): void {
    const wanted = this.#waiting.filter(({ madeBy }) => madeBy === intent.key);
    if (wanted.length === 0 || state !== 'settled' || !result?.ticket) return;
    this.#waiting = this.#waiting.filter((one) => !wanted.includes(one));
    this.#pop(result.ticket.id, wanted[0]!.sessionId);
  }

  #pop(ticketId: string, sessionId: string): void {
    this.#show(ticketId, sessionId).catch(() => undefined);
  }
}
