import type { TicketWrite, WriteResult } from '../crm/crm-host.js';
import { statusWhenAssigned } from './creations.js';
import { fieldProblem } from './field-check.js';
import type { AuditEntry } from './memory-data.js';
import type { MemoryTables } from './memory-tables.js';

type Refusal = Extract<WriteResult, { ok: false }>;

/** Applies a write once for each key. Refuses it if the ticket is closed, or if its stamp is not `ifStamp`. */
export function applyWrite(
  store: MemoryTables,
  write: TicketWrite,
  user: string,
  uploadLimitBytes: number | undefined,
): WriteResult {
  const { key, ticketId, comment } = write;
  const appliedKey = `write ${key}`;
  const written = store.applied.get(appliedKey);
  if (written !== undefined) return { key, ok: true, stamp: store.tickets.get(written)!.stamp };
  const who = comment?.authorId ?? user;
  const refusal = refusalOf(store, write, uploadLimitBytes);
  if (refusal) {
    store.log({ who, what: 'write.refused', key, ticketId, reason: refusal.reason, message: refusal.message });
    return refusal;
  }
  const { stamp: _, ...ticket } = store.tickets.get(ticketId)!;
  const assigneeId = write.assigneeId ?? ticket.assigneeId;
  const status = write.status ?? statusWhenAssigned(ticket.status, write.assigneeId);
  const changes: Record<string, NonNullable<AuditEntry['changes']>[string]> = { ...write.fields };
  if (write.assigneeId !== undefined) changes.assigneeId = write.assigneeId;
  if (status !== ticket.status) changes.status = status;
  const added = comment && store.comment(ticketId, { ...comment, authorId: who });
  const { stamp } = store.putTicket({
    ...ticket,
    status,
    assigneeId,
    fields: { ...ticket.fields, ...write.fields },
  });
  store.applied.set(appliedKey, ticketId);
  store.log({ who, what: 'ticket.updated', key, ticketId, comment: added, changes });
  return { key, ok: true, stamp };
}

function refusalOf(store: MemoryTables, write: TicketWrite, uploadLimitBytes = Infinity): Refusal | undefined {
  const { key, ticketId, ifStamp, comment, assigneeId, fields } = write;
  const refused = (reason: Refusal['reason'], message: string, mergedInto?: string): Refusal => ({
    key,
    ok: false,
    outcome: 'refused',
    reason,
    message,
    mergedInto,
  });
  const ticket = store.tickets.get(ticketId);
  if (!ticket) return refused('not-found', `There is no ticket ${ticketId}.`);
  if (ticket.mergedInto !== undefined)
    return refused('merged', `Ticket ${ticketId} was merged into ${ticket.mergedInto}.`, ticket.mergedInto);
  if (ticket.status === 'closed') return refused('closed', `Ticket ${ticketId} is closed.`);
  if (ifStamp !== undefined && ifStamp !== ticket.stamp)
    return refused('conflict', `Ticket ${ticketId} has changed meanwhile.`);
  for (const user of [assigneeId, comment?.authorId])
    if (user !== undefined && !store.knowsAgent(user)) return refused('invalid', `There is no user ${user}.`);
  for (const file of [comment?.recording?.file, ...(comment?.attachments ?? []).map((one) => one.file)])
    if (file && file.size > uploadLimitBytes)
      return refused('invalid', `A file of ${file.size} bytes is over the limit of ${uploadLimitBytes}.`);
  const problem = fieldProblem(store.fields, fields);
  return problem === undefined ? undefined : refused('invalid', problem);
}
