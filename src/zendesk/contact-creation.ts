import { CrmError } from '../crm/crm-error.js';
import type { WriteKey } from '../crm/crm-host.js';
import type { Contact, ContactDraft } from '../domain/contact.js';
import { holderOf, isContact } from './address-holder.js';
import { ZendeskRefusal } from './api-failure.js';
import { contactOf, identifierField } from './contact-mapping.js';
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
  write: WriteKey,
  hasIdentifierField: () => Promise<boolean>,
  addressIn: 'email' | 'notes' = 'email',
): Promise<Contact> {
  if (!draft.name.trim()) throw new CrmError('invalid', 'A contact needs a name.');
  const { key, attempt } = write;
  const made = attempt === 'maybe-applied' ? await byKey(api, key) : undefined;
  if (made) return contactOf(made, [], api.origin);
  const body = JSON.stringify({ user: await userFor(draft, key, hasIdentifierField, addressIn) });
  try {
    const { user } = await api.write<{ user: ZendeskUser }>('POST', '/api/v2/users', body);
    return contactOf(expectUser(user), [], api.origin);
  } catch (error) {
    if (isRefused(error, 'external_id')) {
      const user = await byKey(api, key);
      if (user) return contactOf(user, [], api.origin);
      // Somebody is making it this moment.
      throw new CrmError('unavailable', 'The same contact is being made already.', {
        outcome: 'unknown',
        retryAfter: 2,
      });
    }
    if (draft.email === undefined || addressIn === 'notes' || !isRefused(error, 'email')) throw error;
    const holder = await holderOf(api, draft.email);
    if (holder && isContact(holder)) return contactOf(holder, [], api.origin);
    return createUser(api, draft, write, hasIdentifierField, 'notes');
  }
}

const isRefused = (error: unknown, field: string): boolean =>
  error instanceof ZendeskRefusal && error.status === 422 && error.fields.includes(field);

async function userFor(
  { name, phoneNumber, email, identifier }: ContactDraft,
  key: string,
  hasField: () => Promise<boolean>,
  addressIn: 'email' | 'notes',
) {
  const field = identifier !== undefined && (await hasField());
  // Until X11 has made the field, an administrator finds the identifier in the notes.
  const notes = [
    ...(identifier !== undefined && !field ? [`identifier: ${identifier}`] : []),
    ...(email !== undefined && addressIn === 'notes' ? [`email: ${email}`] : []),
  ];
  return {
    name,
    role: 'end-user',
    skip_verify_email: true,
    external_id: key,
    ...(phoneNumber !== undefined && { phone: phoneNumber }),
    ...(email !== undefined && addressIn === 'email' && { email }),
    ...(field && { user_fields: { [identifierField]: identifier } }),
    ...(notes.length > 0 && { notes: notes.join('\n') }),
  };
}

async function byKey(api: ZendeskApi, key: string): Promise<ZendeskUser | undefined> {
  const path = `/api/v2/users/search?external_id=${encodeURIComponent(key)}`;
  const { users } = await api.get<{ users: readonly ZendeskUser[] }>(path);
  return Array.isArray(users) ? (users[0] as ZendeskUser | undefined) : undefined;
}

function expectUser(user: ZendeskUser | undefined): ZendeskUser {
  if (typeof user?.id === 'number') return user;
  throw new CrmError('unavailable', 'Zendesk answered something else than a contact.', { outcome: 'unknown' });
}
