import type { TicketQuery } from '../crm/crm-host.js';
import { isLive, type Ticket } from '../domain/ticket.js';
import { greatestFirst, orderOf, replaceIn, type Ordered } from './paging.js';
import { foldedText, matchesText } from './search-text.js';

interface Entry extends Ordered {
  readonly ticket: Ticket;
  readonly stamp: string;
  readonly text: string;
}

/** The tickets, the last updated first. Each change gives a ticket a unique stamp. */
export class TicketIndex {
  #entries = new Map<string, Entry>();
  #byContact = new Map<string, Set<string>>();
  #bySession = new Map<string, Set<string>>();
  #sorted: Entry[] | undefined;
  #changes = 0;

  get(id: string): (Ticket & { stamp: string }) | undefined {
    const entry = this.#entries.get(id);
    return entry && Object.freeze({ ...entry.ticket, stamp: entry.stamp });
  }

  all(): readonly Entry[] {
    return (this.#sorted ??= [...this.#entries.values()].sort(greatestFirst));
  }

  /** Adds a ticket, or replaces the ticket with its id. Returns the ticket with its new stamp. */
  put(ticket: Ticket): Ticket & { stamp: string } {
    const before = this.#entries.get(ticket.id);
    if (before) this.#byContact.get(before.ticket.contactId)?.delete(ticket.id);
    const { id, contactId, subject, updatedAt, origin } = ticket;
    const change = this.#changes++;
    const entry: Entry = {
      ticket: Object.freeze({ ...ticket, fields: Object.freeze({ ...ticket.fields }) }),
      order: orderOf(updatedAt, change),
      stamp: `${updatedAt}/${change}`,
      text: foldedText(`${id}\n${subject}`),
    };
    this.#entries.set(id, entry);
    if (this.#sorted) replaceIn(this.#sorted, entry, before);
    addTo(this.#byContact, contactId, id);
    if (origin) addTo(this.#bySession, origin.sessionId, id);
    return this.get(id)!;
  }

  /** The tickets that match all criteria of the query. */
  find({ contactId, sessionId, text, live }: TicketQuery): readonly Entry[] {
    let found =
      sessionId !== undefined
        ? this.#entriesOf(this.#bySession.get(sessionId))
        : contactId !== undefined
          ? this.#entriesOf(this.#byContact.get(contactId))
          : this.all();
    if (contactId !== undefined) found = found.filter(({ ticket }) => ticket.contactId === contactId);
    if (live !== undefined) found = found.filter(({ ticket }) => isLive(ticket) === live);
    if (text?.trim()) found = found.filter((entry) => matchesText(text, entry.text));
    return found;
  }

  #entriesOf(ids: Iterable<string> = []): Entry[] {
    return [...ids].map((id) => this.#entries.get(id)!).sort(greatestFirst);
  }
}

function addTo(index: Map<string, Set<string>>, key: string, id: string): void {
  index.set(key, (index.get(key) ?? new Set()).add(id));
}
