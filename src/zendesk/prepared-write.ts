import type { TicketWrite } from '../crm/crm-host.js';

/** A write, and its request's ticket in Zendesk's format, with the stamp. */
export interface PreparedWrite {
  write: TicketWrite;
  ticket: Record<string, unknown>;
}
