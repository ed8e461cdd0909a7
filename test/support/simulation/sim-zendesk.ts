import type { ZendeskRequest, ZendeskResponse } from '../../../src/zendesk/index.js';
import {
  auditJson,
  second,
  ticketJson,
  userJson,
  type Applied,
  type SimTicket,
  type SimUser,
  type TicketInput,
} from './crm-state.js';
import { SimJobs } from './sim-jobs.js';

/** Milliseconds for which an idempotency key is remembered. */
const keyLifetime = 2 * 3_600_000;
/** Milliseconds by which the search index lags. */
const indexLag = 5000;

/**
 * The part of Zendesk that the panel uses, in memory and on simulated time: stamps in whole seconds, compare-and-swap,
 * idempotency keys, unique external ids, jobs, merges, closed tickets. It applies or refuses a request at once. Faults
 * are simulated by the network.
 */
export class SimZendesk {
  readonly tickets = new Map<number, SimTicket>();
  readonly users = new Map<number, SimUser>();
  /** The applied changes of the whole account, in their order. */
  readonly log: Applied[] = [];
  readonly jobs: SimJobs;
  signedOut = false;
  /** Tickets that the agent may not see. */
  readonly hidden = new Set<number>();
  readonly #now: () => number;
  #ids = 1000;
  readonly #keys = new Map<string, { body: string; id: number; at: number }>();

