import type { CrmHost } from '../crm/crm-host.js';
import type { Contact, ContactDraft } from '../domain/contact.js';
import { sessionKey } from '../domain/write-key.js';
import type { Intent, IntentOf, Ref } from '../records/intent.js';
import type { WriteFailure } from './retry-policy.js';

/** What a CRM says of a ticket whose contact is not there. */
const codes: readonly string[] = ['not-found', 'invalid'];

/** Whom a ticket is for now, and what makes them if they are to be made. */
export interface Instead {
  contact: Ref;
  made?: IntentOf<'create-contact'>;
}

/**
 * R20, R26: the contact of a ticket was merged into another, or deleted, before the ticket could be made: the ticket is for
 * whom the CRM has by the same identifier, number or e-mail (several: the most recently created), or else for a new contact.
 * Undefined: it was refused for another reason, or nothing is known of the person. Rejects as the host does.
 */
export async function insteadOf(host: CrmHost, intent: Intent, { code }: WriteFailure): Promise<Instead | undefined> {
  if (intent.kind !== 'create-ticket' || !intent.person || !('id' in intent.contact) || !codes.includes(code))
    return undefined;
  const { person, contact, sessionId, at } = intent;
  if (await host.getContact(contact.id, { priority: 'background' })) return undefined;
  const known = await samePerson(host, person);
  if (known) return { contact: { id: known.id } };
  const key = sessionKey(sessionId, 'contact-instead');
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
