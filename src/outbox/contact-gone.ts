import type { CrmHost } from '../crm/crm-host.js';
import type { Contact, ContactDraft } from '../domain/contact.js';
import { recordKey } from '../domain/write-key.js';
import type { Intent, IntentOf, Ref } from '../records/intent.js';
import type { WriteFailure } from './retry-policy.js';

/** The failure codes with which a CRM rejects a ticket whose contact does not exist. */
const codes: readonly string[] = ['not-found', 'invalid'];

/** The ticket's new contact, and the intent that creates it if it must be created. */
export interface Instead {
  contact: Ref;
  made?: IntentOf<'create-contact'>;
}

/**
 * R20, R26: finds another contact for a ticket if the CRM merged or deleted the contact before it created the ticket.
 * Takes the newest contact with the same identifier, phone number or e-mail. If the CRM has no such contact, resolves
 * with an intent that creates one. Resolves with undefined if the CRM refused for another reason, or if the outbox has
 * no data about the person. Rejects with the host's error.
 */
export async function insteadOf(host: CrmHost, intent: Intent, { code }: WriteFailure): Promise<Instead | undefined> {
  if (intent.kind !== 'create-ticket' || !intent.person || !('id' in intent.contact) || !codes.includes(code))
    return undefined;
  const { person, contact, sessionId, at } = intent;
  if (await host.getContact(contact.id, { priority: 'background' })) return undefined;
  const known = await samePerson(host, person);
  if (known) return { contact: { id: known.id } };
  const key = recordKey(sessionId, intent.draft.origin.correction, 'contact-instead');
  return { contact: { madeBy: key }, made: { kind: 'create-contact', key, sessionId, at, draft: person } };
}

async function samePerson(host: CrmHost, person: ContactDraft): Promise<Contact | undefined> {
  const { identifier, phoneNumber: phone, email } = person;
  for (const query of [identifier && { identifier }, phone && { phone }, email && { email }]) {
    if (!query) continue;
    const [first] = (await host.findContacts(query, { limit: 1, priority: 'background' })).items;
    if (first) return first;
  }
  return undefined;
}
