import { log, type Account } from './account.js';
import * as documented from './documented.js';
import { offsetParameters, page, pageParameters } from './paging.js';
import type { Field } from './records.js';
import { created, invalidField, notFound, ok, Refusal } from './replies.js';
import { found, route, type ApiRequest, type Route } from './route.js';
import { search } from './search.js';
import { among, words } from './shapes.js';

const byId = (one: { id: number }) => one.id;

/** (D) Serves a list of the account. */
const listOf =
  (name: string, items: (account: Account) => readonly { id: number }[]): Route['handle'] =>
  ({ account, url }) =>
    ok(page(url, { name, items: items(account), id: byId }));

// (D) Searches the index; at most 1000 results.
function find({ account, url, origin }: ApiRequest) {
  const { users, tickets } = search(account, origin.actor, url.searchParams.get('query') ?? '');
  const items = [
    ...users.map((one) => ({ ...one, result_type: 'user' })),
    ...tickets.map((one) => ({ ...one, result_type: 'ticket' })),
  ];
  const by = (url.searchParams.get('sort_by') ?? 'created_at') as 'created_at' | 'updated_at';
  const descending = url.searchParams.get('sort_order') !== 'asc';
  return ok(page(url, { name: 'results', items, by: (one) => one[by], descending, id: byId }, 1000));
}

type NewField = Pick<Field, 'type' | 'title'> & Partial<Field>;

function makeField({ account, origin }: ApiRequest, kind: 'ticket' | 'user', given: NewField): Field {
  const id = account.number('field');
  const blank = { description: '', active: true, required: false, tag: null };
  const field = { ...blank, ...given, id, url: `${account.url}/api/v2/${kind}_fields/${id}.json` };
  field.custom_field_options = given.custom_field_options?.map((one) => ({ ...one, id: account.number('event') }));
  log(account, origin, { what: 'field.created', changes: { kind, ...given, id } });
  return field;
}

// (V)
function createTicketField(request: ApiRequest) {
  const field = makeField(request, 'ticket', (request.body as { ticket_field: NewField }).ticket_field);
  request.account.ticketFields.push(field);
  return created({ ticket_field: field }, field.url);
}

// (D)
function createUserField(request: ApiRequest) {
  const { account, body } = request;
  const given = (body as { user_field: NewField & { key: string } }).user_field;
  if (account.userFields.some((one) => one.key === given.key))
    throw invalidField('key', `Key: ${given.key} has already been taken`, 'DuplicateValue');
  const field = makeField(request, 'user', given);
  account.userFields.push(field);
  for (const user of account.users.values()) user.user_fields[given.key] = null;
  return created({ user_field: field }, field.url);
}

// (D)
function members({ account, url, ids }: ApiRequest) {
  const group = found({ get: (id: number) => account.groups.find((one) => one.id === id) }, ids[0]!);
  const items = account.memberships.filter((one) => one.group_id === group.id);
  return ok(page(url, { name: 'group_memberships', items, id: byId }));
}

// (I)
function saveSettings({ account, ids, body, origin }: ApiRequest) {
  const { installation } = account;
  if (Number(ids[0]) !== installation.id) throw new Refusal(notFound);
  const { settings } = body as { settings: Record<string, unknown> };
  Object.assign(installation.settings, settings);
  log(account, origin, { what: 'settings.saved', changes: settings });
  return ok({ id: installation.id, settings: installation.settings });
}

const query = pageParameters;

export const accountRoutes: readonly Route[] = [
  route('GET', '/search', find, {
    query: {
      query: words,
      sort_by: among('created_at', 'updated_at'),
      sort_order: among('asc', 'desc'),
      ...offsetParameters,
    },
  }),
  route(
    'GET',
    '/groups',
    listOf('groups', (account) => account.groups),
    { query },
  ),
  route('GET', '/groups/:id/memberships', members, { query }),
  route(
    'GET',
    '/ticket_fields',
    listOf('ticket_fields', (account) => account.ticketFields),
    { query },
  ),
  route('POST', '/ticket_fields', createTicketField, { body: documented.ticketField, admin: true }),
  route(
    'GET',
    '/user_fields',
    listOf('user_fields', (account) => account.userFields),
    { query },
  ),
  route('POST', '/user_fields', createUserField, { body: documented.userField, admin: true }),
  route(
    'GET',
    '/ticket_forms',
    listOf('ticket_forms', (account) => account.ticketForms),
    { query },
  ),
  route(
    'GET',
    '/brands',
    listOf('brands', (account) => account.brands),
    { query },
  ),
  route(
    'GET',
    '/custom_statuses',
    listOf('custom_statuses', (account) => account.customStatuses),
    { query },
  ),
  route('PUT', '/apps/installations/:id', saveSettings, { body: documented.installation, admin: true }),
];
