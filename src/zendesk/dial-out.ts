import type { DialRequest } from '../domain/dial.js';

/** Zendesk's event when a number is clicked: `{ number, userId, ticketId }`. */
export const dialOutEvent = 'voice.dialout';

/** Zendesk's event as a dial request. An empty number: the agent chose “Enter new number”. */
export function dialRequestOf(payload: unknown): DialRequest {
  const { number, userId, ticketId } = (payload ?? {}) as Record<string, unknown>;
  const [dialled, contact, ticket] = [textOf(number), textOf(userId), textOf(ticketId)];
  const hint = contact ? { contactId: contact } : {};
  if (ticket && dialled) return { from: 'ticket', ticketId: ticket, number: dialled, ...hint };
  if (ticket) return { from: 'ticket-new-number', ticketId: ticket, ...hint };
  if (contact && dialled) return { from: 'contact', contactId: contact, number: dialled };
  return { from: 'adapter', ...(dialled ? { number: dialled } : {}) };
}

const textOf = (value: unknown): string =>
  typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';

/** Where a request came from: Zendesk itself, another page of the app that received Zendesk's event, or the sidebar. */
type Way = 'direct' | 'relayed' | 'sidebar';

const together = 5000;
const doubleClick = 500;

/**
 * Drops repeated dial requests. One click may reach the panel twice, from Zendesk and from the background instance; the
 * second request is dropped. So is the second click of a double click. Later clicks on the same number count.
 */
export class DialOutFilter {
  #recent: { text: string; way: Way; at: number; matched: boolean }[] = [];

  isNew(request: DialRequest, way: Way, now: number): boolean {
    this.#recent = this.#recent.filter(({ at }) => at > now - together);
    const text = JSON.stringify(request);
    const same = this.#recent.filter((one) => one.text === text);
    const other = same.find((one) => one.way !== way && !one.matched && way !== 'sidebar' && one.way !== 'sidebar');
    if (other) other.matched = true;
    const isDouble = same.some((one) => one.way === way && one.at > now - doubleClick);
    // A dropped request is kept too: the same click may still come the other way.
    this.#recent.push({ text, way, at: now, matched: other !== undefined });
    return !other && !isDouble;
  }
}
