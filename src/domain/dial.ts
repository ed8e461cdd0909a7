import type { Association } from './session.js';

/** A request to call, from the CRM or the panel (F9–F12, R10). `number` may be in any written form. */
export type DialRequest =
  | { from: 'contact'; contactId: string; number: string }
  /** `contactId` is a hint: the ticket's own contact wins. */
  | { from: 'ticket'; ticketId: string; number: string; contactId?: string }
  | { from: 'ticket-new-number'; ticketId: string; contactId?: string }
  | { from: 'adapter'; number?: string }
  | { from: 'call-back'; sessionId: string };

/**
 * A call for the platform to dial. The same `key` twice makes one call.
 * `number` matches `^\+[1-9]\d{6,14}$` (kind e164) or is an allowed short number. `extension` matches `^\d{1,11}$`.
 */
export interface DialPlan {
  key: string;
  number: string;
  kind: 'e164' | 'short';
  extension?: string;
  outboundNumber: string;
  /** Absent if the platform has no languages. */
  language?: string;
  association: Association;
  record: boolean;
  parentId?: string;
}
