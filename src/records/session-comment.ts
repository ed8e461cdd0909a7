import { clockTime, outcomeOf, type Outcome } from '../domain/outcome.js';
import type { Session } from '../domain/session.js';
import type { SessionEvent } from '../telephony/platform-event.js';

const lines = (...parts: readonly (string | false | undefined)[]): string => parts.filter(Boolean).join('\n');
const labelled = (label: string, value: string | undefined) =>
  value !== undefined && value !== '' && `${label}: ${value}`;

/** R21, R24: what stands on the ticket as soon as a call is recorded there. */
export function startedComment(session: Session): string {
  const { id, language, queue, platformNumber, customerNumber, extension, association, parentId } = session;
  const number = extension ? `${customerNumber} ext. ${extension}` : customerNumber;
  return lines(
    'call_started',
    'Type: Voice Outbound',
    labelled('Call ID', id),
    labelled('Call back of', parentId),
    labelled('Language', language),
    labelled('Queue', queue?.path.join(' › ')),
    labelled('Outbound number', platformNumber),
    association?.enteredNumber
      ? `Number called: ${number} (entered by the agent, not stored on the contact)`
      : labelled('Number called', number),
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

/** R27: who ended it, the durations, the outcome in words. */
export function finishedComment(event: Extract<SessionEvent, { type: 'session.ended' }>): string {
  const { sessionId, endedBy, failReason, durations } = event;
  const outcome = outcomeWords[outcomeOf(failReason, durations)];
  return lines(
    'call_finished',
    labelled('Call ID', sessionId),
    labelled('Outcome', outcome),
    labelled('Ended by', endedByWords[endedBy]),
    labelled('Talk time', clockTime(durations.talk)),
    labelled('Hold time', clockTime(durations.hold)),
    labelled('Wait time', clockTime(durations.wait)),
    labelled('Total', clockTime(durations.total)),
  );
}
