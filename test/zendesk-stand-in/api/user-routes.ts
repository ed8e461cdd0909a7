import { groupsOf, maySee } from './account.js';
import * as documented from './documented.js';
import { page, pageParameters, sortParameters, offsetParameters } from './paging.js';
import type { User } from './records.js';
import { created, ok } from './replies.js';
import { found, refuse, route, type ApiRequest, type Route } from './route.js';
import { search } from './search.js';
import { among, words } from './shapes.js';
import { addIdentity, createUser, matching, updateUser, type UserInput } from './users.js';

const byId = (one: { id: number }) => one.id;
const inputOf = (request: ApiRequest) => (request.body as { user: UserInput }).user;
// (D) A deleted user is still shown.
const deletedUserOf = ({ account, ids }: ApiRequest): User | undefined => account.deletedUsers.get(Number(ids[0]));
const userOf = ({ account, ids }: ApiRequest): User => found(account.users, ids[0]!);

function noteUnknownFields({ account, note }: ApiRequest, input: UserInput): void {
  for (const key of Object.keys(input.user_fields ?? {}))
    if (!account.userFields.some((one) => one.key === key)) note(`user field ${key} is unknown: ignored (I)`);
}

// (V)
function create(request: ApiRequest) {
  noteUnknownFields(request, inputOf(request));
  const user = createUser(request.account, inputOf(request), request.origin);
  return created({ user }, user.url);
}

// (D)
function update(request: ApiRequest) {
  noteUnknownFields(request, inputOf(request));
  return ok({ user: updateUser(request.account, userOf(request), inputOf(request), request.origin) });
}

// (D) Matches on e-mail and external_id only.
function createOrUpdate(request: ApiRequest) {
  const known = matching(request.account, inputOf(request));
  if (!known) return create(request);
  noteUnknownFields(request, inputOf(request));
  return ok({ user: updateUser(request.account, known, inputOf(request), request.origin) });
}

// (D) Finds by external_id at once, and by words from the index.
function find({ account, url, origin }: ApiRequest) {
  const externalId = url.searchParams.get('external_id');
  const query = url.searchParams.get('query');
  if ((externalId === null) === (query === null)) throw refuse('users/search takes query or external_id');
  const items =
    query === null
      ? [...account.users.values()].filter((one) => one.external_id === externalId)
      : search(account, origin.actor, query, 'user').users;
  return ok(page(url, { name: 'users', items, id: byId }));
}

// (D)
function list({ account, url }: ApiRequest) {
  const roles = url.searchParams.getAll('role[]');
  const items = [...account.users.values()].filter((one) => !roles.length || roles.includes(one.role));
  return ok(page(url, { name: 'users', items, id: byId }));
}

// (D)
function requested(request: ApiRequest) {
  const { account, url, origin } = request;
  const requester = userOf(request);
  const until = account.clock.now() - account.conditions.listLagMs;
  const isListed = ({ created_at }: { created_at: string }) => Date.parse(created_at) <= until;
  const tickets = [...account.tickets.values()].filter(
    (one) => one.json.requester_id === requester.id && isListed(one.json) && maySee(account, origin.actor, one),
  );
  const { by, descending } = sorting(url);
  const items = tickets.map((one) => one.json);
  return ok(page(url, { name: 'tickets', items, by: (one) => one[by], descending, id: byId }));
}

/** (D) `sort=-updated_at`, or `sort_by` and `sort_order`. */
function sorting({ searchParams }: URL): { by: 'updated_at' | 'created_at' | 'id'; descending: boolean } {
  const sort = searchParams.get('sort');
  const by = (sort?.replace('-', '') ?? searchParams.get('sort_by') ?? 'id') as 'updated_at' | 'created_at' | 'id';
  return { by, descending: sort ? sort.startsWith('-') : searchParams.get('sort_order') === 'desc' };
}

// (D)
function identities(request: ApiRequest) {
  const items = request.account.identities.get(userOf(request).id) ?? [];
  return ok(page(request.url, { name: 'identities', items, id: byId }));
}

// (D)
function createIdentity(request: ApiRequest) {
  const { type, value } = (request.body as { identity: { type: string; value: string } }).identity;
  return created({ identity: addIdentity(request.account, userOf(request), type, value, request.origin) });
}

// (D)
function memberships(request: ApiRequest) {
  const items = groupsOf(request.account, userOf(request).id);
  return ok(page(request.url, { name: 'group_memberships', items, id: byId }));
}

const body = documented.user;

export const userRoutes: readonly Route[] = [
  route('GET', '/users', list, {
    query: { 'role[]': among('end-user', 'agent', 'admin'), ...pageParameters },
  }),
  route('POST', '/users', create, { body }),
  route('GET', '/users/search', find, { query: { query: words, external_id: words, ...offsetParameters } }),
  route('POST', '/users/create_or_update', createOrUpdate, { body }),
  // (D) The signed-in user.
  route('GET', '/users/me', ({ origin }) => ok({ user: origin.actor })),
  route('GET', '/users/:id', (request) => ok({ user: deletedUserOf(request) ?? userOf(request) })),
  route('PUT', '/users/:id', update, { body }),
  route('GET', '/users/:id/tickets/requested', requested, { query: { ...pageParameters, ...sortParameters } }),
  route('GET', '/users/:id/identities', identities, { query: pageParameters }),
  route('POST', '/users/:id/identities', createIdentity, { body: documented.identity }),
  route('GET', '/users/:id/group_memberships', memberships, { query: pageParameters }),
];
