import type { TransferTarget } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { Conversations } from './conversations.js';
import type { DirectoryEntry, TargetConduct } from './directory.js';
import { addToCall, handOver, hold, removeFromCall } from './call-changes.js';
import { isChatSession, type OpenTransfer, type SimulatedSession } from './simulated-session.js';
import type { AnyStep } from './steps.js';
import { checkTarget, participantOf, queueOf } from './transfer-target.js';
import type { CallQueue } from './call-queue.js';
import type { PlatformContext } from './platform-context.js';

/** The steps by which a transfer's target answers or refuses. */
const targetSteps: Readonly<Record<TargetConduct, readonly AnyStep[]>> = {
  answers: [{ after: 2000, do: 'target-answers' }],
  declines: [{ after: 2000, do: 'target-refuses' }],
  'no-answer': [{ after: 15_000, do: 'target-refuses' }],
  'never-answers': [],
};
/** Milliseconds after which a colleague takes a session that was transferred to a queue. */
const queueTakesAfter = 3000;

/** Transfers a call to an agent, a queue or an outside number: cold at once, warm after a consultation. */
export class Transfers {
  #context: PlatformContext;
  #queue: CallQueue;
  #directory: readonly DirectoryEntry[];
  #conductOf: (id: string) => TargetConduct;
  #conversations: Conversations;

  constructor(
    context: PlatformContext,
    queue: CallQueue,
    directory: readonly DirectoryEntry[],
    conductOf: (id: string) => TargetConduct,
    conversations: Conversations,
  ) {
    this.#context = context;
    this.#queue = queue;
    this.#directory = directory;
    this.#conductOf = conductOf;
    this.#conversations = conversations;
    context.scheduler.handle({
      'target-answers': (simulated, at) => this.#targetAnswered(simulated, at),
      'target-refuses': (simulated, at) => this.#giveUp(simulated, 'transfer.failed', at),
    });
  }

  begin(sessionId: string, target: TransferTarget, mode: 'warm' | 'cold'): void {
    const { agent, scheduler } = this.#context;
    const simulated = this.#context.connectedSession(sessionId);
    if (isChatSession(simulated) && (mode === 'warm' || target.kind === 'outside'))
      throw new TelephonyError('invalid', 'A chat goes to a queue or an agent, without a consultation.');
    checkTarget(target, agent?.id);
    if (simulated.transfer) throw new TelephonyError('not-available', 'A transfer is in progress already.');
    const heldForIt = mode === 'warm' && !simulated.session.held;
    simulated.transfer = { target, mode, joined: false, heldForIt };
    if (heldForIt) hold(this.#context, simulated, true);
    scheduler.emit(simulated, { type: 'transfer.started', target, mode });
    scheduler.schedule(simulated, 'transfer', targetSteps[this.#conductOf(target.id)]);
  }

  complete(sessionId: string): void {
    const { simulated, transfer } = this.#openTransfer(sessionId);
    if (!transfer.joined) throw new TelephonyError('not-available', `${transfer.target.label} has not answered yet.`);
    this.#finish(simulated, transfer, this.#context.clock.now());
  }

  cancel(sessionId: string): void {
    const { simulated } = this.#openTransfer(sessionId);
    this.#giveUp(simulated, 'transfer.cancelled', this.#context.clock.now());
  }

  #openTransfer(sessionId: string): { simulated: SimulatedSession; transfer: OpenTransfer } {
    const simulated = this.#context.connectedSession(sessionId);
    if (!simulated.transfer) throw new TelephonyError('not-available', 'No transfer is in progress.');
    return { simulated, transfer: simulated.transfer };
  }

  #targetAnswered(simulated: SimulatedSession, at: number): void {
    const { transfer } = simulated;
    if (!transfer) return;
    if (transfer.mode === 'cold') return this.#finish(simulated, transfer, at);
    const answerer = this.#answererOf(transfer.target);
    if (answerer.kind === 'agent') transfer.agent = answerer.id;
    transfer.joined = true;
    addToCall(this.#context, simulated, answerer, at);
  }

  /** Who answers for the target. For a queue it is a colleague, if the directory has one. */
  #answererOf(target: TransferTarget): TransferTarget {
    if (target.kind !== 'queue') return target;
    const { colleague } = this.#queue;
    return colleague ? { kind: 'agent', id: colleague.id, label: colleague.label } : { ...target, kind: 'outside' };
  }

  #finish(simulated: SimulatedSession, { target, mode, agent, joined }: OpenTransfer, at: number): void {
    const { scheduler } = this.#context;
    delete simulated.transfer;
    const takenBy = target.kind === 'agent' ? target.id : agent;
    if (target.kind === 'queue') {
      const queue = queueOf(target, this.#directory);
      scheduler.change(simulated, { queue: { ...queue } });
      scheduler.emit(simulated, { type: 'session.queue-changed', queue }, at);
    }
    if (simulated.session.held) hold(this.#context, simulated, false, { at });
    if (isChatSession(simulated)) this.#conversations.say(simulated, `Transferred to ${target.label}`, at);
    scheduler.emit(simulated, { type: 'transfer.finished', target, mode, agent: takenBy }, at);
    if (target.kind === 'queue' && !joined) {
      // The session waits in the queue without an agent until a colleague takes it.
      simulated.place = 'elsewhere';
      simulated.handedOn = true;
      scheduler.change(simulated, { agentId: undefined, muted: false });
      scheduler.schedule(simulated, 'transfer', [{ after: queueTakesAfter, do: 'colleague-takes' }], at);
      return this.#context.workChanged();
    }
    handOver(this.#context, this.#queue, simulated, takenBy, at);
  }

  #giveUp(simulated: SimulatedSession, type: 'transfer.failed' | 'transfer.cancelled', at: number): void {
    if (!simulated.transfer) return;
    const { target, mode, heldForIt, joined } = simulated.transfer;
    delete simulated.transfer;
    this.#context.scheduler.cancel(simulated, 'transfer');
    if (joined) removeFromCall(this.#context, simulated, participantOf(this.#answererOf(target)), at);
    this.#context.scheduler.emit(simulated, { type, target, mode }, at);
    // The transfer put the customer on hold, so its end takes the customer off hold.
    if (heldForIt) hold(this.#context, simulated, false, { at });
  }
}
