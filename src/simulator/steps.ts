import type { TransferTarget } from '../telephony/telephony.js';

/** An act that a script can schedule for a session. */
export type CallAct =
  | { do: 'connecting' | 'connected' | 'recording' | 'close' }
  | { do: 'end'; by: 'agent' | 'customer' | 'platform'; failReason?: string };

/** An act that only the simulator schedules. */
type InternalAct =
  | { do: 'recording-part'; part: number }
  | { do: 'answer' | 'miss' | 'give-up' | 'colleague-takes' }
  | { do: 'target-answers' | 'target-refuses' }
  | { do: 'participant-joins'; target: TransferTarget }
  | { do: 'wrap-up-exceeded' | 'wrap-up-over' }
  | { do: 'customer-types' }
  | { do: 'customer-writes'; text: string };

export type Act = CallAct | InternalAct;

/** A scripted act, `after` milliseconds after the step before it. */
export type Step = { after: number } & CallAct;
export type AnyStep = { after: number } & Act;

/**
 * The timelines of a session. They run side by side, and each of them can be replaced or cancelled alone.
 * - `course`: ringing, connection and end
 * - `patience`: how long the customer waits for an agent
 * - `offer`: ringing at the agent, until it is answered or missed
 * - `transfer`: the answer of a transfer target
 * - `joining …`: the answer of a participant whom the agent adds
 * - `after`: recordings
 * - `wrap-up`: the end of the wrap-up
 * - `close`: the last event
 * - `conversation`: what the customer of a chat answers
 */
export type Timeline =
  'course' | 'patience' | 'offer' | 'transfer' | `joining ${string}` | 'after' | 'wrap-up' | 'close' | 'conversation';

/** A scheduled act. */
export interface Due {
  /** Milliseconds since the epoch. */
  at: number;
  /** The act's timeline. This field keeps its name because it is in the stored state. */
  lane: Timeline;
  act: Act;
}
