import type { CrmHost } from '../crm/crm-host.js';
import type { Intent, Ref } from '../records/intent.js';
import type { OutboxResult } from './outbox.js';

/** Makes what an intent asks for; `stamp` is the new ticket's. Rejects as the host does. */
export async function make(
  host: CrmHost,
  intent: Intent,
  attempt: 'first' | 'maybe-applied',
  contactOf: (ref: Ref) => string,
): Promise<{ result: OutboxResult; stamp?: string | undefined }> {
  const { key } = intent;
  if (intent.kind === 'create-contact')
    return { result: { contact: await host.createContact(intent.draft, { key, attempt }) } };
  if (intent.kind !== 'create-ticket') throw new Error(`${intent.kind} makes nothing`);
  const contactId = contactOf(intent.contact);
  const { stamp, ...ticket } = await host.createTicket({ ...intent.draft, contactId }, { key, attempt });
  return { result: { ticket }, stamp };
}
