import type { TransferTarget } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { DirectoryEntry, TargetConduct } from './directory.js';
import { checkTarget, handOver, hold, joined, left, participantOf, queueOf } from './in-call.js';
import type { OpenTransfer, SimulatedSession } from './simulated-session.js';
import type { AnyStep } from './steps.js';
import type { WaitingLine } from './waiting-line.js';
import type { World } from './world.js';

/** How the other side takes it, and after how long. */
const steps: Readonly<Record<TargetConduct, readonly AnyStep[]>> = {
  answers: [{ after: 2000, do: 'target-answers' }],
  declines: [{ after: 2000, do: 'target-refuses' }],
  'no-answer': [{ after: 15_000, do: 'target-refuses' }],
  'never-answers': [],
};
const queueTakesAfter = 3000;

/** Transfers to an agent, a queue or an outside line: cold at once, warm after a consultation. */
export class Transfers {
  #world: World;
  #line: WaitingLine;
  #directory: readonly DirectoryEntry[];
  #conductOf: (id: string) => TargetConduct;

  constructor(
    world: World,
    line: WaitingLine,
    directory: readonly DirectoryEntry[],
    conductOf: (id: string) => TargetConduct,
  ) {
    this.#world = world;
    this.#line = line;
    this.#directory = directory;
    this.#conductOf = conductOf;
    world.desk.react({
      'target-answers': (one, at) => this.#answered(one, at),
      'target-refuses': (one, at) => this.#giveUp(one, 'transfer.failed', at),
    });
  }

  begin(sessionId: string, target: TransferTarget, mode: 'warm' | 'cold'): void {
    const { agent, desk } = this.#world;
    const one = this.#world.connectedCall(sessionId);
    checkTarget(target, agent?.id);
    if (one.transfer) throw new TelephonyError('not-available', 'A transfer is under way already.');
    const heldForIt = mode === 'warm' && !one.session.held;
    one.transfer = { target, mode, joined: false, heldForIt };
    if (heldForIt) hold(this.#world, one, true);
    desk.say(one, { type: 'transfer.started', target, mode });
    desk.play(one, 'transfer', steps[this.#conductOf(target.id)]);
  }

  complete(sessionId: string): void {
    const { one, transfer } = this.#open(sessionId);
    if (!transfer.joined) throw new TelephonyError('not-available', `${transfer.target.label} has not answered yet.`);
    this.#finish(one, transfer, this.#world.clock.now());
  }

  cancel(sessionId: string): void {
    const { one } = this.#open(sessionId);
    this.#giveUp(one, 'transfer.cancelled', this.#world.clock.now());
  }

  #open(sessionId: string): { one: SimulatedSession; transfer: OpenTransfer } {
    const one = this.#world.connectedCall(sessionId);
    if (!one.transfer) throw new TelephonyError('not-available', 'No transfer is under way.');
    return { one, transfer: one.transfer };
  }

  #answered(one: SimulatedSession, at: number): void {
    const { transfer } = one;
    if (!transfer) return;
    if (transfer.mode === 'cold') return this.#finish(one, transfer, at);
    const side = this.#sideOf(transfer.target);
    if (side.kind === 'agent') transfer.agent = side.id;
    transfer.joined = true;
    joined(this.#world, one, side, at);
  }

  /** Who speaks for a target: a colleague for their queue. */
  #sideOf(target: TransferTarget): TransferTarget {
    if (target.kind !== 'queue') return target;
    const { colleague } = this.#line;
    return colleague ? { kind: 'agent', id: colleague.id, label: colleague.label } : { ...target, kind: 'outside' };
  }

  #finish(one: SimulatedSession, { target, mode, agent, joined: hasJoined }: OpenTransfer, at: number): void {
    const { desk } = this.#world;
    delete one.transfer;
    const takenBy = target.kind === 'agent' ? target.id : agent;
    if (target.kind === 'queue') {
      const queue = queueOf(target, this.#directory);
      desk.change(one, { queue: { ...queue } });
      desk.say(one, { type: 'session.queue-changed', queue }, at);
    }
    if (one.session.held) hold(this.#world, one, false, { at });
    desk.say(one, { type: 'transfer.finished', target, mode, ...(takenBy && { agent: takenBy }) }, at);
    if (target.kind === 'queue' && !hasJoined) {
      // It waits there without an agent, and its next one is not this one.
      one.place = 'elsewhere';
      one.handedOn = true;
      desk.change(one, { agentId: undefined, muted: false });
      desk.play(one, 'transfer', [{ after: queueTakesAfter, do: 'colleague-takes' }], at);
      return this.#world.settle();
    }
    handOver(this.#world, this.#line, one, takenBy, at);
  }

  #giveUp(one: SimulatedSession, type: 'transfer.failed' | 'transfer.cancelled', at: number): void {
    if (!one.transfer) return;
    const { target, mode, heldForIt, joined: hasJoined } = one.transfer;
    delete one.transfer;
    this.#world.desk.cancel(one, 'transfer');
    if (hasJoined) left(this.#world, one, participantOf(this.#sideOf(target)), at);
    this.#world.desk.say(one, { type, target, mode }, at);
    // A consultation that is over leaves nobody on hold.
    if (heldForIt) hold(this.#world, one, false, { at });
  }
}
