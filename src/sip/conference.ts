import { TelephonyError } from '../telephony/telephony-error.js';
import type { TransferTarget } from '../telephony/telephony.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import { failReason } from './fail-reasons.js';
import type { InCall } from './in-call.js';
import type { Leg } from './leg.js';
import type { LiveCall, Other } from './live-call.js';
import type { Media } from './media.js';
import type { PeerRequests } from './peer-requests.js';
import { refer } from './refer.js';
import { participantOf } from './transfers.js';
import type { SipContext } from './sip-context.js';

/**
 * Calls with several participants. This page mixes their audio, so that any SIP server will do. When the page unloads,
 * the conference ends.
 */
export class Conference {
  #context: SipContext;
  #lifecycle: SessionLifecycle;
  #media: Media;
  #inCall: InCall;
  #attendSecondary: PeerRequests['attendSecondary'];

  constructor(
    context: SipContext,
    lifecycle: SessionLifecycle,
    media: Media,
    inCall: InCall,
    attendSecondary: PeerRequests['attendSecondary'],
  ) {
    this.#attendSecondary = attendSecondary;
    this.#context = context;
    this.#lifecycle = lifecycle;
    this.#media = media;
    this.#inCall = inCall;
  }

  async add(sessionId: string, target: TransferTarget): Promise<void> {
    const call = this.#context.changeableCall(sessionId);
    if (target.kind === 'queue') throw new TelephonyError('invalid', 'A queue cannot take part in a call.');
    const address = this.#context.addresses.ofTarget(target);
    const participant = participantOf(target);
    if (call.transfer) throw new TelephonyError('not-available', 'A transfer is in progress.');
    if (call.others.has(participant.id))
      throw new TelephonyError('invalid', `${participant.label} is in the call already.`);
    const leg = await this.#context.placeSecondary(call, target, address);
    if (this.#context.live !== call) return leg.close();
    const other: Other = { participant, target, leg };
    leg.on('confirmed', () => this.#joined(call, other));
    this.#watch(call, other, leg);
    // A participant who is still ringing stops ringing when the call ends.
    call.leg.on('ended', () => leg.close());
    await this.#ringsOrAnswers(leg);
  }

  remove(sessionId: string, participantId: string): void {
    const call = this.#context.changeableCall(sessionId);
    const other = call.others.get(participantId);
    if (!other) throw new TelephonyError('invalid', `There is no participant ${participantId} in the call.`);
    other.leg.close();
  }

  /** Leaves the call: connects the customer with the other participant. */
  async leave(sessionId: string): Promise<void> {
    const { addresses, agent, sessions, timers } = this.#context;
    const call = this.#context.changeableCall(sessionId);
    const [other, ...more] = [...call.others.values()];
    if (!other) throw new TelephonyError('not-available', 'There is no other participant in the call.');
    if (more.length)
      throw new TelephonyError(
        'not-available',
        'With several other participants, the call needs this page: it mixes their audio.',
      );
    try {
      await refer(call.leg, addresses.ofTarget(other.target), timers, other.leg);
    } catch (error) {
      const reason = { failReason: (error as Error).message };
      throw new TelephonyError('not-available', 'The other participants cannot be connected with each other.', reason);
    }
    const self = { id: `agent-${agent!.id}`, kind: 'agent', label: agent!.name, held: false } as const;
    sessions.emit(call.known, { type: 'session.participant-left', participant: self });
    this.#lifecycle.handOver(call, other.target.kind === 'agent' ? other.target.id : undefined);
    call.leg.close();
  }

  /**
   * Resolves when the participant rings or answers. Rejects if the participant refuses first. If the participant rings
   * and does not answer, no event is emitted.
   */
  #ringsOrAnswers(leg: Leg): Promise<void> {
    return new Promise((resolve, reject) => {
      leg.on('ringing', resolve);
      leg.on('confirmed', resolve);
      leg.on('ended', () => {
        const reason = failReason(leg.end?.status, leg.end?.cause ?? '');
        reject(new TelephonyError('not-available', 'The participant did not take the call.', { failReason: reason }));
      });
    });
  }

  #joined(call: LiveCall, other: Other): void {
    if (this.#context.live !== call) return other.leg.close();
    const { participant, leg } = other;
    call.others.set(participant.id, other);
    this.#mix(call, participant.id, leg);
    this.#inCall.mute(call, call.known.session.muted);
    this.#context.sessions.participantJoined(call.known, participant);
  }

  #mix(call: LiveCall, id: string, leg: Leg): void {
    const mixer = this.#media.mixer(call);
    mixer.join('customer', call.leg.remote);
    mixer.join(id, leg.remote);
    call.leg.send(mixer.outTo('customer'));
    leg.send(mixer.outTo(id));
  }

  #watch(call: LiveCall, other: Other, leg: Leg): void {
    leg.on('ended', () => this.#left(call, other, leg));
    this.#attendSecondary(leg, (next) => {
      other.leg = next;
      this.#mix(call, other.participant.id, next);
      this.#watch(call, other, next);
    });
  }

  #left(call: LiveCall, { participant }: Other, leg: Leg): void {
    if (call.others.get(participant.id)?.leg !== leg || call.isReleased || this.#context.live !== call) return;
    call.others.delete(participant.id);
    call.mixer?.leave(participant.id);
    // With two participants left, the page sends the microphone itself again instead of the mix.
    if (!call.others.size) call.leg.send();
    this.#inCall.mute(call, call.known.session.muted);
    this.#context.sessions.participantLeft(call.known, participant);
  }
}
