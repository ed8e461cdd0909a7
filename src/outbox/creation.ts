import type { Attempt, CrmHost } from '../crm/crm-host.js';
import type { Intent } from '../records/intent.js';
import { resolved } from './lanes.js';
import type { OpenRow, OutboxRow } from './outbox-row.js';
import type { OutboxResult } from './outbox.js';

/** Well within the time that a CRM knows the key of a creation. */
const lookAfter = 10 * 60_000;

/** R13, R30: a ticket that is made late may have been made at another agent's desktop meanwhile: the CRM looks first. */
export const creationAttempt = ({ maybeApplied, intent }: OpenRow, now: number): Attempt =>
  maybeApplied || (intent.kind === 'create-ticket' && now - Date.parse(intent.at) > lookAfter)
    ? 'maybe-applied'
    : 'first';

/** Makes what an intent asks for; `stamp` is the new ticket's. Rejects as the host does. */
export async function make(
  host: CrmHost,
  intent: Intent,
  attempt: Attempt,
  row: (key: string) => OutboxRow | undefined,
): Promise<{ result: OutboxResult; stamp?: string | undefined }> {
  const { key } = intent;
  if (intent.kind === 'create-contact')
    return { result: { contact: await host.createContact(intent.draft, { key, attempt }) } };
  if (intent.kind !== 'create-ticket') throw new Error(`${intent.kind} makes nothing`);
  const contactId = resolved(intent.contact, 'contactId', row)!;
  const { stamp, ...ticket } = await host.createTicket({ ...intent.draft, contactId }, { key, attempt });
  return { result: { ticket }, stamp };
}
