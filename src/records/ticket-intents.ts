import type { Settings } from '../domain/settings.js';
import type { Comment } from '../domain/ticket.js';
import { sessionKey } from '../domain/write-key.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { Intent, IntentOf } from './intent.js';
import { originOf } from './ticket-origin.js';
import type { Lines } from './comment-lines.js';
import type { Known } from './rule.js';
import { sessionLines } from './session-comment.js';

/** R6: the agent who has the session. Before there is one: the default CRM user, or nobody. */
export const agentOf = ({ session }: Known, { tickets }: Settings): string | undefined =>
  session.agentId ?? tickets.defaultUserId;

/** The name of this desktop's agent; another agent is named by id. */
export const agentName = (id: string, { agent }: Known): string => (id === agent?.id ? agent.name : `agent ${id}`);

export const internalComment = (
  body: Lines,
  authorId: string | undefined,
  more: Pick<Comment, 'recording' | 'attachments'> = {},
): Comment => ({ body: body.join('\n'), public: false, ...(authorId ? { authorId } : {}), ...more });

/** `{ fields }`, or `{}` where there are none. */
export const fieldsIfAny = <T>(fields: Readonly<Record<string, T>>): { fields?: Record<string, T> } =>
  Object.keys(fields).length > 0 ? { fields } : {};

type Change = Pick<IntentOf<'write-ticket'>, 'comment' | 'assigneeId' | 'fields' | 'reopenPlatformTicket'>;

/** A write to the session's ticket. It happens once for each step of the session. */
export function writeTicket(event: SessionEvent, known: Known, step: string, change: Change): readonly Intent[] {
  if (!known.ticket) return [];
  const { sessionId, at } = event;
  const key = sessionKey(sessionId, step);
  const { ticket, session, sessionFields } = known;
  const followUp = {
    ...{ origin: originOf(session), about: sessionLines(session).join('\n') },
    ...(sessionFields && { filled: sessionFields }),
  };
  return [{ kind: 'write-ticket', key, sessionId, at, ticket, ...change, ...followUp }];
}

/** R23: opens the session's ticket in the CRM. */
export function openTicket(event: SessionEvent, known: Known, step: string): readonly Intent[] {
  const { sessionId, at } = event;
  return known.ticket
    ? [{ kind: 'open-ticket', key: sessionKey(sessionId, step), sessionId, at, ticket: known.ticket }]
    : [];
}
