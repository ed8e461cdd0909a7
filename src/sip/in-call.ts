import { TelephonyError } from '../telephony/telephony-error.js';
import { checkDigits } from './addresses.js';
import type { LiveCall } from './live-call.js';
import type { World } from './world.js';
import { turn } from '../telephony/sessions.js';

const digitTime = 100;
const digitGap = 70;

/** What an agent does in a connected call, but for transfers and conferences. */
export class InCall {
  #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  setMuted(sessionId: string, muted: boolean): void {
    const call = this.#world.connectedCall(sessionId);
    if (call.one.session.muted === muted) return;
    this.mute(call, muted);
    this.#world.book.change(call.one, { muted });
    this.#world.book.say(call.one, { type: 'session.muted', muted });
  }

  /** In a conference each party hears the others through this page: there only the microphone falls silent. */
  mute(call: LiveCall, muted: boolean): void {
    if (call.mixer) call.mixer.muted = muted;
    const legs = [call.leg, ...(call.transfer?.leg ? [call.transfer.leg] : [])];
    for (const leg of legs) leg.muted = muted && call.others.size === 0;
  }

  async setHeld(sessionId: string, held: boolean, participantId = 'customer'): Promise<void> {
    const call = this.#world.changeableCall(sessionId);
    if (participantId === 'customer') {
      if (call.transfer && !held) call.transfer.heldForIt = false;
      return this.hold(call, held);
    }
    const other = call.others.get(participantId);
    if (!other) throw new TelephonyError('invalid', `${participantId} does not take part in the call.`);
    await other.leg.hold(held);
    this.#said(call, participantId, held);
    this.#world.book.say(call.one, { type: 'session.held', held, participantId });
  }

  async hold(call: LiveCall, held: boolean): Promise<void> {
    const { one } = call;
    if (one.session.held === held) return;
    await call.leg.hold(held);
    if (one.session.held === held || one.endedAt !== undefined) return;
    one.held = turn(one.held, held, this.#world.clock.now());
    if (call.mixer) call.mixer.beside = held;
    this.#world.book.change(one, { held });
    this.#said(call, 'customer', held);
    this.#world.book.say(one, { type: 'session.held', held });
  }

  /** As telephone events in the sound (RFC 4733), which every gateway understands. */
  sendDigits(sessionId: string, digits: string): void {
    const call = this.#world.connectedCall(sessionId);
    const tones = checkDigits(digits);
    const sender = call.leg.rtc.connection.getSenders().find(({ dtmf }) => dtmf);
    if (!sender?.dtmf?.canInsertDTMF) throw new TelephonyError('not-available', 'The other side takes no digits.');
    sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + tones, digitTime, digitGap);
  }

  setRecordingPaused(sessionId: string, paused: boolean): void {
    const { one, recorder } = this.#world.connectedCall(sessionId);
    if (!recorder) throw new TelephonyError('not-available', `Session ${sessionId} is not recorded.`);
    if (one.session.recordingPaused === paused) return;
    if (paused) recorder.pause();
    else recorder.resume();
    this.#world.book.change(one, { recordingPaused: paused });
    this.#world.book.say(one, { type: 'session.recording-paused', paused });
  }

  #said({ one }: LiveCall, id: string, held: boolean): void {
    const participants = one.session.participants.map((each) => (each.id === id ? { ...each, held } : each));
    this.#world.book.change(one, { participants });
  }
}
