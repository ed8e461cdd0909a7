import type { OutboxEntry } from '../outbox/outbox.js';
import type { Ref } from '../records/intent.js';
import type { Known } from '../records/rule.js';

/** What a settled write says of a session: contact or ticket is there now, or (R12) has become another. */
export function learned(known: Known, { intent, state, result }: OutboxEntry): Partial<Known> | undefined {
  if (state !== 'settled' || !result) return undefined;
  const { contact, ticket } = result;
  const isMade = (ref: Ref | undefined) => ref !== undefined && 'madeBy' in ref && ref.madeBy === intent.key;
  const change: Partial<Known> = {};
  if (contact && isMade(known.contact)) change.contact = { id: contact.id };
  if (ticket && (isMade(known.ticket) || hasMoved(known, intent, ticket.id))) change.ticket = { id: ticket.id };
  return Object.keys(change).length > 0 ? change : undefined;
}

/** R12: what was written to the session's ticket went to another. */
function hasMoved({ session, ticket }: Known, intent: OutboxEntry['intent'], wentTo: string): boolean {
  if (intent.kind !== 'write-ticket' || intent.sessionId !== session.id || !ticket || !('id' in ticket)) return false;
  const ownKey = `${session.id}/${session.voicemail ? 'voicemail' : 'ticket'}`;
  const meant = 'id' in intent.ticket ? intent.ticket.id === ticket.id : intent.ticket.madeBy === ownKey;
  return meant && wentTo !== ticket.id;
}
