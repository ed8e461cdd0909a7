import { TelephonyError } from '../telephony/telephony-error.js';
import type { Participant, TransferTarget } from '../telephony/telephony.js';
import type { Course } from './course.js';
import type { InCall } from './in-call.js';
import type { Leg } from './leg.js';
import type { LiveCall, OpenTransfer } from './live-call.js';
import type { Peers } from './peers.js';
import { refer } from './refer.js';
import type { World } from './world.js';

/** Transfers: cold by REFER, warm by REFER with Replaces after a consultation. */
export class Transfers {
  #world: World;
  #course: Course;
  #inCall: InCall;
  #attendAside: Peers['attendAside'];

  constructor(world: World, course: Course, inCall: InCall, attendAside: Peers['attendAside']) {
    this.#attendAside = attendAside;
    this.#world = world;
    this.#course = course;
    this.#inCall = inCall;
    course.atEnd.add((call) => this.#over(call, 'transfer.failed'));
  }

  async begin(sessionId: string, target: TransferTarget, mode: 'warm' | 'cold'): Promise<void> {
    const call = this.#world.changeableCall(sessionId);
    const address = this.#world.addresses.ofTarget(target);
    if (call.transfer || call.others.size)
      throw new TelephonyError('not-available', 'Somebody is being added to the call already.');
    const transfer: OpenTransfer = { target, mode, joined: false, heldForIt: false };
    call.transfer = transfer;
    this.#world.book.say(call.one, { type: 'transfer.started', target, mode });
    if (mode === 'cold') return this.#refer(call, transfer, address);
    try {
      transfer.heldForIt = !call.one.session.held;
      await this.#inCall.hold(call, true);
      if (call.transfer === transfer) await this.#consult(call, transfer, address);
    } catch (error) {
      await this.#giveUp(call, transfer, 'transfer.failed');
      throw error;
    }
  }

  complete(sessionId: string): void {
    const { call, transfer } = this.#open(sessionId);
    if (!transfer.joined || !transfer.leg)
      throw new TelephonyError('not-available', `${transfer.target.label} has not answered yet.`);
    this.#refer(call, transfer, this.#world.addresses.ofTarget(transfer.target));
  }

  async cancel(sessionId: string): Promise<void> {
    const { call, transfer } = this.#open(sessionId);
    await this.#giveUp(call, transfer, 'transfer.cancelled');
  }

  #open(sessionId: string): { call: LiveCall; transfer: OpenTransfer } {
    const call = this.#world.changeableCall(sessionId);
    if (!call.transfer) throw new TelephonyError('not-available', 'No transfer is under way.');
    return { call, transfer: call.transfer };
  }

  async #consult(call: LiveCall, transfer: OpenTransfer, address: string): Promise<void> {
    const leg = await this.#world.placeBeside(call, transfer.target, address);
    if (call.transfer !== transfer) return leg.close();
    transfer.leg = leg;
    leg.muted = call.one.session.muted;
    leg.on('confirmed', () => {
      if (call.transfer !== transfer) return;
      transfer.joined = true;
      this.#world.book.joins(call.one, participantOf(transfer.target));
    });
    this.#watch(call, transfer, leg);
  }

  #watch(call: LiveCall, transfer: OpenTransfer, leg: Leg): void {
    const gone = (): void => void (transfer.leg === leg && this.#giveUp(call, transfer, 'transfer.failed'));
    leg.on('ended', gone);
    this.#attendAside(leg, (next) => {
      transfer.leg = next;
      next.muted = call.one.session.muted;
      this.#watch(call, transfer, next);
    });
    if (leg.end) gone();
  }

  /** From here on the other side acts; how it goes is told by events. */
  #refer(call: LiveCall, transfer: OpenTransfer, address: string): void {
    const consultation = transfer.leg;
    // Its end is part of the transfer now.
    delete transfer.leg;
    refer(call.leg, address, this.#world.timers, consultation)
      .then(
        () => void (call.transfer === transfer && this.#finish(call, transfer)),
        () => void this.#giveUp(call, transfer, 'transfer.failed'),
      )
      .finally(() => consultation?.close());
  }

  #finish(call: LiveCall, { target, mode }: OpenTransfer): void {
    const { book, options } = this.#world;
    const { one } = call;
    delete call.transfer;
    const agent = target.kind === 'agent' ? target.id : undefined;
    if (target.kind === 'queue') {
      const { path = [target.label] } = options.queues?.find(({ id }) => id === target.id) ?? {};
      book.change(one, { queue: { id: target.id, path } });
      book.say(one, { type: 'session.queue-changed', queue: { id: target.id, path } });
    }
    if (one.session.held) {
      book.change(one, { held: false });
      book.say(one, { type: 'session.held', held: false });
    }
    book.say(one, { type: 'transfer.finished', target, mode, ...(agent !== undefined && { agent }) });
    this.#course.handOver(call, agent);
    call.leg.close();
  }

  async #giveUp(call: LiveCall, transfer: OpenTransfer, type: 'transfer.failed' | 'transfer.cancelled'): Promise<void> {
    if (call.transfer !== transfer) return;
    this.#over(call, type);
    // A consultation that is over leaves nobody on hold.
    if (transfer.heldForIt) await this.#inCall.hold(call, false).catch(() => undefined);
  }

  #over(call: LiveCall, type: 'transfer.failed' | 'transfer.cancelled'): void {
    const { transfer, one } = call;
    if (!transfer) return;
    delete call.transfer;
    const { target, mode, joined, leg } = transfer;
    leg?.close();
    if (joined) this.#world.book.leaves(one, participantOf(target));
    this.#world.book.say(one, { type, target, mode });
  }
}

export const participantOf = ({ kind, id, label }: TransferTarget): Participant => ({
  id: `${kind === 'outside' ? 'outside' : 'agent'}-${id}`,
  kind: kind === 'outside' ? 'outside' : 'agent',
  label: label || id,
  held: false,
});
