import type { PresenceState } from '../telephony/presence.js';
import type { KnownSession } from './known-session.js';

/**
 * The content of a sealed row. It has exactly one of `presence`, `session` and `refused`. The row's `order` is the time
 * of its content, in milliseconds since the epoch.
 */
export interface SipRow {
  /** The SIP user and domain that the row belongs to. */
  scope: string;
  /** The agent who wrote the row. */
  agentId?: string;
  presence?: PresenceState;
  session?: KnownSession;
  /** The key of a dial plan that `dial` refuses. */
  refused?: string;
}
