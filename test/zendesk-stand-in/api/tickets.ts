import { log, maySee, stampOf, type Account, type Origin } from './account.js';
import type { Audit, StoredTicket, Ticket, Via } from './records.js';
import { closedPreventsUpdate, conflict, forbidden, invalidField, notFound, Refusal } from './replies.js';
import { addAudit, commentsOf, differences, type NewComment } from './ticket-audits.js';
import {
  applyAssignment,
  applyStatus,
  applyValues,
  isCustom,
  standardStatus,
  type TicketInput,
} from './ticket-values.js';

export interface Written {
  ticket: Ticket;
  audit: Audit;
  /** A message for each unknown value of the request. */
  ignored: string[];
}

/** (V) 404 for a missing ticket; (I) 403 for one that the user may not see. */
export function findTicket(account: Account, id: number, origin: Origin): StoredTicket {
  const ticket = account.tickets.get(id);
  if (!ticket) throw new Refusal(notFound);
  if (!maySee(account, origin.actor, ticket)) throw new Refusal(forbidden);
  return ticket;
}

// (D) 44 voicemail, 45 inbound, 46 outbound.
const voiceRel: Record<number, string> = { 44: 'voicemail', 45: 'inbound', 46: 'outbound' };

function viaOf(origin: Origin, viaId?: number, rel: string | null = null, from: Record<string, unknown> = {}): Via {
  const channel = viaId ? 'voice' : origin.by === 'api' ? 'api' : 'web';
  return { channel, source: { from, to: {}, rel: viaId ? voiceRel[viaId]! : rel } };
}

export function createTicket(account: Account, input: TicketInput, origin: Origin, given?: number): Written {
  const source = input.via_followup_source_id;
  const followed = source === undefined ? undefined : findTicket(account, source, origin);
  if (followed && followed.json.status !== 'closed')
    throw invalidField('base', 'Via followup source: must be a closed ticket');
  if (input.via_id === 44 && !input.voice_comment)
    throw invalidField('voice_comment', 'Voice comment: cannot be blank');
  const comments = commentsOf(account, input, origin.actor);
  if (!comments.length) throw invalidField('base', 'Description: cannot be blank', 'BlankValue');

  const via = followed
    ? viaOf(origin, undefined, 'follow_up', { ticket_id: source, subject: followed.json.subject })
    : viaOf(origin, input.via_id);
  const draft = blankTicket(account, origin, via, comments[0]!);
  const ignored = applyAll(account, draft, input);
  checkMetadata(input);
  draft.id = account.number('ticket', given);
  draft.url = `${account.url}/api/v2/tickets/${draft.id}.json`;
  const ticket: StoredTicket = { json: draft, audits: [], comments: [], version: 1, hidden: false };
  const changes = differences(undefined, draft);
  const audit = addAudit(
    account,
    ticket,
    { before: undefined, changes, comments, metadata: input.metadata, via },
    origin,
  );
  account.tickets.set(draft.id, ticket);
  followed?.json.followup_ids.push(draft.id);
  keep(account, ticket, origin);
  logWritten(account, 'ticket.created', ticket, changes, comments, input, origin);
  return { ticket: draft, audit, ignored };
}

/** Applies a person's or a request's change completely, or refuses it. */
export function updateTicket(
  account: Account,
  ticket: StoredTicket,
  input: TicketInput,
  origin: Origin,
  asIf: { via?: Via; extra?: NewComment[]; mergedInto?: number } = {},
): Written {
  checkStamp(ticket, input);
  if (ticket.json.status === 'closed') throw closedPreventsUpdate();
  checkMetadata(input);
  const draft = structuredClone(ticket.json);
  const ignored = applyAll(account, draft, input);
  // A merge closes a ticket of any status.
  if (asIf.mergedInto) Object.assign(draft, { status: 'closed', custom_status_id: standardStatus(account, 'solved') });
  const comments = [...commentsOf(account, input, origin.actor, ticket.json), ...(asIf.extra ?? [])];
  const via = asIf.via ?? viaOf(origin, input.via_id);
  const before = ticket.json;
  const changes = differences(before, draft);
  // (I) An update without a change leaves no audit and does not change the stamp.
  if (!changes.size && !comments.length)
    return { ticket: before, audit: emptyAudit(account, ticket, via, origin), ignored };
  const audit = addAudit(account, ticket, { before, changes, comments, metadata: input.metadata, via }, origin);
  draft.is_public = ticket.json.is_public;
  draft.updated_at = stampOf(account, origin);
  ticket.json = draft;
  ticket.version += 1;
  keep(account, ticket, origin);
  logWritten(account, asIf.mergedInto ? 'ticket.merged' : 'ticket.updated', ticket, changes, comments, input, origin);
  return { ticket: draft, audit, ignored };
}

