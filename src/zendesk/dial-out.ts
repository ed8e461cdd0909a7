import type { DialRequest } from '../domain/dial.js';

/** The name of Zendesk's event for a click on a number. Its payload is `{ number, userId, ticketId }`. */
export const dialOutEvent = 'voice.dialout';

/** Makes a dial request from the payload of Zendesk's event. An empty number: the agent chose “Enter new number”. */
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

/** The source of a dial request: Zendesk's event, the background page, which relays Zendesk's event, or the sidebar. */
type Source = 'direct' | 'relayed' | 'sidebar';

/** Milliseconds in which the two requests of one click reach the panel. */
const sameClick = 5000;
/** Milliseconds between the clicks of a double click. */
const doubleClick = 500;

/**
 * Drops repeated dial requests. One click may reach the panel twice, from Zendesk and from the background page: the
 * second request is dropped. The second click of a double click is dropped too. Later clicks on the same number count.
 */
export class DialOutFilter {
  #recent: { text: string; source: Source; at: number; matched: boolean }[] = [];

  isNew(request: DialRequest, source: Source, now: number): boolean {
    this.#recent = this.#recent.filter(({ at }) => at > now - sameClick);
    const text = JSON.stringify(request);
    const same = this.#recent.filter((one) => one.text === text);
    const other = same.find(
      (one) => one.source !== source && !one.matched && source !== 'sidebar' && one.source !== 'sidebar',
    );
    if (other) other.matched = true;
    const isDouble = same.some((one) => one.source === source && one.at > now - doubleClick);
    // A dropped request is remembered too: the same click may still come from the other source.
    this.#recent.push({ text, source, at: now, matched: other !== undefined });
    return !other && !isDouble;
  }
}
