import type { Participant, TransferTarget } from '../telephony/telephony.js';
import type { KnownSession } from './known-session.js';
import type { Leg } from './leg.js';
import type { Mixer } from './mixer.js';
import type { Recorder } from './recorder.js';

/** A transfer that has begun and is not over. */
export interface OpenTransfer {
  target: TransferTarget;
  mode: 'warm' | 'cold';
  /** The consultation. */
  leg?: Leg;
  /** The target has answered it. */
  joined: boolean;
  /** The customer was put on hold for it. */
  heldForIt: boolean;
}

/** Somebody besides the customer. */
export interface Other {
  participant: Participant;
  target: TransferTarget;
  leg: Leg;
}

/** The call that is on in this page. */
export interface LiveCall {
  known: KnownSession;
  leg: Leg;
  transfer?: OpenTransfer;
  others: Map<string, Other>;
  mixer?: Mixer;
  recorder?: Recorder;
  /** Somebody here ended it. */
  endedHere?: { by: 'agent' | 'platform'; failReason?: string };
  /** Another page, or the other side of a transfer, goes on with it: its end here is not the session's. */
  isReleased?: boolean;
  ringTimer?: unknown;
  qualityTimer?: unknown;
}
