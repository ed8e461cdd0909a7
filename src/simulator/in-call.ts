import type { TransferTarget } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { TargetConduct } from './directory.js';
import { addToCall, handOver, hold, removeFromCall } from './call-changes.js';
import type { CallQueue } from './call-queue.js';
import type { PlatformContext } from './platform-context.js';
import { checkTarget, participantOf } from './transfer-target.js';
import { startOrStop } from '../telephony/sessions.js';

/** Milliseconds after which an added participant answers. */
const answersAfter = 2000;

/** The agent's actions in a connected call, except transfers. */
export class InCall {
  #context: PlatformContext;
  #queue: CallQueue;
  #conductOf: (id: string) => TargetConduct;

  constructor(context: PlatformContext, queue: CallQueue, conductOf: (id: string) => TargetConduct) {
    this.#context = context;
    this.#queue = queue;
    this.#conductOf = conductOf;
    context.scheduler.handle({
      'participant-joins': (simulated, at, { target }) => addToCall(context, simulated, target, at),
    });
  }

  setMuted(sessionId: string, muted: boolean): void {
    const simulated = this.#context.connectedCall(sessionId);
    if (simulated.session.muted === muted) return;
    this.#context.scheduler.change(simulated, { muted });
    this.#context.scheduler.emit(simulated, { type: 'session.muted', muted });
  }

  setHeld(sessionId: string, held: boolean, participantId = 'customer'): void {
    const simulated = this.#context.connectedCall(sessionId);
    if (simulated.transfer?.mode === 'warm' && participantId === 'customer' && !held)
      simulated.transfer.heldForIt = false;
    hold(this.#context, simulated, held, { participantId });
  }

  sendDigits(sessionId: string, digits: string): void {
    const simulated = this.#context.connectedCall(sessionId);
    if (!/^[\d*#A-D,]{1,64}$/i.test(digits))
      throw new TelephonyError('invalid', `"${digits}" contains characters that are not keys of a phone.`);
    simulated.digits += digits;
    this.#context.save();
  }

  setRecordingPaused(sessionId: string, paused: boolean): void {
    const simulated = this.#context.connectedCall(sessionId);
    if (!simulated.record) throw new TelephonyError('not-available', `Session ${sessionId} is not recorded.`);
    if (simulated.session.recordingPaused === paused) return;
    simulated.unrecorded = startOrStop(simulated.unrecorded, paused, this.#context.clock.now());
    this.#context.scheduler.change(simulated, { recordingPaused: paused });
    this.#context.scheduler.emit(simulated, { type: 'session.recording-paused', paused });
  }

  addParticipant(sessionId: string, target: TransferTarget): void {
    const simulated = this.#context.connectedCall(sessionId);
    checkTarget(target, this.#context.agent?.id);
    if (target.kind === 'queue') throw new TelephonyError('invalid', 'A queue cannot take part in a call.');
    if (simulated.session.participants.some(({ id }) => id === participantOf(target).id))
      throw new TelephonyError('invalid', `${target.label} is in the call already.`);
    const conduct = this.#conductOf(target.id);
    if (conduct === 'declines')
      throw new TelephonyError('not-available', `${target.label} declines.`, { failReason: 'eu_rejected' });
    if (conduct === 'answers')
      this.#context.scheduler.schedule(simulated, `joining ${target.id}`, [
        { after: answersAfter, do: 'participant-joins', target },
      ]);
  }

  removeParticipant(sessionId: string, participantId: string): void {
    const simulated = this.#context.connectedCall(sessionId);
    const participant = simulated.session.participants.find(
      ({ id, kind }) => id === participantId && kind !== 'customer',
    );
    if (!participant) throw new TelephonyError('invalid', `There is no participant ${participantId} in the call.`);
    removeFromCall(this.#context, simulated, participant);
  }

  /** Leaves the call to the other participants. A colleague among them becomes the session's agent. */
  leave(sessionId: string): void {
    const { agent, clock, scheduler } = this.#context;
    const simulated = this.#context.connectedCall(sessionId);
    const others = simulated.session.participants.filter(({ kind }) => kind !== 'customer');
    if (!others.length) throw new TelephonyError('not-available', 'There is no other participant in the call.');
    const colleague = others.find(({ kind }) => kind === 'agent');
    const self = { id: `agent-${agent!.id}`, kind: 'agent', label: agent!.name, held: false } as const;
    scheduler.emit(simulated, { type: 'session.participant-left', participant: self });
    handOver(this.#context, this.#queue, simulated, colleague?.id.replace(/^agent-/, ''), clock.now());
    // Only outside participants are left, so no agent has the session.
    if (!colleague) scheduler.change(simulated, { agentId: undefined });
  }
}
