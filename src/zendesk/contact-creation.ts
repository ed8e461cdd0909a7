import { CrmError } from '../crm/crm-error.js';
import type { WriteKey } from '../crm/crm-host.js';
import type { Contact, ContactDraft } from '../domain/contact.js';
import { oneLine } from '../domain/one-line.js';
import { holderOf, isContact } from './address-holder.js';
import { ZendeskRefusal } from './api-failure.js';
import { contactOf, identifierField, identifierOf, noteLine } from './contact-mapping.js';
import { externalKey } from './external-key.js';
import type { ZendeskUser } from './shapes.js';
import type { ZendeskApi } from './zendesk-api.js';

/**
 * Makes a user once. The key is the user's `external_id`, which is unique in the account: of two agents who meet the same
 * new caller, the second finds the first one's contact. R20: an address that somebody has already is the contact's where
 * that is an end user; where it is an agent's, or of somebody who cannot be a contact, it stands in the notes.
 */
export async function createUser(
  api: ZendeskApi,
  draft: ContactDraft,
  { key, attempt }: WriteKey,
  hasIdentifierField: () => Promise<boolean>,
  addressIn: 'email' | 'notes' = 'email',
): Promise<Contact> {
  if (!draft.name.trim()) throw new CrmError('invalid', 'A contact needs a name.');
  const again = (write: WriteKey, where = addressIn) => createUser(api, draft, write, hasIdentifierField, where);
  const otherKey = { key: `${key}/another`, attempt };
  const externalId = await externalKey(key);
  const made = attempt === 'maybe-applied' ? await byExternalId(api, externalId) : undefined;
  if (made) return isFor(made, draft) ? contactOf(made, [], api.origin) : again(otherKey);
  const body = JSON.stringify({ user: await userFor(draft, externalId, hasIdentifierField, addressIn) });
  try {
    const { user } = await api.write<{ user: ZendeskUser }>('POST', '/api/v2/users', body);
    return contactOf(expectUser(user), [], api.origin);
  } catch (error) {
    if (!(error instanceof ZendeskRefusal)) throw error;
    if (error.status === 403) throw mayNotCreate(error);
    if (error.status !== 422) throw error;
    if (error.fields.includes('external_id')) {
      const user = await byExternalId(api, externalId);
      if (user) return isFor(user, draft) ? contactOf(user, [], api.origin) : again(otherKey);
      if (!error.taken.includes('external_id')) throw error;
      // Somebody is making it this moment.
      throw new CrmError('unavailable', 'The same contact is being made already.', {
        outcome: 'unknown',
        retryAfter: 2,
      });
    }
    if (draft.email === undefined || addressIn === 'notes' || !error.fields.includes('email')) throw error;
    const holder = await holderOf(api, draft.email);
    if (holder && isContact(holder)) return contactOf(holder, [], api.origin);
    return again({ key, attempt }, 'notes');
  }
}

/**
 * Earlier versions gave a stranger whose e-mail address or number reads like somebody's identifier the key of that
 * person: whoever does not have the identifier is not the one who is meant.
 */
const isFor = (user: ZendeskUser, { identifier }: ContactDraft): boolean =>
  identifier === undefined || oneLine(identifierOf(user) ?? '') === oneLine(identifier);

/** What an administrator can do about it. Nothing is lost: the record waits. */
const mayNotCreate = (cause: ZendeskRefusal): CrmError =>
  new CrmError(
    'forbidden',
    'Zendesk does not let this agent make a new contact. An administrator can give the agent a role that may add end users.',
    { outcome: 'not-applied', cause },
  );

async function userFor(
  { name, phoneNumber, email, identifier }: ContactDraft,
  externalId: string,
  hasField: () => Promise<boolean>,
  addressIn: 'email' | 'notes',
) {
  const field = identifier !== undefined && (await hasField());
  // Until X11 has made the field, an administrator finds the identifier in the notes.
  const notes = [
    ...(identifier !== undefined && !field ? [noteLine('identifier', identifier)] : []),
    ...(email !== undefined && addressIn === 'notes' ? [noteLine('email', email)] : []),
  ];
  return {
    name,
    role: 'end-user',
    skip_verify_email: true,
    external_id: externalId,
    ...(phoneNumber !== undefined && { phone: phoneNumber }),
    ...(email !== undefined && addressIn === 'email' && { email }),
    ...(field && { user_fields: { [identifierField]: identifier } }),
    ...(notes.length > 0 && { notes: notes.join('\n') }),
  };
}

async function byExternalId(api: ZendeskApi, externalId: string): Promise<ZendeskUser | undefined> {
  const path = `/api/v2/users/search?external_id=${encodeURIComponent(externalId)}`;
  const { users } = await api.get<{ users: readonly ZendeskUser[] }>(path);
  return Array.isArray(users) ? (users[0] as ZendeskUser | undefined) : undefined;
}

function expectUser(user: ZendeskUser | undefined): ZendeskUser {
  if (typeof user?.id === 'number') return user;
  throw new CrmError('unavailable', 'Zendesk answered something else than a contact.', { outcome: 'unknown' });
}
