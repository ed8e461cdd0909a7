import type { Ticket } from '../domain/ticket.js';
import type { Intent, IntentOf } from '../records/intent.js';

/** R12: the ticket that goes on where one was closed and not merged. Made once, whoever finds out first. */
export function followUpOf(
  { at, sessionId, origin, assigneeId, comment }: IntentOf<'write-ticket'>,
  closed: Ticket,
): Intent {
  const assignee = assigneeId ?? comment?.authorId ?? closed.assigneeId;
  return {
    kind: 'create-ticket',
    key: `${sessionId}/follow-up/${closed.id}`,
    sessionId,
    at,
    contact: { id: closed.contactId },
    draft: {
      subject: closed.subject,
      comment: {
        body: `Follow-up of #${closed.id}, which was closed meanwhile.`,
        public: false,
        ...(comment?.authorId !== undefined && { authorId: comment.authorId }),
      },
      ...(assignee !== undefined && { assigneeId: assignee }),
      origin,
      followUpOf: closed.id,
    },
  };
}
