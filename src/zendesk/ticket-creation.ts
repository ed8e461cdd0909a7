import { CrmError } from '../crm/crm-error.js';
import type { WriteKey } from '../crm/crm-host.js';
import type { Ticket, TicketDraft, TicketOrigin } from '../domain/ticket.js';
import { ZendeskRefusal } from './api-failure.js';
import { writtenComment, type PanelOwner } from './comment-body.js';
import { externalKey } from './external-key.js';
import { taggedId, tagsOf } from './origin-tags.js';
import type { ZendeskTicket } from './shapes.js';
import { customFields, ticketOf } from './ticket-mapping.js';
import type { ZendeskApi } from './zendesk-api.js';

/** Zendesk's ids of the channels of voice tickets. */
const via = { voicemail: 44, inbound: 45, outbound: 46 };
/** For a voicemail ticket, Zendesk requires a voice comment with two numbers. The ticket's comment replaces its text. */
const emptyVoiceComment = { from: 'Unknown', to: 'Unknown' };
/** The seconds after which another request with the same key has probably ended. */
const soon = 2;

/**
 * Creates a ticket once for each key. The key becomes the request's Idempotency-Key, which Zendesk remembers for two
 * hours, and the ticket's `external_id`. If an earlier try, on this or another desktop, may have been applied, the
 * ticket is first searched by its `external_id`.
 */
export async function createTicket(
  api: ZendeskApi,
  draft: TicketDraft,
  { key: given, attempt }: WriteKey,
  panelOwner: PanelOwner,
): Promise<Ticket & { stamp: string }> {
  if (!draft.subject.trim()) throw new CrmError('invalid', 'A ticket needs a subject.');
  const key = await externalKey(given);
  const existing = attempt === 'maybe-applied' ? await byKey(api, key) : undefined;
  if (existing) return withStamp(existing, api.origin);
  const ticket = await ticketFor(draft, key, panelOwner);
  try {
    const answered = await make(api, { ...ticket, ...viaOf(draft.origin) }, key).catch(async (error: unknown) => {
      if (!draft.origin.voicemail || !isVoiceRefused(error)) throw error;
      const asCall = { ...ticket, ...viaOf({ ...draft.origin, voicemail: false }) };
      // Zendesk refuses a key that was used with another body, so this request has another key.
      return make(api, asCall, await externalKey(`${given}/call`));
    });
    return withStamp(answered, api.origin);
  } catch (error) {
    if (!(error instanceof ZendeskRefusal) || !error.error.startsWith('Idempoten')) throw error;
    // Another request with this key has not ended, or had another body.
    const other = await byKey(api, key);
    if (other) return withStamp(other, api.origin);
    throw new CrmError('unavailable', 'The same ticket is being created already.', {
      outcome: 'unknown',
      retryAfter: soon,
    });
  }
}

async function make(api: ZendeskApi, ticket: object, key: string): Promise<ZendeskTicket> {
  const headers = { 'Idempotency-Key': key };
  const body = JSON.stringify({ ticket });
  const answer = await api.write<{ ticket: ZendeskTicket }>('POST', '/api/v2/tickets', body, { headers });
  if (typeof answer.ticket?.id === 'number') return answer.ticket;
  throw new CrmError('unavailable', 'Zendesk answered with something else than a ticket.', { outcome: 'unknown' });
}

async function ticketFor(
  { contactId, subject, comment, assigneeId, status, fields, origin, followUpOf }: TicketDraft,
  key: string,
  panelOwner: PanelOwner,
) {
  return {
    comment: await writtenComment(comment, panelOwner),
    subject,
    requester_id: Number(contactId),
    assignee_id: assigneeId === undefined ? undefined : Number(assigneeId),
    status,
    custom_fields: fields && customFields(fields),
    tags: tagsOf({ ...origin, sessionId: await taggedId(origin.sessionId) }, key),
    external_id: key,
    via_followup_source_id: followUpOf === undefined ? undefined : Number(followUpOf),
  };
}

/** R5: the channel under which Zendesk counts the ticket. Chats and internal calls have none. */
function viaOf({ channel, voicemail }: TicketOrigin): { via_id?: number; voice_comment?: object } {
  if (voicemail) return { via_id: via.voicemail, voice_comment: emptyVoiceComment };
  if (channel === 'outbound-call') return { via_id: via.outbound };
  return channel.endsWith('-call') && channel !== 'internal-call' ? { via_id: via.inbound } : {};
}

/** Whether Zendesk refuses the voice comment. Its checks are not documented, and the voicemail must get its ticket. */
const isVoiceRefused = (error: unknown): boolean =>
  error instanceof ZendeskRefusal && error.status === 422 && error.fields.some((field) => /voice|via/.test(field));

async function byKey(api: ZendeskApi, key: string): Promise<ZendeskTicket | undefined> {
  const path = `/api/v2/tickets.json?external_id=${encodeURIComponent(key)}`;
  const { tickets } = await api.get<{ tickets: readonly ZendeskTicket[] }>(path);
  return Array.isArray(tickets) ? (tickets[0] as ZendeskTicket | undefined) : undefined;
}

const withStamp = (ticket: ZendeskTicket, origin: string) => ({
  ...ticketOf(ticket, origin),
  stamp: ticket.updated_at,
});
