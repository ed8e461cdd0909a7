import type { TicketWrite } from '../crm/crm-host.js';

/** A write, and the ticket that is sent for it: with its stamp, in Zendesk's format. */
export interface PreparedWrite {
  write: TicketWrite;
  ticket: Record<string, unknown>;
}
