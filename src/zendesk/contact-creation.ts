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
 * Creates a user once for each key. The key becomes the user's `external_id`, which is unique in the account: if two
 * agents have the same new caller, the second agent gets the contact of the first.
 *
 * R20: if an end user has the e-mail address already, that user is the contact. If the address belongs to an agent, or
 * to a user who cannot be a contact, it is written in the notes of the new user.
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
  const existing = attempt === 'maybe-applied' ? await byExternalId(api, externalId) : undefined;
  if (existing) return isFor(existing, draft) ? contactOf(existing, [], api.origin) : again(otherKey);
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
      // Another request is creating the user: Zendesk refuses the key already, but does not find the user yet.
      throw new CrmError('unavailable', 'The same contact is being created already.', {
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
 * Whether a user with the draft's key is the draft's person. The identifier must match too: earlier versions gave two
 * people the same key if the address or number of one was the identifier of the other.
 */
const isFor = (user: ZendeskUser, { identifier }: ContactDraft): boolean =>
  identifier === undefined || oneLine(identifierOf(user) ?? '') === oneLine(identifier);

/** The message says what an administrator can do. Meanwhile the record waits in the outbox. */
const mayNotCreate = (cause: ZendeskRefusal): CrmError =>
  new CrmError(
    'forbidden',
    'Zendesk does not let this agent create a new contact. An administrator can give the agent a role that may add end users.',
    { outcome: 'not-applied', cause },
  );

async function userFor(
  { name, phoneNumber, email, identifier }: ContactDraft,
  externalId: string,
  hasField: () => Promise<boolean>,
  addressIn: 'email' | 'notes',
) {
  const field = identifier !== undefined && (await hasField());
  // If the account has no field for the identifier (X11), the notes contain it.
  const notes = [
    ...(identifier !== undefined && !field ? [noteLine('identifier', identifier)] : []),
    ...(email !== undefined && addressIn === 'notes' ? [noteLine('email', email)] : []),
  ];
  return {
    name,
    role: 'end-user',
    skip_verify_email: true,
    external_id: externalId,
    phone: phoneNumber,
    email: addressIn === 'email' ? email : undefined,
    user_fields: field ? { [identifierField]: identifier } : undefined,
    notes: notes.length > 0 ? notes.join('\n') : undefined,
  };
}

async function byExternalId(api: ZendeskApi, externalId: string): Promise<ZendeskUser | undefined> {
  const path = `/api/v2/users/search?external_id=${encodeURIComponent(externalId)}`;
  const { users } = await api.get<{ users: readonly ZendeskUser[] }>(path);
  return Array.isArray(users) ? (users[0] as ZendeskUser | undefined) : undefined;
}

function expectUser(user: ZendeskUser | undefined): ZendeskUser {
  if (typeof user?.id === 'number') return user;
  throw new CrmError('unavailable', 'Zendesk answered with something else than a contact.', { outcome: 'unknown' });
}
