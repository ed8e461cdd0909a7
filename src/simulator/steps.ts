import type { TransferTarget } from '../telephony/telephony.js';

/** What can happen to a session by a script. */
export type CallAct =
  | { do: 'connecting' | 'connected' | 'recording' | 'close' }
  | { do: 'end'; by: 'agent' | 'customer' | 'platform'; failReason?: string };

/** What else falls due by itself. */
type InternalAct =
  | { do: 'recording-part'; part: number }
  | { do: 'answer' | 'miss' | 'give-up' | 'colleague-takes' }
  | { do: 'target-answers' | 'target-refuses' }
  | { do: 'participant-joins'; target: TransferTarget }
  | { do: 'wrap-up-exceeded' | 'wrap-up-over' };

export type Act = CallAct | InternalAct;

/** One thing that happens to a session, `after` milliseconds since the one before it. */
export type Step = { after: number } & CallAct;
export type AnyStep = { after: number } & Act;

/**
 * Several things go on at once, each with a course of its own: a new one takes the place of the old one.
 * `course`: the customer and the line; `patience`: how long the customer waits for an agent; `offer`: the ringing at an
 * agent; `transfer`: the other side of a transfer; `after`: recordings; `wrap-up`: its end; `close`: the last event.
 */
export type Timeline =
  'course' | 'patience' | 'offer' | 'transfer' | `joining ${string}` | 'after' | 'wrap-up' | 'close';

/** An act and the moment in which it falls due, in milliseconds. */
export interface Due {
  at: number;
  /** Named so in stored state. */
  lane: Timeline;
  act: Act;
}
