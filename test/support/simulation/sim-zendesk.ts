import type { ZendeskRequest, ZendeskResponse } from '../../../src/zendesk/index.js';

interface SimComment {
  body: string;
  author: number;
  at: number;
}
interface SimTicket {
  id: number;
  requester: number;
  status: string;
  updated: number;
  tags: string[];
  externalId?: string;
  comments: SimComment[];
  fields: Map<number, unknown>;
  audits: { key?: string; mergedInto?: number }[];
  followUpOf?: number;
}

const second = (at: number): string => `${new Date(Math.floor(at / 1000) * 1000).toISOString().slice(0, 19)}Z`;

/**
 * As much of Zendesk as the outbox meets, in memory and on simulated time: stamps in whole seconds, compare-and-swap,
 * idempotency keys, unique external ids, jobs, merges, closed tickets. Applies or refuses at once; faults are the network's.
 */
export class SimZendesk {
  readonly tickets = new Map<number, SimTicket>();
  readonly users = new Map<number, { id: number; externalId: string }>();
  signedOut = false;
  /** Every comment in the order in which it was applied. */
  readonly log: { ticket: number; body: string }[] = [];
  #now: () => number;
  #ids = 1000;
  #keys = new Map<string, { body: string; id: number }>();
  #jobs = new Map<string, unknown[]>();

  constructor(now: () => number, tickets: number) {
    this.#now = now;
    for (let id = 1; id <= tickets; id++) this.#make(id, 1);
  }

