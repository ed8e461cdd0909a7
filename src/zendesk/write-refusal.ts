import { CrmError, type CrmErrorCode } from '../crm/crm-error.js';
import type { TicketWrite, WriteResult } from '../crm/crm-host.js';
import { ZendeskRefusal } from './api-failure.js';

export type FailedWrite = Extract<WriteResult, { ok: false }>;
type Reason = FailedWrite['reason'];
type Write = Pick<TicketWrite, 'key' | 'ticketId' | 'assigneeId'>;

const reasons: Record<CrmErrorCode, Reason> = {
  offline: 'offline',
  'rate-limited': 'rate-limited',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  'not-found': 'not-found',
  conflict: 'conflict',
  invalid: 'invalid',
  unavailable: 'unavailable',
  timeout: 'unavailable',
};
/** The reasons for which Zendesk would refuse every later try too. */
const finalReasons: readonly Reason[] = ['forbidden', 'not-found', 'conflict', 'invalid'];

/** The result of a write whose request failed. */
export function failedWrite(write: Write, error: unknown): FailedWrite {
  // Any other error is a bug of the panel.
  if (!(error instanceof CrmError)) throw error;
  const reason = reasons[error.code];
  return {
    key: write.key,
    ok: false,
    outcome: error.outcome === 'unknown' ? 'unknown' : finalReasons.includes(reason) ? 'refused' : 'not-applied',
    reason,
    message: messageOf(error, write),
    retryAfter: error.retryAfter,
  };
}

function messageOf(error: CrmError, { ticketId, assigneeId }: Write): string {
  // R13: the assignee may be another agent. The message has the agent's id and not the name, because it is logged too.
  const assignee = assigneeId === undefined ? 'this agent' : `agent ${assigneeId}`;
  const refused = error instanceof ZendeskRefusal ? error.fields : [];
  if (refused.some((field) => field === 'assignee' || field === 'assignee_id' || field === 'group'))
    return `Ticket ${ticketId} cannot be assigned to ${assignee}: its group does not have them. ${error.message}`;
  if (error.code === 'not-found') return `There is no ticket ${ticketId} that you may see.`;
  if (error.code === 'conflict') return `Ticket ${ticketId} has changed meanwhile.`;
  return error.message;
}

/** Whether Zendesk refused a write because the ticket is closed. Its message then contains this documented sentence. */
export const isClosedRefusal = (error: unknown): boolean =>
  error instanceof ZendeskRefusal && error.status === 422 && /closed prevents ticket update/i.test(error.message);
