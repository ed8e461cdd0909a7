import type { LookUpOptions, TicketQuery } from '../crm/crm-host.js';
import type { Page } from '../domain/contact.js';
import { isLive, newestFirst, type Ticket } from '../domain/ticket.js';
import { filteredPage, pageWithRecent, searchWords } from './listing.js';
import { mergeTarget } from './merge-target.js';
import { sessionTag, taggedId } from './origin-tags.js';
import type { MadeTickets } from './made-tickets.js';
import type { RecentlyMade } from './recently-made.js';
import type { Listed, ZendeskTicket } from './shapes.js';
import type { TicketReader } from './ticket-reader.js';
import { ticketOf, wasMerged } from './ticket-mapping.js';
import type { GroupMemberships } from './group-memberships.js';
import type { ZendeskApi } from './zendesk-api.js';

const pageLength = 100;

type Stamped = Ticket & { stamp?: string };

export interface TicketLookUpParts {
  api: ZendeskApi;
  reader: TicketReader;
  recent: RecentlyMade<Ticket>;
  made: MadeTickets;
  groups: GroupMemberships;
}

/** The content of a page token of a contact's list. */
interface Position {
  /** The page token of Zendesk's list. */
  next?: string;
  /** The ids of the tickets that were shown, if new tickets were sorted in. */
  shown: readonly string[];
}

/** Finds tickets. The last updated is first. */
export class TicketLookUps {
  readonly #api: ZendeskApi;
  readonly #reader: TicketReader;
  readonly #recent: RecentlyMade<Ticket>;
  readonly #made: MadeTickets;
  readonly #groups: GroupMemberships;

  constructor({ api, reader, recent, made, groups }: TicketLookUpParts) {
    this.#api = api;
    this.#reader = reader;
    this.#recent = recent;
    this.#made = made;
    this.#groups = groups;
  }

  async find(query: TicketQuery, options: LookUpOptions = {}): Promise<Page<Stamped>> {
    const { contactId, text, live } = query;
    const sessionId = query.sessionId === undefined ? undefined : await taggedId(query.sessionId);
    const keep = (ticket: Ticket) =>
      (live === undefined || isLive(ticket) === live) &&
      (contactId === undefined || ticket.contactId === contactId) &&
      (sessionId === undefined || ticket.origin?.sessionId === sessionId);
    if (sessionId !== undefined) return this.#search(`tags:${sessionTag(sessionId)}`, keep, options);
    if (text?.trim()) return this.#byText(text.trim(), keep, options);
    return contactId === undefined ? { items: [] } : this.#ofContact(contactId, keep, options);
  }

  async get(id: string, options: LookUpOptions = {}): Promise<(Ticket & { stamp: string }) | undefined> {
    const ticket = await this.#reader.read(id, options);
    if (!ticket) return undefined;
    this.#groups.note(ticket);
    const mergedInto = wasMerged(ticket) ? await mergeTarget(this.#api, ticket) : undefined;
    return {
      ...ticketOf(ticket, this.#api.origin),
      mergedInto,
      stamp: ticket.updated_at,
    };
  }

  /**
   * The tickets of a contact, by Zendesk's list of a requester's tickets. The list lags less than the search, but up to
   * 90 seconds. Tickets that this browser has just created and that are not in the list are read one by one and sorted
   * in.
   */
  async #ofContact(
    contactId: string,
    keep: (ticket: Ticket) => boolean,
    { page, limit = pageLength, ...options }: LookUpOptions,
  ): Promise<Page<Stamped>> {
    const { next: from, shown } = page ? (JSON.parse(page) as Position) : { shown: [] };
    const listed = new Set<string>(shown);
    const path = `/api/v2/users/${encodeURIComponent(contactId)}/tickets/requested?sort_by=updated_at&sort_order=desc`;
    const fetch = async (at: number): Promise<{ items: readonly Stamped[]; more: boolean }> => {
      const body = await this.#api.find<Listed & { tickets: readonly ZendeskTicket[] }>(
        `${path}&per_page=${pageLength}&page=${at}`,
        options,
      );
      const items = this.#tickets(body?.tickets);
      for (const { id } of items) listed.add(id);
      return { items, more: Boolean(body?.next_page) };
    };
    const isNew = (ticket: Ticket) => keep(ticket) && !shown.includes(ticket.id);
    const { items, next } = await filteredPage({ limit, page: from }, isNew, fetch);
    const missing = page ? [] : this.#made.ofContact(contactId).filter((id) => !listed.has(id));
    const made = (await Promise.all(missing.map((id) => this.get(id, options)))).filter(
      (ticket) => ticket !== undefined && keep(ticket),
    ) as Stamped[];
    const all = made.length > 0 ? [...made, ...items].sort(newestFirst) : items;
    if (next === undefined) return { items: all };
    // Tickets that enter the list between two pages move its items down. By the shown ids, no ticket comes twice.
    const before = made.length + shown.length > 0 ? [...shown, ...all.map(({ id }) => id)] : [];
    return { items: all, next: JSON.stringify({ next, shown: before } satisfies Position) };
  }

  async #byText(text: string, keep: (ticket: Ticket) => boolean, options: LookUpOptions): Promise<Page<Stamped>> {
    const id = /^#?(\d+)$/.exec(text)?.[1];
    if (id === undefined) return this.#search(searchWords(text), keep, options, wordsIn(text));
    const ticket = await this.get(id, options);
    return { items: ticket && keep(ticket) ? [ticket] : [] };
  }

  #search(
    query: string,
    keep: (ticket: Ticket) => boolean,
    options: LookUpOptions,
    keepRecent: (ticket: Ticket) => boolean = () => true,
  ): Promise<Page<Stamped>> {
    const wanted = encodeURIComponent(`type:ticket ${query}`);
    const recent = this.#recent.items.filter((ticket) => keep(ticket) && keepRecent(ticket)).sort(newestFirst);
    return pageWithRecent(options, recent, async (page, size) => {
      const path = `/api/v2/search.json?query=${wanted}&sort_by=updated_at&sort_order=desc&page=${page}&per_page=${size}`;
      const body = await this.#api.get<Listed & { results: readonly ZendeskTicket[] }>(path, options);
      return { items: this.#tickets(body.results).filter(keep), more: Boolean(body.next_page) };
    });
  }

  #tickets(tickets: readonly ZendeskTicket[] | undefined): readonly Stamped[] {
    return (Array.isArray(tickets) ? tickets : []).map((ticket) => {
      this.#groups.note(ticket);
      return { ...ticketOf(ticket, this.#api.origin), stamp: ticket.updated_at };
    });
  }
}

const wordsIn = (text: string) => (ticket: Ticket) =>
  text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => ticket.subject.toLowerCase().includes(word));
