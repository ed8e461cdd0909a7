import { maySee } from './account.js';
import * as documented from './documented.js';
import { once } from './idempotency.js';
import { mergeMany, updateMany } from './jobs.js';
import type { Merge } from './merge.js';
import { page, pageParameters } from './paging.js';
import { created, ok, Refusal, tooMany } from './replies.js';
import { found, refuse, route, type ApiRequest, type Route } from './route.js';
import { numbers, words } from './shapes.js';
import type { TicketInput } from './ticket-values.js';
import { createTicket, findTicket, updateTicket, type Written } from './tickets.js';

const byId = (one: { id: number }) => one.id;
const inputOf = ({ body }: ApiRequest) => (body as { ticket: TicketInput }).ticket;
const ticketOf = ({ account, ids, origin }: ApiRequest) => findTicket(account, Number(ids[0]), origin);

export function idsOf(url: URL): string[] {
  const ids = (url.searchParams.get('ids') ?? '').split(',').filter(Boolean);
  if (ids.length > 100) throw new Refusal(tooMany);
  return ids;
}

function written({ note }: ApiRequest, { ticket, audit, ignored }: Written) {
  for (const one of ignored) note(one);
  return { ticket, audit };
}

// (V) 201 with Location; (D) the key is for this endpoint only.
function create(request: ApiRequest) {
  const { account, idempotencyKey: key, raw, answerTakes, origin } = request;
  return once(account, { key, raw, answerTakes }, () => {
    const done = createTicket(account, inputOf(request), { ...origin, ...(key ? { idempotencyKey: key } : {}) });
    return created(written(request, done), done.ticket.url);
  });
}

// (D)
function update(request: ApiRequest) {
  return ok(written(request, updateTicket(request.account, ticketOf(request), inputOf(request), request.origin)));
}

// (D) By external_id, and never from the index.
function list({ account, url, origin }: ApiRequest) {
  const externalId = url.searchParams.get('external_id');
  if (externalId === null) throw refuse('tickets without external_id');
  const tickets = [...account.tickets.values()].filter(
    (one) => one.json.external_id === externalId && maySee(account, origin.actor, one),
  );
  return ok(page(url, { name: 'tickets', items: tickets.map((one) => one.json), id: byId }));
}

// (D) Missing and hidden tickets are left out.
function showMany({ account, url, origin }: ApiRequest) {
  const tickets = idsOf(url).map((id) => account.tickets.get(Number(id)));
  const items = tickets.flatMap((one) => (one && maySee(account, origin.actor, one) ? [one.json] : []));
  return ok({ tickets: items, next_page: null, previous_page: null, count: items.length });
}

// (V)
function changeMany(request: ApiRequest) {
  const { account, url, origin, fault } = request;
  const body = request.body as { ticket?: TicketInput; tickets?: (TicketInput & { id: number })[] };
  if ((body.tickets !== undefined) === url.searchParams.has('ids')) throw refuse('update_many takes ids or tickets');
  if (body.tickets && body.tickets.length > 100) throw new Refusal(tooMany);
  const updates = body.tickets
    ? body.tickets.map(({ id, ...change }) => ({ id, change }))
    : idsOf(url).map((id) => ({ id: Number(id), change: body.ticket! }));
  return updateMany(account, updates, body.tickets !== undefined, origin, fault);
}

// (D)
function audits(request: ApiRequest) {
  return ok(page(request.url, { name: 'audits', items: ticketOf(request).audits, id: byId }));
}

// (D)
function merge(request: ApiRequest) {
  return mergeMany(request.account, ticketOf(request), request.body as Merge, request.origin, request.fault);
}

// (D)
const showJob = ({ account, ids }: ApiRequest) =>
  ok({ job_status: found({ get: () => account.jobs.get(ids[0]!) }, 0) });

// (D)
const showJobs = ({ account, url }: ApiRequest) =>
  ok({ job_statuses: idsOf(url).flatMap((id) => account.jobs.get(id) ?? []) });

const withTicket = { body: documented.ticketToUpdate, updatesTicket: true } as const;
const jobIds = (value: string) => /^V3-\w+(,V3-\w+)*$/.test(value);

export const ticketRoutes: readonly Route[] = [
  route('GET', '/tickets', list, { query: { external_id: words, ...pageParameters } }),
  route('POST', '/tickets', create, { body: documented.ticketToCreate }),
  route('GET', '/tickets/show_many', showMany, { query: { ids: numbers } }),
  route('PUT', '/tickets/update_many', changeMany, { query: { ids: numbers }, body: documented.ticketsToUpdate }),
  route('GET', '/tickets/:id', (request) => ok({ ticket: ticketOf(request).json })),
  route('PUT', '/tickets/:id', update, withTicket),
  route('GET', '/tickets/:id/audits', audits, { query: pageParameters }),
  route('POST', '/tickets/:id/merge', merge, { body: documented.merge }),
  route('GET', '/job_statuses/show_many', showJobs, { query: { ids: jobIds } }),
  route('GET', '/job_statuses/:job', showJob),
];
