import type { Settings } from '../domain/settings.js';
import { recordKey, sessionKey } from '../domain/write-key.js';
import type { Intent, IntentOf } from './intent.js';
import { originOf } from './ticket-origin.js';
import { wordsAt, writingOf } from './card.js';
import type { Known, RecordEvent } from './rule.js';
import { sessionLines, startCard } from './start-card.js';

/** R6: the agent who has the session. Before there is one: the default CRM user, or nobody. */
export const agentOf = ({ session }: Known, { tickets }: Settings): string | undefined =>
  session.agentId ?? tickets.defaultUserId;

/** `{ fields }`, or `{}` where there are none. */
export const fieldsIfAny = <T>(fields: Readonly<Record<string, T>>): { fields?: Record<string, T> } =>
  Object.keys(fields).length > 0 ? { fields } : {};

/** A time to the second, as part of a key. */
export const secondOf = (at: string): string => at.slice(0, 19);

type Change = Pick<IntentOf<'write-ticket'>, 'comment' | 'assigneeId' | 'fields' | 'reopenPlatformTicket' | 'urgent'>;

/**
 * A write to the session's ticket. It happens once for each step of the session. `formerly`: the step in the key of
 * version 0.1.0.
 */
export function writeTicket(
  event: RecordEvent,
  known: Known,
  step: string,
  change: Change,
  formerly?: string,
): readonly Intent[] {
  if (!known.ticket) return [];
  const { sessionId, at } = event;
  const { ticket, session, sessionFields, correction } = known;
  return [
    {
      kind: 'write-ticket',
      key: recordKey(sessionId, correction, step),
      sessionId,
      at,
      ...(formerly !== undefined && !correction && { formerly: sessionKey(sessionId, formerly) }),
      ticket,
      ...change,
      origin: originOf(session, correction),
      ...(!change.comment && { words: wordsAt(at, writingOf(known)) }),
      about: aboutOf(known),
      ...(sessionFields && { filled: sessionFields }),
    },
  ];
}

/** R12, R21: describes the session on a follow-up ticket. */
function aboutOf(known: Known): string {
  const { headline } = startCard({ type: 'session.created' }, known);
  return [headline, ...sessionLines(known)].join('\n');
}

/** R23: opens the session's ticket in the CRM. */
export function openTicket(event: RecordEvent, known: Known, step: string): readonly Intent[] {
  const { sessionId, at } = event;
  return known.ticket
    ? [{ kind: 'open-ticket', key: recordKey(sessionId, known.correction, step), sessionId, at, ticket: known.ticket }]
    : [];
}
