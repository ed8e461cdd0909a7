import type { Participant, TransferTarget } from '../telephony/telephony.js';
import type { KnownSession } from './known-session.js';
import type { Leg } from './leg.js';
import type { Mixer } from './mixer.js';
import type { Recorder } from './recorder.js';

/** A transfer in progress. */
export interface OpenTransfer {
  target: TransferTarget;
  mode: 'warm' | 'cold';
  /** The leg of the consultation. */
  leg?: Leg;
  /** Whether the target has answered the consultation. */
  joined: boolean;
  /** Whether the transfer put the customer on hold. */
  heldForIt: boolean;
}

/** A participant besides the customer. */
export interface Other {
  participant: Participant;
  target: TransferTarget;
  leg: Leg;
}

/** The agent's call in this page. */
export interface LiveCall {
  known: KnownSession;
  leg: Leg;
  transfer?: OpenTransfer;
  others: Map<string, Other>;
  mixer?: Mixer;
  recorder?: Recorder;
  /** Who ends the call on this side, and why. Undefined if the other side ends it. */
  endedHere?: { by: 'agent' | 'platform'; failReason?: string };
  /** Whether another page or a transfer's target continues the call. The end of the leg is then not the session's end. */
  isReleased?: boolean;
  ringTimer?: unknown;
  qualityTimer?: unknown;
}
