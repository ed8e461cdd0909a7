import type { Failure } from '../../domain/failure.js';

/**
 * A15: where a message of a chat stands.
 *
 *   (the agent sends) ─▶ sending ─ taken ─▶ sent ─ read ─▶ read
 *                         │   ▲              ▲
 *                  refused│   │retry         │ heard: the platform tells the message with its key
 *                         ▼   │              │
 *                        failed ─────────────┘
 *
 * A message of the customer, of a colleague or of the platform is `received`, and stays so.
 */
export type Delivery =
  | { state: 'received' }
  | { state: 'sending' }
  | { state: 'sent' }
  | { state: 'read' }
  /** The platform has refused the message, or has not answered: it may have it all the same. */
  | { state: 'failed'; failure: Failure };

export const received: Delivery = { state: 'received' };
export const sending: Delivery = { state: 'sending' };

const sent: Delivery = { state: 'sent' };

/** The platform has taken the message, or tells it with its key. */
export const taken = (delivery: Delivery): Delivery =>
  delivery.state === 'sending' || delivery.state === 'failed' ? sent : delivery;

/** The platform has refused the message. A message that the platform has told meanwhile stays sent. */
export const refused = (delivery: Delivery, failure: Failure): Delivery =>
  delivery.state === 'sending' ? { state: 'failed', failure } : delivery;

/** The agent sends the message again, with the same key. */
export const retried = (delivery: Delivery): Delivery => (delivery.state === 'failed' ? sending : delivery);

/** The customer has read the message. */
export const read = (delivery: Delivery): Delivery => (delivery.state === 'sent' ? { state: 'read' } : delivery);

/** Whether the platform does not have the message yet, as far as anybody knows. */
export const isUnsent = ({ state }: Delivery): boolean => state === 'sending' || state === 'failed';

/** The failures after which a message is sent again by itself, once the platform can be reached. */
export const passes = (delivery: Delivery): boolean =>
  delivery.state === 'failed' && ['offline', 'timeout'].includes(delivery.failure.code);
