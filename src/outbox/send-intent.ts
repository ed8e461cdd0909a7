import { CrmError } from '../crm/crm-error.js';
import type { Attempt, CrmHost, TicketWrite } from '../crm/crm-host.js';
import type { Ticket } from '../domain/ticket.js';
import type { Intent, Ref } from '../records/intent.js';
import type { OutboxResult } from './outbox.js';

/** What an intent that refers to another needs of it. */
export interface Made {
  contactId?: string;
  ticketId?: string;
}

/** A write that the CRM refused, with its reason as the code. */
export class WriteRefused extends Error {
  readonly code: string;
  readonly outcome: 'not-applied' | 'unknown' | 'refused';
  readonly retryAfter?: number;

  constructor(code: string, outcome: 'not-applied' | 'unknown' | 'refused', message: string, retryAfter?: number) {
    super(message);
    this.code = code;
    this.outcome = outcome;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}

/** What is kept of a write between its tries: the same stamp is the compare-and-swap of both. */
export interface WriteMemory {
  stamp?: string;
  status?: 'open';
}

/** Sends one intent through the port. Rejects with a `CrmError` or `WriteRefused`. */
export async function sendIntent(
  host: CrmHost,
  intent: Intent,
  attempt: Attempt,
  made: (key: string) => Made,
  memory: WriteMemory,
  showTicket: (id: string, ticket: Ticket | undefined) => Promise<void>,
): Promise<OutboxResult> {
  const contactId = (ref: Ref) => ('id' in ref ? ref.id : made(ref.madeBy).contactId!);
  const ticketId = (ref: Ref) => ('id' in ref ? ref.id : made(ref.madeBy).ticketId!);
  const write = { key: intent.key, attempt };
  switch (intent.kind) {
    case 'create-contact':
      return { contact: await host.createContact(intent.draft, write) };
    case 'create-ticket':
      return { ticket: await host.createTicket({ ...intent.draft, contactId: contactId(intent.contact) }, write) };
    case 'open-ticket':
      await showTicket(ticketId(intent.ticket), undefined);
      return {};
    case 'write-ticket': {
      const { key, comment, assigneeId, reopenPlatformTicket } = intent;
      const ticket = await readForWrite(host, ticketId(intent.ticket), memory, reopenPlatformTicket);
      const wanted: TicketWrite = {
        key,
        attempt,
        ticketId: ticket.id,
        ...(memory.stamp ? { ifStamp: memory.stamp } : {}),
        ...(comment ? { comment } : {}),
        ...(assigneeId ? { assigneeId } : {}),
        ...(memory.status ? { status: memory.status } : {}),
      };
      const [result] = await host.writeTickets([wanted]);
      if (!result) throw new CrmError('unavailable', 'the CRM gave no result', { outcome: 'unknown' });
      if (!result.ok) {
        // Somebody else was there: the next try reads the ticket again.
        if (result.reason === 'conflict') delete memory.stamp;
        throw new WriteRefused(result.reason, result.outcome, result.message, result.retryAfter);
      }
      return { ticket: memory.status ? { ...ticket, status: memory.status } : ticket };
    }
  }
}

/** The stamp is read before a write; R9 is decided on what is read then, once. */
async function readForWrite(
  host: CrmHost,
  id: string,
  memory: WriteMemory,
  reopen: boolean | undefined,
): Promise<Ticket> {
  const ticket = await host.getTicket(id, { priority: 'background' });
  if (!ticket) throw new WriteRefused('not-found', 'refused', `there is no ticket ${id}`);
  if (memory.stamp === undefined) {
    memory.stamp = ticket.stamp;
    if (reopen && ticket.origin && ticket.status !== 'open') memory.status = 'open';
  }
  return ticket;
}
