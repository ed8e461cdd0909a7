import type { PresenceState } from '../telephony/presence.js';
import type { KnownSession } from './known-session.js';

/**
 * The content of a sealed row. It has one of `presence`, `session` and `refused`. The row's `order` is the time of its
 * content.
 */
export interface SipRow {
  /** The SIP user and domain that the row belongs to. */
  scope: string;
  /** The agent who wrote the row. */
  agentId?: string;
  presence?: PresenceState;
  session?: KnownSession;
  /** The key of a dial that never makes a call again. */
  refused?: string;
}
