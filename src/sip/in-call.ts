import { TelephonyError } from '../telephony/telephony-error.js';
import { checkDigits } from './addresses.js';
import type { LiveCall } from './live-call.js';
import type { SipContext } from './sip-context.js';
import { startOrStop } from '../telephony/sessions.js';

/** Milliseconds that a digit's tone lasts, and between two tones. */
const digitTime = 100;
const digitGap = 70;

/** The agent's actions in a connected call, except transfers and conferences. */
export class InCall {
  #context: SipContext;

  constructor(context: SipContext) {
    this.#context = context;
  }

  setMuted(sessionId: string, muted: boolean): void {
    const call = this.#context.connectedCall(sessionId);
    if (call.known.session.muted === muted) return;
    this.mute(call, muted);
    this.#context.sessions.change(call.known, { muted });
    this.#context.sessions.emit(call.known, { type: 'session.muted', muted });
  }

  /**
   * Mutes the legs. In a conference the legs also carry the other participants, so only the mixer's microphone is
   * muted.
   */
  mute(call: LiveCall, muted: boolean): void {
    if (call.mixer) call.mixer.muted = muted;
    const legs = [call.leg, ...(call.transfer?.leg ? [call.transfer.leg] : [])];
    for (const leg of legs) leg.muted = muted && call.others.size === 0;
  }

  async setHeld(sessionId: string, held: boolean, participantId = 'customer'): Promise<void> {
    const call = this.#context.changeableCall(sessionId);
    if (participantId === 'customer') {
      if (call.transfer && !held) call.transfer.heldForIt = false;
      return this.hold(call, held);
    }
    const other = call.others.get(participantId);
    if (!other) throw new TelephonyError('invalid', `There is no participant ${participantId} in the call.`);
    await other.leg.hold(held);
    this.#setParticipantHeld(call, participantId, held);
    this.#context.sessions.emit(call.known, { type: 'session.held', held, participantId });
  }

  async hold(call: LiveCall, held: boolean): Promise<void> {
    const { known } = call;
    if (known.session.held === held) return;
    await call.leg.hold(held);
    if (known.session.held === held || known.endedAt !== undefined) return;
    known.held = startOrStop(known.held, held, this.#context.clock.now());
    if (call.mixer) call.mixer.isCustomerHeld = held;
    this.#context.sessions.change(known, { held });
    this.#setParticipantHeld(call, 'customer', held);
    this.#context.sessions.emit(known, { type: 'session.held', held });
  }

  /** Sends digits as telephone events in the audio stream (RFC 4733), which every gateway understands. */
  sendDigits(sessionId: string, digits: string): void {
    const call = this.#context.connectedCall(sessionId);
    const tones = checkDigits(digits);
    const sender = call.leg.rtc.connection.getSenders().find(({ dtmf }) => dtmf);
    if (!sender?.dtmf?.canInsertDTMF)
      throw new TelephonyError('not-available', 'The other side does not accept digits.');
    sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + tones, digitTime, digitGap);
  }

  setRecordingPaused(sessionId: string, paused: boolean): void {
    const { known, recorder } = this.#context.connectedCall(sessionId);
    if (!recorder) throw new TelephonyError('not-available', `Session ${sessionId} is not recorded.`);
    if (known.session.recordingPaused === paused) return;
    if (paused) recorder.pause();
    else recorder.resume();
    this.#context.sessions.change(known, { recordingPaused: paused });
    this.#context.sessions.emit(known, { type: 'session.recording-paused', paused });
  }

  #setParticipantHeld({ known }: LiveCall, id: string, held: boolean): void {
    const participants = known.session.participants.map((each) => (each.id === id ? { ...each, held } : each));
    this.#context.sessions.change(known, { participants });
  }
}
