import { own } from './own.js';
import type { Durations } from './session.js';

/** How a session ended. Screens and comments have their own texts for each outcome. */
export type Outcome =
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'rejected'
  | 'wrong-number'
  | 'cancelled'
  | 'abandoned'
  | 'microphone'
  | 'connection'
  | 'failed';

/** The platform's own names of fail reasons. A reason that is not listed counts as `failed`. */
const outcomeOfReason: Readonly<Record<string, Outcome>> = {
  eu_busy: 'busy',
  eu_no_answer: 'no-answer',
  expired: 'no-answer',
  eu_rejected: 'rejected',
  eu_wrong_number: 'wrong-number',
  eu_canceled: 'cancelled',
  ag_canceled: 'cancelled',
  eu_abandoned: 'abandoned',
  eu_in_menu_abandoned: 'abandoned',
  ag_mic_no_device: 'microphone',
  ag_mic_denied: 'microphone',
  voip_conn_general: 'connection',
  voip_conn_timeout: 'connection',
  voip_conn_signal: 'connection',
  voip_twilio_error: 'connection',
  voip_tokbox_error: 'connection',
  voip_nexmo_error: 'connection',
  voip_invalid_token: 'connection',
};

/** The outcome of an ended session. The platform's fail reason `nothing` means no failure. */
export function outcomeOf(failReason: string | undefined, durations: Durations | undefined): Outcome {
  if (failReason && failReason !== 'nothing') return own(outcomeOfReason, failReason) ?? 'failed';
  return durations && durations.talk > 0 ? 'completed' : 'cancelled';
}

/** Formats seconds as `02:41` or `1:02:41`. */
export function clockTime(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}
