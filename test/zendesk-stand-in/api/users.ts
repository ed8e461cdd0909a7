import { log, stampOf, type Account, type Origin } from './account.js';
import type { Identity, User } from './records.js';
import { checkExternalId, forbidden, invalidField, Refusal } from './replies.js';
import { blankUser } from './staff.js';

/** The `user` of a request body. */
export interface UserInput {
  name?: string;
  phone?: string | null;
  email?: string | null;
  role?: User['role'];
  suspended?: boolean;
  skip_verify_email?: boolean;
  external_id?: string | null;
  notes?: string | null;
  user_fields?: Record<string, unknown>;
}

// (D) At most 15 digits, and an extension.
const e164 = /^\+[1-9]\d{1,14}(x\d+)?$/;

const identitiesOf = (account: Account, userId: number) => account.identities.get(userId) ?? [];
const claimedBy = (account: Account, type: string, value: string) =>
  [...account.identities.values()].flat().find((one) => one.type === type && one.value === value)?.user_id;

export function createUser(account: Account, input: UserInput, origin: Origin, given?: number): User {
  if (!input.name?.trim()) throw invalidField('name', 'Name: is too short (minimum one character)', 'BlankValue');
  const user = blankUser(account, account.number('user', given), stampOf(account, origin));
  write(account, user, input, origin);
  log(account, origin, {
    what: 'user.created',
    userId: user.id,
    changes: { ...input },
    ...(user.external_id ? { externalId: user.external_id } : {}),
  });
  return user;
}

export function updateUser(account: Account, user: User, input: UserInput, origin: Origin): User {
  if (input.name !== undefined && !input.name.trim())
    throw invalidField('name', 'Name: is too short (minimum one character)', 'BlankValue');
  write(account, user, input, origin);
  log(account, origin, { what: 'user.updated', userId: user.id, changes: { ...input } });
  return user;
}

/** (D) The user with this external id or e-mail address; (I) a further address counts too. */
export const matching = (account: Account, input: UserInput) =>
  [...account.users.values()].find(
    ({ id, external_id }) =>
      (input.external_id && external_id === input.external_id) ||
      (input.email && claimedBy(account, 'email', input.email) === id),
  );

function write(account: Account, user: User, input: UserInput, origin: Origin): void {
  const taken = (type: string, value: string) => ![undefined, user.id].includes(claimedBy(account, type, value));
  if (input.role && input.role !== 'end-user' && input.role !== user.role && origin.actor.role !== 'admin')
    throw new Refusal(forbidden);
  checkExternalId(input.external_id);
  const sameExternal = [...account.users.values()].find((one) => one.external_id === input.external_id);
  if (input.external_id && sameExternal && sameExternal.id !== user.id)
    throw invalidField('external_id', 'External has already been taken', 'DuplicateValue');
  if (input.email && taken('email', input.email))
    throw invalidField('email', `Email: ${input.email} is already being used by another user`, 'DuplicateValue');

  const { skip_verify_email: _, user_fields: values, phone, email, ...plain } = input;
  // (D) If the user has an address, another one becomes a further address.
  const given = Object.entries({ ...plain, email: user.email ?? email }).filter(([, value]) => value !== undefined);
  Object.assign(user, Object.fromEntries(given), { updated_at: stampOf(account, origin) });
  // (I) Unknown keys are ignored.
  for (const [key, value] of Object.entries(values ?? {})) if (key in user.user_fields) user.user_fields[key] = value;
  account.users.set(user.id, user);
  if (input.email) setIdentity(account, user, 'email', input.email, origin);
  if (phone !== undefined) setPhone(account, user, phone, origin, phone !== null && taken('phone_number', phone));
  indexUser(account, user, origin.at);
}

/** (D) An unused E.164 number becomes a direct line, which is an identity; any other number is a shared one. */
function setPhone(account: Account, user: User, phone: string | null, origin: Origin, taken: boolean): void {
  const direct = phone !== null && e164.test(phone) && !taken;
  if (user.shared_phone_number === false && user.phone !== phone) {
    const others = identitiesOf(account, user.id).filter(
      (one) => one.type !== 'phone_number' || one.value !== user.phone,
    );
    account.identities.set(user.id, others);
  }
  user.phone = phone;
  user.shared_phone_number = phone === null ? null : !direct;
  if (direct) setIdentity(account, user, 'phone_number', phone, origin);
}

function setIdentity(account: Account, user: User, type: string, value: string, origin: Origin): Identity {
  const known = identitiesOf(account, user.id);
  const same = known.find((one) => one.type === type && one.value === value);
  if (same) return same;
  const at = stampOf(account, origin);
  const primary = !known.some((one) => one.type === type);
  const about = { user_id: user.id, type, value, primary, verified: false };
  const identity = { id: account.number('identity'), ...about, created_at: at, updated_at: at };
  account.identities.set(user.id, [...known, identity]);
  return identity;
}

/** (D) Adds a further address or number. (I) 422 if it is taken, or if a number is not E.164. */
export function addIdentity(account: Account, user: User, type: string, value: string, origin: Origin): Identity {
  if (type === 'phone_number' && !e164.test(value))
    throw invalidField('value', 'Value: is not a valid phone number', 'InvalidValue');
  if (claimedBy(account, type, value) !== undefined)
    throw invalidField('value', `Value: ${value} is already being used by another user`, 'DuplicateValue');
  const identity = setIdentity(account, user, type, value, origin);
  indexUser(account, user, origin.at);
  log(account, origin, { what: 'identity.created', userId: user.id, changes: { type, value } });
  return identity;
}

function indexUser(account: Account, user: User, at?: number): void {
  const valuesOf = (type: string) =>
    identitiesOf(account, user.id).flatMap((one) => (one.type === type ? [one.value] : []));
  account.foundUsers.put(user.id, { ...user, numbers: valuesOf('phone_number'), emails: valuesOf('email') }, at);
}