function applyAll(account: Account, draft: Ticket, input: TicketInput): string[] {
  const ignored = applyValues(account, draft, input);
  applyAssignment(account, draft, input);
  applyStatus(account, draft, input);
  return ignored;
}

/** (D) Compares stamps, which have whole seconds only. */
function checkStamp(ticket: StoredTicket, { safe_update, updated_stamp }: TicketInput): void {
  if (!safe_update) return;
  // (I)
  if (!updated_stamp) throw invalidField('updated_stamp', 'Updated stamp: cannot be blank', 'BlankValue');
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
  if (seconds(updated_stamp) !== seconds(ticket.json.updated_at)) throw new Refusal(conflict);
}

/** (D) At most 1 KB; (I) 422. */
function checkMetadata({ metadata }: TicketInput): void {
  if (metadata && Buffer.byteLength(JSON.stringify(metadata)) > 1024)
    throw invalidField('metadata', 'Metadata: is too long (maximum is 1024 bytes)');
}

const emptyAudit = (account: Account, ticket: StoredTicket, via: Via, origin: Origin): Audit => ({
  id: account.number('event'),
  ticket_id: ticket.json.id,
  created_at: stampOf(account, origin),
  author_id: origin.actor.id,
  metadata: { system: {}, custom: {} },
  via,
  events: [],
});

function keep(account: Account, ticket: StoredTicket, origin: Origin): void {
  account.foundTickets.put(ticket.json.id, { ...ticket.json, commentCount: ticket.comments.length }, origin.at);
}

function logWritten(
  account: Account,
  what: 'ticket.created' | 'ticket.updated' | 'ticket.merged',
  ticket: StoredTicket,
  changes: ReturnType<typeof differences>,
  comments: readonly NewComment[],
  input: TicketInput,
  origin: Origin,
): void {
  const [comment] = comments;
  const values = [...changes].map(([name, { value }]) => [name, value]);
  log(account, origin, {
    what,
    ticketId: ticket.json.id,
    changes: Object.fromEntries(values),
    ...(comment && { comment: { body: comment.body, public: comment.public, authorId: comment.authorId } }),
    ...(input.metadata && { metadata: input.metadata }),
    ...(ticket.json.external_id && { externalId: ticket.json.external_id }),
  });
}

function blankTicket(account: Account, origin: Origin, via: Via, first: NewComment): Ticket {
  const at = stampOf(account, origin);
  const custom = account.ticketFields.filter((one) => one.active && isCustom(one));
  const values = custom.map((field) => ({ id: field.id, value: field.type === 'checkbox' ? false : null }));
  return {
    url: '',
    id: 0,
    external_id: null,
    via,
    created_at: at,
    updated_at: at,
    type: null,
    subject: null,
    raw_subject: null,
    description: first.body,
    priority: null,
    status: 'new',
    recipient: null,
    requester_id: origin.actor.id,
    submitter_id: origin.actor.id,
    assignee_id: null,
    organization_id: null,
    group_id: null,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    forum_topic_id: null,
    problem_id: null,
    has_incidents: false,
    is_public: first.public,
    due_at: null,
    tags: [],
    custom_fields: values,
    satisfaction_rating: null,
    sharing_agreement_ids: [],
    custom_status_id: standardStatus(account, 'new'),
    fields: values,
    followup_ids: [],
    ticket_form_id: account.ticketForms[0]!.id,
    brand_id: account.brands[0]!.id,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
  };
}
