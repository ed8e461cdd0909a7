import type { Attempt, CrmHost } from '../crm/crm-host.js';
import type { Intent } from '../records/intent.js';
import { resolved } from './lanes.js';
import type { OpenRow, OutboxRow } from './outbox-row.js';
import type { OutboxResult } from './outbox.js';

/** Milliseconds. Shorter than the time for which a CRM remembers a creation's idempotency key. */
const lookAfter = 10 * 60_000;

/**
 * R13, R30: if a ticket is created late, another agent's desktop may have created it meanwhile. The CRM is searched
 * first.
 */
export const creationAttempt = ({ maybeApplied, intent }: OpenRow, now: number): Attempt =>
  maybeApplied || (intent.kind === 'create-ticket' && now - Date.parse(intent.at) > lookAfter)
    ? 'maybe-applied'
    : 'first';

/** Creates the intent's contact or ticket. `stamp` belongs to the new ticket. Rejects with the host's error. */
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