  /** Somebody in the CRM. */
  edit(id: number): void {
    const ticket = this.tickets.get(id)!;
    if (ticket.status === 'closed') return;
    ticket.comments.push({ body: 'From a person', author: 2, at: this.#now() });
    this.#touch(ticket);
  }

  merge(from: number, into: number): boolean {
    const [source, target] = [this.tickets.get(from)!, this.tickets.get(into)!];
    if (source === target || source.status === 'closed' || target.status === 'closed') return false;
    source.status = 'closed';
    source.tags.push('closed_by_merge');
    source.audits.push({ mergedInto: into });
    this.#touch(source);
    this.#touch(target);
    return true;
  }

  close(id: number): boolean {
    const ticket = this.tickets.get(id)!;
    if (ticket.status === 'closed') return false;
    ticket.status = 'closed';
    this.#touch(ticket);
    return true;
  }

  answer({ method, path, body, headers = {} }: ZendeskRequest): ZendeskResponse {
    if (this.signedOut) return this.#reply(401, { error: 'Couldn’t authenticate you' });
    const url = new URL(path, 'https://sim.zendesk.com');
    const parts = url.pathname
      .replace(/\.json$/, '')
      .split('/')
      .slice(3);
    const sent = body === undefined ? undefined : (JSON.parse(body) as Record<string, never>);
    if (method === 'POST' && parts[0] === 'users')
      return this.#createUser(sent!['user'] as unknown as { external_id: string });
    if (parts[0] === 'users' && parts[1] === 'search') {
      const key = url.searchParams.get('external_id');
      return this.#reply(200, {
        users: [...this.users.values()].filter((one) => one.externalId === key).map(userJson),
      });
    }
    if (parts[0] === 'users' && parts[2] === 'group_memberships') return this.#reply(200, { group_memberships: [] });
    if (method === 'POST' && parts[0] === 'tickets') return this.#createTicket(body!, headers['Idempotency-Key']!);
    if (parts[0] === 'tickets' && parts[1] === undefined) {
      const key = url.searchParams.get('external_id');
      return this.#reply(200, {
        tickets: [...this.tickets.values()].filter((one) => one.externalId === key).map(ticketJson),
      });
    }
    if (parts[1] === 'show_many') {
      const ids = url.searchParams.get('ids')!.split(',').map(Number);
      return this.#reply(200, { tickets: ids.flatMap((id) => this.tickets.get(id) ?? []).map(ticketJson) });
    }
    if (parts[1] === 'update_many') return this.#updateMany(sent!['tickets'] as unknown as Update[]);
    if (parts[0] === 'job_statuses')
      return this.#reply(200, {
        job_status: { id: parts[1], status: 'completed', results: this.#jobs.get(parts[1]!) },
      });
    const ticket = this.tickets.get(Number(parts[1]));
    if (!ticket) return this.#reply(404, { error: 'RecordNotFound', description: 'Not found' });
    if (parts[2] === 'audits') return this.#reply(200, { audits: ticket.audits.map(auditJson) });
    if (method === 'PUT') return this.#update(ticket, sent!['ticket'] as unknown as Update);
    return this.#reply(200, { ticket: ticketJson(ticket) });
  }

  #createUser({ external_id: externalId }: { external_id: string }): ZendeskResponse {
    if ([...this.users.values()].some((one) => one.externalId === externalId))
      return this.#reply(422, { error: 'RecordInvalid', details: { external_id: [{ description: 'taken' }] } });
    const user = { id: this.#ids++, externalId };
    this.users.set(user.id, user);
    return this.#reply(201, { user: userJson(user) });
  }

  #createTicket(body: string, key: string): ZendeskResponse {
    const known = this.#keys.get(key);
    if (known) {
      if (known.body !== body) return this.#reply(400, { error: 'IdempotentRequestError' });
      return this.#reply(201, { ticket: ticketJson(this.tickets.get(known.id)!) });
    }
    const { ticket } = JSON.parse(body) as {
      ticket: Update & { requester_id: number; external_id: string; via_followup_source_id?: number };
    };
    const made = this.#make(this.#ids++, ticket.requester_id);
    made.externalId = ticket.external_id;
    if (ticket.via_followup_source_id !== undefined) made.followUpOf = ticket.via_followup_source_id;
    this.#comment(made, ticket.comment!);
    this.#keys.set(key, { body, id: made.id });
    return this.#reply(201, { ticket: ticketJson(made) });
  }

  #updateMany(updates: readonly Update[]): ZendeskResponse {
    const results = updates.map((update) => {
      const ticket = this.tickets.get(update.id!)!;
      const { status } = this.#update(ticket, update);
      return status === 200
        ? { id: update.id, success: true, status: 'Updated' }
        : { id: update.id, success: false, error: status === 409 ? 'UpdateConflict' : 'closed prevents ticket update' };
    });
    const id = `job-${this.#jobs.size}`;
    this.#jobs.set(id, results);
    return this.#reply(200, { job_status: { id, status: 'queued', results: null } });
  }

  #update(ticket: SimTicket, update: Update): ZendeskResponse {
    if (update.safe_update && update.updated_stamp !== second(ticket.updated))
      return this.#reply(409, { error: 'UpdateConflict' });
    if (ticket.status === 'closed')
      return this.#reply(422, {
        error: 'RecordInvalid',
        details: { status: [{ description: 'Status: closed prevents ticket update' }] },
      });
    if (update.comment) this.#comment(ticket, update.comment);
    for (const { id, value } of update.custom_fields ?? []) ticket.fields.set(id, value);
    ticket.audits.push({ ...(update.metadata?.ccai_key && { key: update.metadata.ccai_key }) });
    this.#touch(ticket);
    return this.#reply(200, { ticket: ticketJson(ticket) });
  }

  #make(id: number, requester: number): SimTicket {
    const ticket: SimTicket = {
      id,
      requester,
      status: 'open',
      updated: this.#now(),
      tags: [],
      comments: [],
      fields: new Map(),
      audits: [],
    };
    this.tickets.set(id, ticket);
    return ticket;
  }

  #comment(ticket: SimTicket, { body, author_id = 1 }: NonNullable<Update['comment']>): void {
    ticket.comments.push({ body, author: author_id, at: this.#now() });
    this.log.push({ ticket: ticket.id, body });
  }

  #touch(ticket: SimTicket): void {
    ticket.updated = this.#now();
  }

  #reply(status: number, body: unknown): ZendeskResponse {
    return { status, headers: { date: new Date(this.#now()).toUTCString() }, body };
  }
}

interface Update {
  id?: number;
  comment?: { body: string; author_id?: number };
  custom_fields?: { id: number; value: unknown }[];
  metadata?: { ccai_key?: string };
  safe_update?: boolean;
  updated_stamp?: string;
}

const userJson = ({ id, externalId }: { id: number; externalId: string }) => ({
  id,
  name: 'x',
  external_id: externalId,
  created_at: second(0),
});
const auditJson = ({ key, mergedInto }: { key?: string; mergedInto?: number }, id: number) => ({
  id,
  metadata: { custom: key ? { ccai_key: key } : {} },
  via: mergedInto === undefined ? {} : { source: { rel: 'merge', from: { ticket_id: mergedInto } } },
});
const ticketJson = (ticket: SimTicket) => ({
  id: ticket.id,
  subject: `Ticket ${ticket.id}`,
  status: ticket.status,
  requester_id: ticket.requester,
  assignee_id: null,
  group_id: null,
  external_id: ticket.externalId ?? null,
  created_at: second(0),
  updated_at: second(ticket.updated),
  tags: [...ticket.tags],
  custom_fields: [...ticket.fields].map(([id, value]) => ({ id, value })),
});
