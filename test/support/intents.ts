import type { Intent, Ref } from '../../src/records/intent.js';
import { MIA } from './crm-data.js';

export const at = '2026-11-22T10:00:00.000Z';
export const origin = { sessionId: 's', channel: 'outbound-call' } as const;

/** A note whose body is its key. */
export const note = (key: string, ticket: Ref, sessionId = 's'): Intent => ({
  kind: 'write-ticket',
  key,
  sessionId,
  at,
  ticket,
  comment: { body: key, public: false },
  origin,
});

/** A new ticket, for Mia or for a contact that must be created. */
export const newTicket = (key: string, subject = 'T', contact: Ref = { id: MIA }): Intent => ({
  kind: 'create-ticket',
  key,
  sessionId: 's',
  at,
  contact,
  draft: { subject, comment: { body: 'first', public: false }, origin },
});

export const pop = (ticket: Ref, key = 'pop'): Intent => ({ kind: 'open-ticket', key, sessionId: 's', at, ticket });
