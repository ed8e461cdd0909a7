import type { SeedTicket, SeedUser } from '../control.js';
import { log, type Account, type Origin } from './account.js';
import type { Status } from './records.js';
import { stamp } from './clock.js';
import { joinGroups } from './staff.js';
import type { TicketInput } from './ticket-values.js';
import { found } from './route.js';
import { createTicket, findTicket, updateTicket } from './tickets.js';
import { addIdentity, createUser } from './users.js';

// Acts of people in the account, outside the API.

const day = 86_400_000;

/** A member of the staff at their own screen. By default Ana. */
export function person(account: Account, id = 101): Origin {
  const actor = account.users.get(id);
  if (!actor) throw new Error(`There is no user ${id}`);
  return { actor, by: 'person' };
}

/** `initial`: the user existed before, so the index has it. */
export function addUser(account: Account, seed: SeedUser, initial = false): number {
  const at = account.clock.now() - (seed.age ?? (initial ? 30 * day : 0));
  const origin: Origin = { ...person(account), at, unlogged: initial };
  const { name, role, email, phone, suspended, externalId: external_id } = seed;
  const user = createUser(account, { name, role, email, phone, suspended, external_id }, origin, seed.id);
  if (seed.locale) user.locale = seed.locale;
  joinGroups(account, user.id, seed.groups ?? []);
  user.default_group_id = seed.groups?.[0] ?? null;
  for (const number of seed.numbers ?? []) addIdentity(account, user, 'phone_number', number, origin);
  for (const address of seed.emails ?? []) addIdentity(account, user, 'email', address, origin);
  return user.id;
}

export function addTicket(account: Account, seed: SeedTicket, initial = false, more: TicketInput = {}): number {
  const now = account.clock.now();
  const createdAt = now - (seed.age ?? (initial ? 7 * day : 0));
  const updatedAt = now - (seed.updated ?? seed.age ?? (initial ? 7 * day : 0));
  const isDone = seed.status === 'solved' || seed.status === 'closed';
  const input: TicketInput = {
    subject: seed.subject,
    comment: { body: seed.subject },
    requester_id: seed.requesterId,
    assignee_id: seed.assigneeId ?? (isDone ? someoneOf(account, seed.groupId) : undefined),
    group_id: seed.groupId,
    status: seed.status,
    tags: [...(seed.tags ?? [])],
    external_id: seed.externalId,
    ...more,
  };
  const origin: Origin = { ...person(account), unlogged: initial };
  const { ticket } = createTicket(account, input, { ...origin, at: createdAt }, seed.id);
  const stored = account.tickets.get(ticket.id)!;
  stored.hidden = seed.hidden ?? false;
  if (updatedAt !== createdAt) touch(account, ticket.id, updatedAt);
  return ticket.id;
}

/** A solved ticket needs an assignee. */
const someoneOf = (account: Account, groupId: number | undefined) =>
  account.memberships.find((one) => one.group_id === groupId)?.user_id ?? 101;

function touch(account: Account, id: number, at: number): void {
  const { json: ticket, comments } = account.tickets.get(id)!;
  ticket.updated_at = stamp(at);
  account.foundTickets.put(id, { ...ticket, commentCount: comments.length }, at);
}

export function comment(account: Account, ticketId: number, body: string, authorId?: number): void {
  const origin = person(account, authorId);
  updateTicket(account, findTicket(account, ticketId, origin), { comment: { body, public: false } }, origin);
}

export function change(
  account: Account,
  ticketId: number,
  { status, assigneeId, tags }: { status?: Status; assigneeId?: number; tags?: readonly string[] },
): void {
  const origin = person(account);
  const input = { status, assignee_id: assigneeId, ...(tags ? { tags: [...tags] } : {}) };
  updateTicket(account, findTicket(account, ticketId, origin), input, origin);
}

// (I) A deleted record is no longer found, and a deleted user's numbers are free. (D) A deleted user is still shown, as not active.
export function deleteTicket(account: Account, ticketId: number): void {
  const origin = person(account);
  findTicket(account, ticketId, origin);
  account.tickets.delete(ticketId);
  account.foundTickets.remove(ticketId);
  log(account, origin, { what: 'ticket.deleted', ticketId });
}

export function deleteUser(account: Account, userId: number): void {
  const user = found(account.users, userId);
  account.deletedUsers.set(userId, { ...user, active: false });
  account.users.delete(userId);
  account.identities.delete(userId);
  account.foundUsers.remove(userId);
  log(account, person(account), { what: 'user.deleted', userId });
}
