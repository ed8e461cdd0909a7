import type { DialRequest } from '../domain/dial.js';

/** Zendesk's event when a number is clicked: `{ number, userId, ticketId }`. */
export const dialOutEvent = 'voice.dialout';

/** A click in Zendesk as a request. An empty number means: the agent chose “Enter new number”. */
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

/** How a request came: from Zendesk itself, by another page of the app that had heard Zendesk, or from the sidebar. */
type Way = 'direct' | 'relayed' | 'sidebar';

const together = 5000;
const doubleClick = 500;

/**
 * One click may reach the panel twice: from Zendesk itself, and relayed by the background instance; whichever comes second
 * is dropped. So is the second half of a double click. Two clicks on the same number, later, are two.
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
    // What is dropped is remembered, too: its twin comes by the other way.
    this.#recent.push({ text, way, at: now, matched: other !== undefined });
    return !other && !isDouble;
  }
}
