import type { FieldDefinition } from './contact.js';

const ticket = (key: string, title: string, type: FieldDefinition['type']): FieldDefinition => ({
  on: 'ticket',
  key,
  title,
  type,
});

/**
 * The fields that X11 makes in the CRM: X1–X10 and the contact's identifier. `tickets.sessionFields` has the same keys.
 */
export const sessionFieldDefinitions: readonly FieldDefinition[] = [
  /* X1 */ ticket('session_type', 'Session type', 'text'),
  /* X2 */ ticket('from_number', '"From" phone number', 'text'),
  /* X3 */ ticket('duration', 'Duration (seconds)', 'integer'),
  /* X4 */ ticket('wait_time', 'Wait time (seconds)', 'integer'),
  /* X5 */ ticket('queue_name', 'Queue name', 'text'),
  /* X6 */ ticket('session_id', 'Call or chat ID', 'text'),
  /* X7 */ ticket('hold_time', 'Hold time (seconds)', 'integer'),
  /* X8 */ ticket('csat_score', 'CSAT score', 'integer'),
  /* X9 */ ticket('verification', 'Verification', 'checkbox'),
  /* X10 */ ticket('customer_feedback', 'Customer text feedback', 'multiline'),
  { on: 'contact', key: 'identifier', title: 'Identifier', type: 'text' },
];
