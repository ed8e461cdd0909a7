import { TelephonyError } from '../telephony/telephony-error.js';
import type { Participant, TransferTarget } from '../telephony/telephony.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import type { InCall } from './in-call.js';
import type { Leg } from './leg.js';
import type { LiveCall, OpenTransfer } from './live-call.js';
import type { PeerRequests } from './peer-requests.js';
import { refer } from './refer.js';
import type { SipContext } from './sip-context.js';

/** Transfers calls: a cold transfer by REFER, a warm transfer by a consultation and then REFER with Replaces. */
export class Transfers {
  #context: SipContext;
  #lifecycle: SessionLifecycle;
  #inCall: InCall;
  #attendSecondary: PeerRequests['attendSecondary'];

  constructor(
    context: SipContext,
    lifecycle: SessionLifecycle,
    inCall: InCall,
    attendSecondary: PeerRequests['attendSecondary'],
  ) {
    this.#attendSecondary = attendSecondary;
    this.#context = context;
    this.#lifecycle = lifecycle;
    this.#inCall = inCall;
    lifecycle.atEnd.add((call) => this.#close(call, 'transfer.failed'));
  }

  async begin(sessionId: string, target: TransferTarget, mode: 'warm' | 'cold'): Promise<void> {
    const call = this.#context.changeableCall(sessionId);
    const address = this.#context.addresses.ofTarget(target);
    if (call.transfer || call.others.size)
      throw new TelephonyError('not-available', 'Another transfer or participant is in the call already.');
    const transfer: OpenTransfer = { target, mode, joined: false, heldForIt: false };
    call.transfer = transfer;
    this.#context.sessions.emit(call.known, { type: 'transfer.started', target, mode });
    if (mode === 'cold') return this.#refer(call, transfer, address);
    try {
      transfer.heldForIt = !call.known.session.held;
      await this.#inCall.hold(call, true);
      if (call.transfer === transfer) await this.#consult(call, transfer, address);
    } catch (error) {
      await this.#giveUp(call, transfer, 'transfer.failed');
      throw error;
    }
  }

  complete(sessionId: string): void {
    const { call, transfer } = this.#openTransfer(sessionId);
    if (!transfer.joined || !transfer.leg)
      throw new TelephonyError('not-available', `${transfer.target.label} has not answered yet.`);
    this.#refer(call, transfer, this.#context.addresses.ofTarget(transfer.target));
  }

  async cancel(sessionId: string): Promise<void> {
    const { call, transfer } = this.#openTransfer(sessionId);
    await this.#giveUp(call, transfer, 'transfer.cancelled');
  }

  #openTransfer(sessionId: string): { call: LiveCall; transfer: OpenTransfer } {
    const call = this.#context.changeableCall(sessionId);
    if (!call.transfer) throw new TelephonyError('not-available', 'No transfer is in progress.');
    return { call, transfer: call.transfer };
  }

  async #consult(call: LiveCall, transfer: OpenTransfer, address: string): Promise<void> {
    const leg = await this.#context.placeSecondary(call, transfer.target, address);
    if (call.transfer !== transfer) return leg.close();
    transfer.leg = leg;
    leg.muted = call.known.session.muted;
    leg.on('confirmed', () => {
      if (call.transfer !== transfer) return;
      transfer.joined = true;
      this.#context.sessions.participantJoined(call.known, participantOf(transfer.target));
    });
    this.#watch(call, transfer, leg);
  }

  #watch(call: LiveCall, transfer: OpenTransfer, leg: Leg): void {
    const ended = (): void => void (transfer.leg === leg && this.#giveUp(call, transfer, 'transfer.failed'));
    leg.on('ended', ended);
    this.#attendSecondary(leg, (next) => {
      transfer.leg = next;
      next.muted = call.known.session.muted;
      this.#watch(call, transfer, next);
    });
    if (leg.end) ended();
  }

  /** Asks the other side to call `address`, and with a consultation to replace it. Events report the result. */
  #refer(call: LiveCall, transfer: OpenTransfer, address: string): void {
    const consultation = transfer.leg;
    // From here on the end of the consultation is part of the transfer, and not its failure.
    delete transfer.leg;
    refer(call.leg, address, this.#context.timers, consultation)
      .then(
        () => void (call.transfer === transfer && this.#finish(call, transfer)),
        () => void this.#giveUp(call, transfer, 'transfer.failed'),
      )
      .finally(() => consultation?.close());
  }

  #finish(call: LiveCall, { target, mode }: OpenTransfer): void {
    const { sessions, options } = this.#context;
    const { known } = call;
    delete call.transfer;
    const agent = target.kind === 'agent' ? target.id : undefined;
    if (target.kind === 'queue') {
      const { path = [target.label] } = options.queues?.find(({ id }) => id === target.id) ?? {};
      sessions.change(known, { queue: { id: target.id, path } });
      sessions.emit(known, { type: 'session.queue-changed', queue: { id: target.id, path } });
    }
    if (known.session.held) {
      sessions.change(known, { held: false });
      sessions.emit(known, { type: 'session.held', held: false });
    }
    sessions.emit(known, { type: 'transfer.finished', target, mode, agent });
    this.#lifecycle.handOver(call, agent);
    call.leg.close();
  }

  async #giveUp(call: LiveCall, transfer: OpenTransfer, type: 'transfer.failed' | 'transfer.cancelled'): Promise<void> {
    if (call.transfer !== transfer) return;
    this.#close(call, type);
    // The transfer put the customer on hold, so its end takes the customer off hold.
    if (transfer.heldForIt) await this.#inCall.hold(call, false).catch(() => undefined);
  }

  #close(call: LiveCall, type: 'transfer.failed' | 'transfer.cancelled'): void {
    const { transfer, known } = call;
    if (!transfer) return;
    delete call.transfer;
    const { target, mode, joined, leg } = transfer;
    leg?.close();
    if (joined) this.#context.sessions.participantLeft(known, participantOf(target));
    this.#context.sessions.emit(known, { type, target, mode });
  }
}

export const participantOf = ({ kind, id, label }: TransferTarget): Participant => ({
  id: `${kind === 'outside' ? 'outside' : 'agent'}-${id}`,
  kind: kind === 'outside' ? 'outside' : 'agent',
  label: label || id,
  held: false,
});