  constructor(now: () => number, after: (milliseconds: number, run: () => void) => void) {
    this.#now = now;
    this.jobs = new SimJobs(after, (update) => this.#update(update.id!, update).status);
  }

  addUser(user: Omit<SimUser, 'made'>): void {
    this.users.set(user.id, { ...user, made: this.#now() - 86_400_000 + user.id });
  }

  addTicket(id: number, requester: number, tags: string[]): void {
    // An earlier version of the panel made the ticket, so it has no `ccai_origin_…` tag.
    const key = tags.length > 0 && { external_id: `${tags[0]!.replace('ccai_session_', '')}/ticket` };
    this.#make(id, { requester_id: requester, tags, status: 'open', subject: `Ticket ${id}`, ...key });
  }

  /** A person edits a ticket in the CRM. Returns false if the ticket is closed. */
  edit(id: number): boolean {
    const ticket = this.tickets.get(id)!;
    if (ticket.status === 'closed') return false;
    this.#touch(ticket, {});
    return true;
  }

  close(id: number): boolean {
    if (!this.edit(id)) return false;
    this.tickets.get(id)!.status = 'closed';
    return true;
  }

  merge(from: number, into: number): boolean {
    const [source, target] = [this.tickets.get(from)!, this.tickets.get(into)!];
    if (source === target || source.status === 'closed' || target.status === 'closed') return false;
    source.status = 'closed';
    source.tags.push('closed_by_merge');
    this.#touch(source, { mergedInto: into });
    this.#touch(target, {});
    return true;
  }

  answer({ method, path, body, headers = {} }: ZendeskRequest): ZendeskResponse {
    if (this.signedOut) return this.#reply(401, { error: 'Couldn’t authenticate you' });
    const url = new URL(path, 'https://sim.zendesk.com');
    const parts = url.pathname
      .replace(/\.json$/, '')
      .split('/')
      .slice(3);
    const sent = body === undefined ? undefined : (JSON.parse(body) as { ticket: TicketInput; tickets: TicketInput[] });
    if (method === 'POST' && parts[0] === 'users') return this.#createUser(JSON.parse(body!) as UserInput);
    if (method === 'POST' && parts[0] === 'tickets') return this.#createTicket(body!, headers['Idempotency-Key']!);
    if (parts[1] === 'update_many') return this.#reply(200, { job_status: this.jobs.start(sent!.tickets) });
    if (method === 'PUT') return this.#update(Number(parts[1]), sent!.ticket);
    return this.#lookUp(parts, url.searchParams);
  }

  #lookUp([what, id, of]: string[], query: URLSearchParams): ZendeskResponse {
    switch (`${what}${id && /^\d+$/.test(id) ? '/:id' : id ? `/${id}` : ''}${of ? `/${of}` : ''}`) {
      case 'search':
        return this.#search(query.get('query')!);
      case 'users/search':
        return this.#users(({ externalId }) => externalId === query.get('external_id'));
      case 'users/:id': {
        const user = this.users.get(Number(id));
        return user ? this.#reply(200, { user: userJson(user) }) : this.#notFound();
      }
      case 'users/me':
        return this.#reply(200, { user: {} });
      case 'users/:id/identities':
        return this.#reply(200, { identities: [] });
      case 'users/:id/group_memberships':
        return this.#reply(200, { group_memberships: [] });
      case 'users/:id/tickets': {
        const requested = [...this.tickets.values()].filter(
          (one) => one.requester === Number(id) && !this.hidden.has(one.id),
        );
        return this.#reply(200, { tickets: requested.sort((a, b) => b.updated - a.updated).map(ticketJson) });
      }
      case 'groups':
      case 'user_fields':
        return this.#reply(200, { [what!]: [] });
      case 'ticket_fields':
        return this.#reply(200, { ticket_fields: fields.map((field) => ({ id: field, type: 'text', title: 'x' })) });
      case 'tickets':
        return this.#tickets(({ externalId }) => externalId === query.get('external_id'));
      case 'tickets/show_many': {
        const ids = query.get('ids')!.split(',').map(Number);
        return this.#reply(200, { tickets: ids.flatMap((one) => this.#visible(one) ?? []).map(ticketJson) });
      }
      case 'tickets/:id/audits': {
        const ticket = this.#visible(Number(id));
        return ticket ? this.#reply(200, { audits: ticket.audits.map(auditJson) }) : this.#notFound();
      }
      case 'tickets/:id': {
        const ticket = this.#visible(Number(id));
        return ticket ? this.#reply(200, { ticket: ticketJson(ticket) }) : this.#notFound();
      }
    }
    if (what !== 'job_statuses') throw new Error(`The simulated CRM does not know ${what}/${id}/${of}`);
    const job = this.jobs.status(id!);
    return job ? this.#reply(200, { job_status: job }) : this.#notFound();
  }

  #search(query: string): ZendeskResponse {
    const [, kind, value] = /(phone:\*|email:|tags:)(\S+)$/.exec(query) ?? [];
    if (!kind) throw new Error(`The simulated CRM cannot search ${query}`);
    const indexed = ({ made }: { made: number }) => made < this.#now() - indexLag;
    if (kind === 'tags:') {
      const found = [...this.tickets.values()].filter((one) => indexed(one) && one.tags.includes(value!));
      return this.#reply(200, { results: found.map(ticketJson) });
    }
    const found = [...this.users.values()].filter(
      (one) => indexed(one) && (kind === 'email:' ? one.email === value : one.phone?.endsWith(value!)),
    );
    return this.#reply(200, { results: found.sort((a, b) => b.made - a.made).map(userJson) });
  }

  #createUser({ user: { name, external_id: externalId, phone, email } }: UserInput): ZendeskResponse {
    if ([...this.users.values()].some((one) => one.externalId === externalId))
      return this.#reply(422, { error: 'RecordInvalid', details: { external_id: [{ description: 'taken' }] } });
    const user = { id: this.#ids++, name, made: this.#now(), externalId, phone, email };
    this.users.set(user.id, user);
    return this.#reply(201, { user: userJson(user) });
  }

  #createTicket(body: string, key: string): ZendeskResponse {
    const known = this.#keys.get(key);
    if (known && known.at > this.#now() - keyLifetime) {
      if (known.body !== body) return this.#reply(400, { error: 'IdempotentRequestError' });
      return this.#reply(201, { ticket: ticketJson(this.tickets.get(known.id)!) });
    }
    const { ticket } = JSON.parse(body) as { ticket: TicketInput };
    const source = this.tickets.get(ticket.via_followup_source_id ?? 0);
    if (source && source.status !== 'closed')
      return this.#reply(422, { error: 'RecordInvalid', details: { base: [{ description: 'must be closed' }] } });
    const made = this.#make(this.#ids++, ticket);
    this.#write(made, ticket, source !== undefined);
    this.#keys.set(key, { body, id: made.id, at: this.#now() });
    return this.#reply(201, { ticket: ticketJson(made) });
  }

