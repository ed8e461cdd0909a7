import type { Capability, Telephony } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { SimulatedPlatform } from './simulated-platform.js';

type NotYet = Exclude<
  keyof Telephony,
  | ('connect' | 'setRules' | 'disconnect' | 'subscribe' | 'setStatus' | 'setNextStatus' | 'dial' | 'cancelDial')
  | ('associate' | 'getSession' | 'resume' | 'end')
  | ('history' | 'voicemails' | 'markVoicemail' | 'directory' | 'statistics' | 'setDevices')
>;

/** The commands that the embedded platform cannot carry out: each is refused and says why. */
export class OutboundOnly extends SimulatedPlatform implements Pick<Telephony, NotYet> {
  readonly answer = this.#unsupported('answer');
  readonly decline = this.#unsupported('decline');
  readonly setMuted = this.#unsupported('setMuted', 'mute');
  readonly setHeld = this.#unsupported('setHeld', 'hold');
  readonly sendDigits = this.#unsupported('sendDigits', 'dtmf');
  readonly transfer = this.#unsupported('transfer', 'transfer-cold');
  readonly completeTransfer = this.#unsupported('completeTransfer', 'transfer-warm');
  readonly cancelTransfer = this.#unsupported('cancelTransfer', 'transfer-warm');
  readonly addParticipant = this.#unsupported('addParticipant', 'conference');
  readonly removeParticipant = this.#unsupported('removeParticipant', 'conference');
  readonly leave = this.#unsupported('leave', 'conference');
  readonly setRecordingPaused = this.#unsupported('setRecordingPaused', 'redact');
  readonly submitWrapUp = this.#unsupported('submitWrapUp', 'wrap-up');

  #unsupported(command: NotYet, capability?: Capability): () => Promise<void> {
    const because = capability ? `it does not have the capability "${capability}"` : 'it carries outbound calls only';
    return () =>
      this.run(command, () => {
        throw new TelephonyError('unsupported', `The embedded platform cannot ${command}: ${because}.`);
      });
  }
}
