import type { Contact } from '../domain/contact.js';
import type { Ticket } from '../domain/ticket.js';

/** The most items that one look-up asks for. */
export const pageSize = 100;

/** The records of recent look-ups, so that one call fetches nothing twice. Their number is limited. */
export class RecentRecords {
  readonly #contacts = new Map<string, Contact>();
  readonly #tickets = new Map<string, Ticket>();

  contact = (id: string): Contact | undefined => this.#contacts.get(id);
  ticket = (id: string): Ticket | undefined => this.#tickets.get(id);

  keep({ contacts = [], tickets = [] }: { contacts?: readonly Contact[]; tickets?: readonly Ticket[] }): void {
    for (const contact of contacts) this.#contacts.set(contact.id, contact);
    for (const ticket of tickets) this.#tickets.set(ticket.id, ticket);
    for (const known of [this.#contacts, this.#tickets])
      for (const id of [...known.keys()].slice(0, Math.max(0, known.size - 2 * pageSize))) known.delete(id);
  }
}
