import { stampOf, timeOf, type Account, type Origin } from './account.js';
import type { Audit, AuditEvent, Comment, StoredTicket, Ticket, User, Via } from './records.js';
import { invalidField } from './replies.js';
import type { TicketInput } from './ticket-values.js';

/** (D) The most comments of a ticket. */
const mostComments = 5000;

export interface NewComment {
  type: 'Comment' | 'VoiceComment';
  body: string;
  public: boolean;
  authorId: number;
  data?: Record<string, unknown>;
}

/** The comments that a request adds. The body of a comment replaces a new ticket's voice comment (C). */
export function commentsOf(account: Account, input: TicketInput, actor: User, of?: Ticket): NewComment[] {
  const { comment, voice_comment: voice, description } = input;
  const body = comment?.body ?? (of ? undefined : description);
  const authorId = comment?.author_id ?? actor.id;
  if (!account.users.has(authorId)) throw invalidField('author', 'Author: is invalid');
  const added: NewComment[] = [];
  if (body?.trim()) added.push({ type: 'Comment', body, public: comment?.public ?? true, authorId });
  const isOutbound = input.via_id === 46 || of?.via.source.rel === 'outbound';
  if (voice && (of || !added.length)) added.push(voiceComment(account, voice, isOutbound, actor));
  return added;
}

// (D) The data; (I) the body and that the comment is internal.
function voiceComment(account: Account, given: Record<string, unknown>, outbound: boolean, actor: User) {
  const about = { from: given.from, to: given.to, recording_url: given.recording_url ?? null };
  const seconds = given.call_duration ?? null;
  const data = {
    ...about,
    recording_duration: seconds,
    call_duration: seconds,
    call_id: null,
    answered_by_id: given.answered_by_id ?? null,
    transcription_text: given.transcription_text ?? null,
    transcription_status: null,
    started_at: given.started_at ?? null,
    location: given.location ?? null,
    outbound,
  };
  const answeredBy = account.users.get(Number(data.answered_by_id))?.name;
  const lines = [`Call from: ${data.from}`, `Call to: ${data.to}`];
  if (data.started_at) lines.push(`Time of call: ${data.started_at}`);
  if (answeredBy) lines.push(`Answered by: ${answeredBy}`);
  if (seconds !== null) lines.push(`Length of phone call: ${seconds} seconds`);
  if (data.recording_url) lines.push(`Listen to the recording: ${data.recording_url}`);
  if (data.transcription_text) lines.push(String(data.transcription_text));
  return { type: 'VoiceComment' as const, body: lines.join('\n'), public: false, authorId: actor.id, data };
}

const compared = [
  'subject',
  'status',
  'custom_status_id',
  'priority',
  'type',
  'requester_id',
  'assignee_id',
  'group_id',
  'external_id',
  'ticket_form_id',
  'brand_id',
  'tags',
] as const;

/** The differences between two states of a ticket, by the names of audit events. */
export function differences(before: Ticket | undefined, after: Ticket): Map<string, { old: unknown; value: unknown }> {
  const found = new Map<string, { old: unknown; value: unknown }>();
  const compare = (name: string, old: unknown, value: unknown) => {
    const empty = !before && (value === false || (Array.isArray(value) && !value.length));
    if (!empty && JSON.stringify(old ?? null) !== JSON.stringify(value ?? null))
      found.set(name, { old: old ?? null, value });
  };
  for (const name of compared) compare(name, before?.[name], after[name]);
  for (const { id, value } of after.custom_fields)
    compare(String(id), before?.custom_fields.find((one) => one.id === id)?.value, value);
  return found;
}

// (I) Audits have numbers as strings.
const written = (value: unknown) => (typeof value === 'number' ? String(value) : (value ?? null));

const escaped = (body: string) => body.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

export interface NewAudit {
  before: Ticket | undefined;
  changes: ReturnType<typeof differences>;
  comments: readonly NewComment[];
  metadata?: Record<string, unknown>;
  via: Via;
}

/** (D) Adds an audit with its events and comments to a ticket. */
export function addAudit(account: Account, ticket: StoredTicket, audit: NewAudit, origin: Origin): Audit {
  if (ticket.comments.length + audit.comments.length > mostComments)
    throw invalidField('base', `Ticket: cannot have more than ${mostComments} comments`);
  const id = account.number('event');
  const events: AuditEvent[] = audit.comments.map((comment) => ({
    id: account.number('event'),
    type: comment.type,
    author_id: comment.authorId,
    body: comment.body,
    html_body: `<div class="zd-comment" dir="auto">${escaped(comment.body)}</div>`,
    plain_body: comment.body,
    public: comment.public,
    attachments: [],
    audit_id: id,
    ...(comment.data ? { data: comment.data } : {}),
  }));
  for (const [field_name, { old, value }] of audit.changes) {
    const event = { id: account.number('event'), field_name, value: written(value) };
    events.push(
      audit.before ? { ...event, type: 'Change', previous_value: written(old) } : { ...event, type: 'Create' },
    );
  }
  const added: Audit = {
    id,
    ticket_id: ticket.json.id,
    created_at: stampOf(account, origin),
    author_id: origin.actor.id,
    metadata: { system: {}, custom: { ...audit.metadata } },
    via: audit.via,
    events,
  };
  ticket.audits.push(added);
  const at = timeOf(account, origin);
  ticket.comments.push(...audit.comments.map((one): Comment => ({ ...pick(one), at })));
  if (audit.comments.some((one) => one.public)) ticket.json.is_public = true;
  return added;
}

const pick = ({ body, authorId, public: open }: NewComment) => ({ body, authorId, public: open });
