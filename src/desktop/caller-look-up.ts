import type { CrmHost } from '../crm/crm-host.js';
import type { Session } from '../domain/session.js';
import { isLive } from '../domain/ticket.js';
import type { CallerFacts } from '../machine/session/session-context.js';

const maxContacts = 10;

/** A5: looks a caller up in the CRM. Undefined if the caller cannot be looked up. Rejects with the CRM's error. */
export async function callerFacts(host: CrmHost, session: Session): Promise<CallerFacts | undefined> {
  const { customerNumber: phone, customer, anonymous, channel } = session;
  // R29: a colleague is not looked up.
  if (channel === 'internal-call') return undefined;
  const { identifier, email } = customer ?? {};
  const query = identifier ? { identifier } : email ? { email } : phone && !anonymous ? { phone } : undefined;
  if (!query) return undefined;
  const { items } = await host.findContacts(query, { limit: maxContacts, priority: 'interactive' });
  const [newest] = items;
  if (!newest) return { contacts: 0 };
  // Any of several contacts may be the caller, so the result has no name and no ticket.
  if (items.length > 1) return { contacts: items.length };
  const tickets = await host.findTickets({ contactId: newest.id, live: true }, { limit: 1, priority: 'interactive' });
  const last = tickets.items.find(isLive);
  return {
    contacts: 1,
    name: newest.name,
    ticket: last && { id: last.id, subject: last.subject, status: last.status, updatedAt: last.updatedAt },
  };
}
