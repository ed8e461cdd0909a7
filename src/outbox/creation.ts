import type { Attempt, CrmHost } from '../crm/crm-host.js';
import type { Intent } from '../records/intent.js';
import { resolved } from './lanes.js';
import type { OpenRow, OutboxRow } from './outbox-row.js';
import type { OutboxResult } from './outbox.js';

/** Milliseconds. Shorter than the time for which a CRM remembers a creation's idempotency key. */
const lookAfter = 10 * 60_000;

/**
 * R13, R30: how to send a creation. A late creation searches the CRM first, because another agent's desktop may have
 * created the ticket in the meantime.
 */
export const creationAttempt = ({ maybeApplied, intent }: OpenRow, now: number): Attempt =>
  maybeApplied || (intent.kind === 'create-ticket' && now - Date.parse(intent.at) > lookAfter)
    ? 'maybe-applied'
    : 'first';

/** Creates the intent's contact or ticket. `stamp`: the new ticket's stamp. Rejects with the host's error. */
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
