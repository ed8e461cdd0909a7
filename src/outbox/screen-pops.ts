import type { IntentOf } from '../records/intent.js';
import type { OutboxEntry } from './outbox.js';

/**
 * R23: tickets to be opened in front of the agent, as soon as they are there. In this tab only, and only while it lives:
 * one that comes late, or twice, takes the agent away from what they do. The ticket is a link in the panel as well.
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
