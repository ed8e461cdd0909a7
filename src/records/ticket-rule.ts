import type { Settings } from '../domain/settings.js';
import { contactDraft } from './contact-rule.js';
import { fillTitle } from '../domain/ticket-title.js';
import { sessionKey } from '../domain/write-key.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { customDataLines, mappedFields } from './mapped-fields.js';
import { lines } from './comment-lines.js';
import { agentOf, fieldsIfAny, internalComment, openTicket } from './ticket-intents.js';
import { originOf } from './ticket-origin.js';
import type { Known, Rule } from './rule.js';
import { customerLines, startedComment } from './session-comment.js';
import { startFields } from './session-field-values.js';
import { channelTitle, startsRecord } from './session-kind.js';

/** S8: the title of a new ticket. */
function titleOf(event: SessionEvent, { session, contactName }: Known, { tickets }: Settings): string {
  const special: Partial<Record<SessionEvent['type'], string>> = {
    'voicemail.received': 'Voicemail',
    'session.abandoned': 'Abandoned call',
  };
  return fillTitle(tickets.title, {
    channel: special[event.type] ?? channelTitle(session.channel),
    'contact.name': contactName ?? session.customerNumber ?? '',
    queue: session.queue?.path.join(' › ') ?? '',
    number: session.customerNumber ?? session.customer?.phone ?? '',
    date: event.at.slice(0, 10),
  });
}

/** R5: a voicemail gets a ticket of its own, even if its session has one. */
const wantsTicket = (event: SessionEvent, known: Known): boolean =>
  event.type === 'voicemail.received' || (!known.recorded && known.decision?.ticket === 'new');

/** R23: whether an agent has the session. */
const isTaken = ({ type }: SessionEvent): boolean => type === 'session.created' || type === 'session.assigned';

/** R24: whether the session's number is the contact's. A number that the agent entered is not. */
const isFoundByNumber = ({ contact, session }: Known): boolean =>
  contact !== undefined && 'id' in contact && session.association?.enteredNumber !== true;

/**
 * R1, R3, R4, R5, R26: a session that joins no ticket makes one. The new ticket has the session's comment (R21) and the
 * customer's data (R1). R23 assigns and opens it; without an agent, R6 names the assignee.
 */
export const ticketRule: Rule = (event, known, settings) => {
  const { session, agent, contact } = known;
  if (!startsRecord(event, known, settings) || !wantsTicket(event, known) || !contact) return [];
  const { sessionId, at } = event;
  const key = sessionKey(sessionId, event.type === 'voicemail.received' ? 'voicemail' : 'ticket');
  const owner = agentOf(known, settings);
  const mapped = mappedFields(session.customData, settings.tickets.customDataFields, known.fields);
  const body = lines(
    startedComment(event, session),
    customerLines(session),
    customDataLines(session.customData, mapped.problems),
  );
  return [
    {
      kind: 'create-ticket',
      key,
      sessionId,
      at,
      contact,
      ...(isFoundByNumber(known) && { person: contactDraft(session, at) }),
      draft: {
        subject: titleOf(event, known, settings),
        comment: internalComment(body, owner),
        ...(owner ? { assigneeId: owner } : {}),
        ...fieldsIfAny({ ...mapped.fields, ...startFields(known, settings) }),
        origin: originOf(session),
      },
    },
    ...(isTaken(event) && agent && session.agentId === agent.id
      ? openTicket(event, { ...known, ticket: { madeBy: key } }, 'pop')
      : []),
  ];
};
