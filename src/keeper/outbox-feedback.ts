import { recordKey } from '../domain/write-key.js';
import { refOf } from '../outbox/lanes.js';
import type { OutboxEntry } from '../outbox/outbox.js';
import type { Intent, Ref } from '../records/intent.js';
import type { Known } from '../records/rule.js';
import { isClosed, isDiscarded, isRecorded, ticketIdOf, type SessionEntry } from './session-entry.js';

/** The facts that a settled row adds to a session: its new contact or ticket, or (R12) the ticket's merge target. */
export function learned(known: Known, { intent, state, result }: OutboxEntry): Partial<Known> | undefined {
  if (state !== 'settled' || !result) return undefined;
  const { contact, ticket } = result;
  const change: Partial<Known> = {};
  if (contact && isMadeBy(known.contact, intent.key)) change.contact = { id: contact.id };
  if (ticket && isMadeBy(known.ticket, intent.key)) change.ticket = { id: ticket.id };
  const moved = ticket && movedBy(known, intent, ticket.id);
  if (moved) change.moved = moved;
  return Object.keys(change).length > 0 ? change : undefined;
}

/** R12: the session's ticket and the ticket that its write went to. Undefined if they are the same. */
function movedBy(known: Known, intent: Intent, wentTo: string): Known['moved'] {
  const { session, ticket } = known;
  if (intent.kind !== 'write-ticket' || intent.moved || intent.sessionId !== session.id || !ticket || !('id' in ticket))
    return undefined;
  const ownKey = recordKey(session.id, known.correction, session.voicemail ? 'voicemail' : 'ticket');
  const meant = 'id' in intent.ticket ? intent.ticket.id === ticket.id : intent.ticket.madeBy === ownKey;
  return meant && wentTo !== ticketIdOf({ known }) ? { from: ticket.id, to: wentTo } : undefined;
}

const isMadeBy = (ref: Ref | undefined, key: string) => ref !== undefined && 'madeBy' in ref && ref.madeBy === key;

/** Whether a person has just discarded the row that creates the session's ticket. */
export const isTicketDiscarded = (entry: SessionEntry, { intent, state }: OutboxEntry): boolean =>
  state === 'discarded' && !isDiscarded(entry) && isMadeBy(entry.known?.ticket, intent.key);

/** Keys of the unsettled rows that depend on a discarded ticket. */
export function orphansOf(entry: SessionEntry, entries: readonly OutboxEntry[]): readonly string[] {
  const ticket = entry.known?.ticket;
  if (!isDiscarded(entry) || !ticket || 'id' in ticket) return [];
  return entries.flatMap(({ intent, state }) =>
    state !== 'settled' && isMadeBy(refOf(intent), ticket.madeBy) ? [intent.key] : [],
  );
}

/**
 * R12, R23: points an `open-ticket` intent at the session's present ticket. All other intents keep their ticket.
 */
export const asShown = (intent: Intent, known: Known): Intent => {
  const id = ticketIdOf({ known });
  return intent.kind === 'open-ticket' && 'id' in intent.ticket && id ? { ...intent, ticket: { id } } : intent;
};

/** R12, R23: the CRM shows a follow-up ticket to the agent who has the session, and only during the session. */
export function followUpToShow(entry: SessionEntry | undefined, row: OutboxEntry, agentId: string): Intent | undefined {
  const { intent, state, result } = row;
  if (intent.kind !== 'create-ticket' || intent.draft.followUpOf === undefined) return undefined;
  if (state !== 'settled' || !result?.ticket || !entry || !isRecorded(entry)) return undefined;
  if (isClosed(entry) || entry.known!.session.agentId !== agentId) return undefined;
  const { key, sessionId, at } = intent;
  return { kind: 'open-ticket', key: `${key}/pop`, sessionId, at, ticket: { id: result.ticket.id } };
}

/** Failures that affect every CRM request. */
const affectsAll: ReadonlySet<string> = new Set(['unauthorized', 'offline']);

/** Whether the row's success shows that the cause of a session's failed look-up, such as `offline`, is over. */
export const tellsCrmIsBack = ({ state }: OutboxEntry, entries: readonly SessionEntry[]): boolean =>
  state === 'settled' && entries.some(({ blocked }) => blocked !== undefined && affectsAll.has(blocked.failure.code));
