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

/** Several people in one call, mixed in this page: it works with any server, and ends when this page does. */
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
    attendAside: PeerRequests['attendSecondary'],
  ) {
    this.#attendSecondary = attendAside;
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
    if (call.transfer) throw new TelephonyError('not-available', 'A transfer is under way.');
    if (call.others.has(participant.id))
      throw new TelephonyError('invalid', `${participant.label} takes part already.`);
    const leg = await this.#context.placeSecondary(call, target, address);
    if (this.#context.live !== call) return leg.close();
    const other: Other = { participant, target, leg };
    leg.on('confirmed', () => this.#joined(call, other));
    this.#watch(call, other, leg);
    // Whoever still rings when the call is over rings no longer.
    call.leg.on('ended', () => leg.close());
    await this.#answersOrRings(leg);
  }

  remove(sessionId: string, participantId: string): void {
    const call = this.#context.changeableCall(sessionId);
    const other = call.others.get(participantId);
    if (!other) throw new TelephonyError('invalid', `${participantId} does not take part in the call.`);
    other.leg.close();
  }

  /** The others go on without this page: the customer is connected with the one who is left. */
  async leave(sessionId: string): Promise<void> {
    const { addresses, agent, sessions, timers } = this.#context;
    const call = this.#context.changeableCall(sessionId);
    const [other, ...more] = [...call.others.values()];
    if (!other) throw new TelephonyError('not-available', 'Nobody else takes part in the call.');
    if (more.length) throw new TelephonyError('not-available', 'The call is mixed here, and there are several others.');
    try {
      await refer(call.leg, addresses.ofTarget(other.target), timers, other.leg);
    } catch (error) {
      const reason = { failReason: (error as Error).message };
      throw new TelephonyError('not-available', 'The others cannot be connected with each other.', reason);
    }
    const self = { id: `agent-${agent!.id}`, kind: 'agent', label: agent!.name, held: false } as const;
    sessions.emit(call.known, { type: 'session.participant-left', participant: self });
    this.#lifecycle.handOver(call, other.target.kind === 'agent' ? other.target.id : undefined);
    call.leg.close();
  }

  /** Rejects where they refuse at once; who rings and does not answer never joins, and no event says so. */
  #answersOrRings(leg: Leg): Promise<void> {
    return new Promise((resolve, reject) => {
      leg.on('ringing', resolve);
      leg.on('confirmed', resolve);
      leg.on('ended', () => {
        const reason = failReason(leg.end?.status, leg.end?.cause ?? '');
        reject(new TelephonyError('not-available', 'They did not take the call.', { failReason: reason }));
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
    // Two are left: they hear each other without a detour.
    if (!call.others.size) call.leg.send();
    this.#inCall.mute(call, call.known.session.muted);
    this.#context.sessions.participantLeft(call.known, participant);
  }
}