  #update(id: number, update: TicketInput): ZendeskResponse {
    const ticket = this.#visible(id);
    if (!ticket) return this.#notFound();
    if (update.safe_update && update.updated_stamp !== second(ticket.updated))
      return this.#reply(409, { error: 'UpdateConflict' });
    if (ticket.status === 'closed') {
      const details = { status: [{ description: 'Status: closed prevents ticket update' }] };
      return this.#reply(422, { error: 'RecordInvalid', details });
    }
    // An update that changes nothing adds no audit, and the stamp stays the same.
    if (this.#write(ticket, update))
      this.#touch(ticket, update.metadata?.ccai_key ? { key: update.metadata.ccai_key } : {});
    return this.#reply(200, { ticket: ticketJson(ticket) });
  }

  #write(
    ticket: SimTicket,
    { comment, custom_fields: values = [], assignee_id: assignee, status }: TicketInput,
    opening = false,
  ): boolean {
    const changed = values.filter(({ id, value }) => ticket.fields.get(id) !== value);
    const moves = (assignee ?? ticket.assignee) !== ticket.assignee || (status ?? ticket.status) !== ticket.status;
    for (const line of comment?.body.split('\n') ?? []) this.log.push({ ticket: ticket.id, line, opening });
    for (const { id, value } of values) {
      ticket.fields.set(id, value);
      this.log.push({ ticket: ticket.id, line: String(value), field: id });
    }
    ticket.assignee = assignee ?? ticket.assignee;
    ticket.status = status ?? (ticket.status === 'new' && ticket.assignee !== null ? 'open' : ticket.status);
    return comment !== undefined || changed.length > 0 || moves;
  }

  #make(id: number, { requester_id: requester = 0, tags = [], status = 'new', subject = '', ...more }: TicketInput) {
    const now = this.#now();
    const ticket: SimTicket = {
      ...{ id, requester, tags: [...tags], status, subject, assignee: null, made: now, updated: now },
      ...{ externalId: more.external_id, followUpOf: more.via_followup_source_id },
      ...{ fields: new Map<number, unknown>(), audits: [] },
    };
    this.tickets.set(id, ticket);
    return ticket;
  }

  #touch(ticket: SimTicket, audit: SimTicket['audits'][number]): void {
    ticket.updated = this.#now();
    ticket.audits.push(audit);
  }

  /** A ticket that the agent may see. */
  #visible(id: number): SimTicket | undefined {
    return this.hidden.has(id) ? undefined : this.tickets.get(id);
  }

  #tickets = (wanted: (ticket: SimTicket) => boolean): ZendeskResponse =>
    this.#reply(200, { tickets: [...this.tickets.values()].filter(wanted).map(ticketJson) });

  #users = (wanted: (user: SimUser) => boolean): ZendeskResponse =>
    this.#reply(200, { users: [...this.users.values()].filter(wanted).map(userJson) });

  #notFound = (): ZendeskResponse => this.#reply(404, { error: 'RecordNotFound', description: 'Not found' });

  #reply(status: number, body: unknown): ZendeskResponse {
    return { status, headers: { date: new Date(this.#now()).toUTCString() }, body };
  }
}

/** The ids of the ticket fields: one field that all direct writes share, and one field for each session. */
const fields = [7, ...Array.from({ length: 20 }, (_, index) => 101 + index)];

interface UserInput {
  user: { name: string; external_id: string; phone?: string; email?: string };
}
