import type { LookUpOptions, TicketQuery } from '../crm/crm-host.js';
import type { Page } from '../domain/contact.js';
import { isLive, newestFirst, type Ticket } from '../domain/ticket.js';
import { filteredPage, pageWithRecent, searchWords } from './listing.js';
import { mergeTarget } from './merge-target.js';
import { sessionTag } from './origin-tags.js';
import type { RecentlyMade } from './recently-made.js';
import type { Listed, ZendeskTicket } from './shapes.js';
import type { TicketReader } from './ticket-reader.js';
import { ticketOf, wasMerged } from './ticket-mapping.js';
import type { GroupMemberships } from './group-memberships.js';
import type { ZendeskApi } from './zendesk-api.js';

const pageLength = 100;

/** Finds tickets, last updated first. */
export class TicketLookUps {
  readonly #api: ZendeskApi;
  readonly #reader: TicketReader;
  readonly #recent: RecentlyMade<Ticket>;
  readonly #groups: GroupMemberships;

  constructor(api: ZendeskApi, reader: TicketReader, recent: RecentlyMade<Ticket>, groups: GroupMemberships) {
    this.#api = api;
    this.#reader = reader;
    this.#recent = recent;
    this.#groups = groups;
  }

  find(query: TicketQuery, options: LookUpOptions = {}): Promise<Page<Ticket>> {
    const { contactId, sessionId, text, live } = query;
    const keep = (ticket: Ticket) =>
      (live === undefined || isLive(ticket) === live) &&
      (contactId === undefined || ticket.contactId === contactId) &&
      (sessionId === undefined || ticket.origin?.sessionId === sessionId);
    if (sessionId !== undefined) return this.#search(`tags:${sessionTag(sessionId)}`, keep, options);
    if (text?.trim()) return this.#byText(text.trim(), keep, options);
    return contactId === undefined ? Promise.resolve({ items: [] }) : this.#ofContact(contactId, keep, options);
  }

  async get(id: string, options: LookUpOptions = {}): Promise<(Ticket & { stamp: string }) | undefined> {
    const ticket = await this.#reader.read(id, options);
    if (!ticket) return undefined;
    this.#groups.note(ticket);
    const mergedInto = wasMerged(ticket) ? await mergeTarget(this.#api, ticket) : undefined;
    return {
      ...ticketOf(ticket, this.#api.origin),
      ...(mergedInto !== undefined && { mergedInto }),
      stamp: ticket.updated_at,
    };
  }

  /** The list is exact, where the search lags. */
  #ofContact(contactId: string, keep: (ticket: Ticket) => boolean, options: LookUpOptions): Promise<Page<Ticket>> {
    const path = `/api/v2/users/${encodeURIComponent(contactId)}/tickets/requested?sort_by=updated_at&sort_order=desc`;
    return filteredPage(options, keep, async (page) => {
      const body = await this.#api.find<Listed & { tickets: readonly ZendeskTicket[] }>(
        `${path}&per_page=${pageLength}&page=${page}`,
        options,
      );
      return { items: this.#tickets(body?.tickets), more: Boolean(body?.next_page) };
    });
  }

  async #byText(text: string, keep: (ticket: Ticket) => boolean, options: LookUpOptions): Promise<Page<Ticket>> {
    const id = /^#?(\d+)$/.exec(text)?.[1];
    if (id === undefined) return this.#search(searchWords(text), keep, options, wordsIn(text));
    const ticket = await this.get(id, options);
    return { items: ticket && keep(ticket) ? [ticket] : [] };
  }

  #search(
    query: string,
    keep: (ticket: Ticket) => boolean,
    options: LookUpOptions,
    isIt: (ticket: Ticket) => boolean = () => true,
  ): Promise<Page<Ticket>> {
    const wanted = encodeURIComponent(`type:ticket ${query}`);
    const recent = this.#recent.items.filter((ticket) => keep(ticket) && isIt(ticket)).sort(newestFirst);
    return pageWithRecent(options, recent, async (page, size) => {
      const path = `/api/v2/search.json?query=${wanted}&sort_by=updated_at&sort_order=desc&page=${page}&per_page=${size}`;
      const body = await this.#api.get<Listed & { results: readonly ZendeskTicket[] }>(path, options);
      return { items: this.#tickets(body.results).filter(keep), more: Boolean(body.next_page) };
    });
  }

  #tickets(tickets: readonly ZendeskTicket[] | undefined): readonly Ticket[] {
    return (Array.isArray(tickets) ? tickets : []).map((ticket) => {
      this.#groups.note(ticket);
      return ticketOf(ticket, this.#api.origin);
    });
  }
}

const wordsIn = (text: string) => (ticket: Ticket) =>
  text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => ticket.subject.toLowerCase().includes(word));
