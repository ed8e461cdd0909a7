import { clockTime, outcomeOf, type Outcome } from '../domain/outcome.js';
import { isChat, type Durations, type Session } from '../domain/session.js';
import { durationsIn, textIn, valuesIn } from '../telephony/event-parts.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { labelled, lines, pairs, type Lines } from './comment-lines.js';
import type { EventOf } from './rule.js';
import { channelType } from './session-kind.js';

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
const word = (session: Session): 'chat' | 'call' => (isChat(session) ? 'chat' : 'call');
/** Identifies the session among all sessions on the ticket. */
export const idLine = (session: Session): string => `${isChat(session) ? 'Chat' : 'Call'} ID: ${session.id}`;

function headline({ type }: SessionEvent, session: Session): string {
  if (type === 'voicemail.received') return 'voicemail_received';
  return `${word(session)}_${type === 'session.abandoned' ? 'abandoned' : 'started'}`;
}

/** R21, R24: the comment with which a session is recorded on a ticket. */
export const startedComment = (event: SessionEvent, session: Session): Lines =>
  lines(headline(event, session), sessionLines(session));

/** R4: a caller who already had a ticket stopped waiting. */
export const abandonedComment = (event: SessionEvent, session: Session): Lines =>
  lines(headline(event, session), idLine(session), labelled('Queue', session.queue?.path.join(' › ')));

/** The lines that describe a session. */
export function sessionLines(session: Session): Lines {
  const { language, queue, platformNumber, parentId } = session;
  return lines(
    `Type: ${channelType(session.channel)}`,
    idLine(session),
    labelled('Call back of', parentId),
    labelled('Language', language),
    labelled('Queue', queue?.path.join(' › ')),
    labelled(session.direction === 'outbound' ? 'Outbound number' : 'Support number', platformNumber),
    customerLine(session),
  );
}

function customerLine({ direction, association, anonymous, ...session }: Session): string | false {
  const customerNumber = session.customerNumber ?? session.customer?.phone;
  const number = session.extension ? `${customerNumber} ext. ${session.extension}` : customerNumber;
  if (direction === 'inbound') return anonymous ? 'Customer number: anonymous' : labelled('Customer number', number);
  return association?.enteredNumber
    ? `Number called: ${number} (entered by the agent, not stored on the contact)`
    : labelled('Number called', number);
}

/** R1: the customer's data from the app or browser. */
export function customerLines({ customer }: Session): Lines {
  if (!customer) return [];
  const { name, identifier, email, phone, authenticated, web } = customer;
  const webLines = pairs(valuesIn(web));
  return lines(
    labelled('Customer', name),
    labelled('Identifier', identifier),
    labelled('E-mail', email),
    labelled('Phone', phone),
    labelled('Authenticated', yesNo(authenticated)),
    webLines.length > 0 && lines('Web user information', webLines),
  );
}

const outcomeWords: Record<Outcome, string> = {
  completed: 'Completed',
  busy: 'Busy',
  'no-answer': 'No answer',
  rejected: 'Declined by the customer',
  'wrong-number': 'Wrong number',
  cancelled: 'Cancelled before it was answered',
  abandoned: 'Abandoned',
  microphone: 'Failed: no microphone',
  connection: 'Connection lost',
  failed: 'Failed',
};
const endedByWords = { agent: 'Agent', customer: 'Customer', platform: 'Platform' } as const;

const clock = (seconds: number | undefined) => (seconds === undefined ? undefined : clockTime(seconds));

/** Without a fail reason, the outcome depends on the talk time, or on whether the session was connected. */
function outcomeIn(
  { failReason, connected }: EventOf<'session.ended'>,
  session: Session,
  { talk }: Partial<Durations>,
) {
  const reason = textIn(failReason);
  const failed = reason !== undefined && reason !== '' && reason !== 'nothing';
  if (!failed && talk === undefined && connected === undefined) return undefined;
  // A talk of less than a second counts. A chat has no talk time.
  const spoke = connected ?? isChat(session);
  return outcomeWords[outcomeOf(reason, { total: 0, hold: 0, wait: 0, talk: talk || Number(spoke) })];
}

/** R27: who ended the session, its durations and its outcome. What the platform does not tell is left out. */
export function finishedComment(event: EventOf<'session.ended'>, session: Session): Lines {
  const { endedBy } = event;
  const durations = durationsIn(event.durations);
  return lines(
    `${word(session)}_finished`,
    idLine(session),
    labelled('Outcome', outcomeIn(event, session, durations)),
    labelled('Ended by', Object.hasOwn(endedByWords, endedBy) ? endedByWords[endedBy] : undefined),
    labelled(isChat(session) ? 'Chat time' : 'Talk time', clock(durations.talk)),
    labelled('Hold time', clock(durations.hold)),
    labelled('Wait time', clock(durations.wait)),
    labelled('Total', clock(durations.total)),
  );
}
