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

const together = 5000;

/**
 * One click may reach the panel twice: from Zendesk itself, and relayed by the background instance. Whichever comes second
 * is dropped; two clicks on the same number are two.
 */
export class DialOutFilter {
  #unmatched: { text: string; way: 'direct' | 'relayed'; at: number }[] = [];

  isNew(request: DialRequest, way: 'direct' | 'relayed', now: number): boolean {
    this.#unmatched = this.#unmatched.filter(({ at }) => at > now - together);
    const text = JSON.stringify(request);
    const match = this.#unmatched.findIndex((one) => one.text === text && one.way !== way);
    if (match >= 0) {
      this.#unmatched.splice(match, 1);
      return false;
    }
    this.#unmatched.push({ text, way, at: now });
    return true;
  }
}
