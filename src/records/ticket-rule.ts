import type { Settings } from '../domain/settings.js';
import { contactDraft } from './contact-rule.js';
import { fillTitle } from '../domain/ticket-title.js';
import { recordKey } from '../domain/write-key.js';
import { valuesIn } from '../telephony/event-parts.js';
import type { Comment } from '../domain/ticket.js';
import { cardComment, isNumber, numberOf, writingOf } from './card.js';
import { lines, pairs } from './comment-lines.js';
import { fieldProblems } from './custom-data-rule.js';
import { mappedFields } from './mapped-fields.js';
import { recordingLines } from './recording-rule.js';
import { agentOf, fieldsIfAny, openTicket } from './ticket-intents.js';
import { originOf } from './ticket-origin.js';
import type { Known, RecordEvent, Rule } from './rule.js';
import { customerLines, queueText, startCard } from './start-card.js';
import { startFields } from './session-field-values.js';
import { startsRecord } from './session-kind.js';
import { isoDay, nameText, say } from './writing.js';

/** S8: the title of a new ticket. */
function titleOf(event: RecordEvent, known: Known, { tickets }: Settings): string {
  const { session, contactName } = known;
  const writing = writingOf(known);
  const special = { 'voicemail.received': 'title.voicemail', 'session.abandoned': 'title.abandoned' } as const;
  const key =
    event.type in special ? special[event.type as keyof typeof special] : (`title.${session.channel}` as const);
  const number = numberOf(session, writing) ?? '';
  return fillTitle(tickets.title, {
    channel: say(writing, key),
    'contact.name': contactName === undefined || isNumber(contactName) ? number : nameText(contactName),
    queue: session.queue ? queueText(session.queue) : '',
    number,
    date: isoDay(event.at, writing),
  });
}

/** R5: a voicemail gets a ticket of its own, even if its session has one. */
const wantsTicket = (event: RecordEvent, known: Known): boolean =>
  event.type === 'voicemail.received' || (!known.recorded && known.decision?.ticket === 'new');

/** R23: whether an agent has the session. */
const isTaken = ({ type }: RecordEvent): boolean => type === 'session.created' || type === 'session.assigned';

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
  const key = recordKey(sessionId, known.correction, event.type === 'voicemail.received' ? 'voicemail' : 'ticket');
  const owner = agentOf(known, settings);
  const mapped = mappedFields(session.customData, settings.tickets.customDataFields, known);
  const made: Known = { ...known, ticket: { madeBy: key } };
  return [
    {
      kind: 'create-ticket',
      key,
      sessionId,
      at,
      contact,
      ...(isFoundByNumber(known) && { person: contactDraft(known, at) }),
      draft: {
        subject: titleOf(event, known, settings),
        comment: commentOf(event, known, settings),
        ...(owner ? { assigneeId: owner } : {}),
        ...fieldsIfAny({ ...mapped.fields, ...startFields(known, settings) }),
        origin: originOf(session, known.correction),
      },
    },
    ...fieldProblems(event, made, settings, mapped.problems, 'ticket'),
    ...(isTaken(event) && agent && session.agentId === agent.id ? openTicket(event, made, 'pop') : []),
  ];
};

/** R21, R1, R22: the start card, with the customer's data and custom data. R5: a voicemail's card has its message. */
function commentOf(event: RecordEvent, known: Known, settings: Settings): Comment {
  const { session } = known;
  const data = pairs(valuesIn(session.customData));
  const recording = event.type === 'voicemail.received' ? event.recording : undefined;
  const card = startCard(event, known);
  const told = lines(
    card.lines,
    recording && recordingLines(recording, known),
    customerLines(known),
    data.length > 0 && lines(writingOf(known).words['custom-data'], data),
  );
  const isNobodys = event.type === 'voicemail.received' || event.type === 'session.abandoned';
  const doer = isNobodys ? 'nobody' : agentOf(known, settings);
  return cardComment({ ...card, lines: told }, doer, known, settings, event.at, recording ? { recording } : {});
}
