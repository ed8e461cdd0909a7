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
/** Refusals that another try would meet again. */
const decided: readonly Reason[] = ['forbidden', 'not-found', 'conflict', 'invalid'];

/** A failed request as the result of a write. */
export function failedWrite(write: Write, error: unknown): FailedWrite {
  // Any other error is a bug, not a response.
  if (!(error instanceof CrmError)) throw error;
  const reason = reasons[error.code];
  return {
    key: write.key,
    ok: false,
    outcome: error.outcome === 'unknown' ? 'unknown' : decided.includes(reason) ? 'refused' : 'not-applied',
    reason,
    message: messageOf(error, write),
    ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
  };
}

function messageOf(error: CrmError, { ticketId, assigneeId }: Write): string {
  // R13: the assignee may be another agent. Named by ID, because the message is logged too.
  const whom = assigneeId === undefined ? 'this agent' : `agent ${assigneeId}`;
  const about = error instanceof ZendeskRefusal ? error.fields : [];
  if (about.some((field) => field === 'assignee' || field === 'assignee_id' || field === 'group'))
    return `Ticket ${ticketId} cannot be assigned to ${whom}: its group does not have them. ${error.message}`;
  if (error.code === 'not-found') return `There is no ticket ${ticketId} that you may see.`;
  if (error.code === 'conflict') return `Ticket ${ticketId} has changed meanwhile.`;
  return error.message;
}

/** Whether Zendesk refused a write because the ticket is closed, by the documented sentence. */
export const isClosedRefusal = (error: unknown): boolean =>
  error instanceof ZendeskRefusal && error.status === 422 && /closed prevents ticket update/i.test(error.message);
