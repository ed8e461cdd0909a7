import type { Participant, TransferTarget } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { DirectoryEntry, TargetConduct } from './directory.js';
import type { SimulatedSession } from './simulated-session.js';
import type { CallQueue } from './call-queue.js';
import type { PlatformContext } from './platform-context.js';
import { plainSession, turn } from '../telephony/sessions.js';

const answersAfter = 2000;

/** What an agent does in a connected call, but for transfers. */
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
    if (!/^[\d*#A-D,]{1,64}$/i.test(digits)) throw new TelephonyError('invalid', `"${digits}" are no keys of a phone.`);
    simulated.digits += digits;
    this.#context.save();
  }

  setRecordingPaused(sessionId: string, paused: boolean): void {
    const simulated = this.#context.connectedCall(sessionId);
    if (!simulated.record) throw new TelephonyError('not-available', `Session ${sessionId} is not recorded.`);
    if (simulated.session.recordingPaused === paused) return;
    simulated.unrecorded = turn(simulated.unrecorded, paused, this.#context.clock.now());
    this.#context.scheduler.change(simulated, { recordingPaused: paused });
    this.#context.scheduler.emit(simulated, { type: 'session.recording-paused', paused });
  }

  addParticipant(sessionId: string, target: TransferTarget): void {
    const simulated = this.#context.connectedCall(sessionId);
    checkTarget(target, this.#context.agent?.id);
    if (target.kind === 'queue') throw new TelephonyError('invalid', 'A queue cannot take part in a call.');
    if (simulated.session.participants.some(({ id }) => id === participantOf(target).id))
      throw new TelephonyError('invalid', `${target.label} takes part already.`);
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
    if (!participant) throw new TelephonyError('invalid', `${participantId} does not take part in the call.`);
    removeFromCall(this.#context, simulated, participant);
  }

  /** The others go on: with a colleague it is theirs, with an outside line nobody else's. */
  leave(sessionId: string): void {
    const { agent, clock, scheduler } = this.#context;
    const simulated = this.#context.connectedCall(sessionId);
    const others = simulated.session.participants.filter(({ kind }) => kind !== 'customer');
    if (!others.length) throw new TelephonyError('not-available', 'Nobody else takes part in the call.');
    const colleague = others.find(({ kind }) => kind === 'agent');
    const self = { id: `agent-${agent!.id}`, kind: 'agent', label: agent!.name, held: false } as const;
    scheduler.emit(simulated, { type: 'session.participant-left', participant: self });
    handOver(this.#context, this.#queue, simulated, colleague?.id.replace(/^agent-/, ''), clock.now());
  }
}

export function checkTarget({ kind, id, label }: TransferTarget, agentId: string | undefined): void {
  const refuse = (message: string): never => {
    throw new TelephonyError('invalid', message);
  };
  if (!id) refuse('The target has no id.');
  if (kind === 'agent' && id === agentId) refuse(`${label} is at the call already.`);
  if (kind === 'outside' && !/^\+[1-9]\d{6,14}$/.test(id)) refuse(`"${id}" is no number that can be dialled.`);
}

export const participantOf = ({ kind, id, label }: TransferTarget): Participant => ({
  id: `${kind === 'outside' ? 'outside' : 'agent'}-${id}`,
  kind: kind === 'outside' ? 'outside' : 'agent',
  label: label || id,
  held: false,
});

export function addToCall(
  { scheduler }: PlatformContext,
  simulated: SimulatedSession,
  target: TransferTarget,
  at: number,
): Participant {
  const participant = participantOf(target);
  scheduler.change(simulated, { participants: [...simulated.session.participants, participant] });
  scheduler.emit(simulated, { type: 'session.participant-joined', participant }, at);
  return participant;
}

export function removeFromCall(
  { scheduler }: PlatformContext,
  simulated: SimulatedSession,
  participant: Participant,
  at?: number,
): void {
  scheduler.change(simulated, {
    participants: simulated.session.participants.filter(({ id }) => id !== participant.id),
  });
  scheduler.emit(simulated, { type: 'session.participant-left', participant }, at);
}

/** Hold of the customer counts in the durations. */
export function hold(
  { scheduler, clock }: PlatformContext,
  simulated: SimulatedSession,
  held: boolean,
  { participantId = 'customer', at = clock.now() }: { participantId?: string; at?: number } = {},
): void {
  const participant = simulated.session.participants.find(({ id }) => id === participantId);
  if (!participant) throw new TelephonyError('invalid', `${participantId} does not take part in the call.`);
  if (participant.held === held) return;
  const isCustomer = participant.kind === 'customer';
  if (isCustomer) simulated.held = turn(simulated.held, held, at);
  scheduler.change(simulated, {
    ...(isCustomer && { held }),
    participants: simulated.session.participants.map((each) => (each === participant ? { ...each, held } : each)),
  });
  scheduler.emit(simulated, { type: 'session.held', held, ...(!isCustomer && { participantId }) }, at);
}

/** The agent is out of the call, and the customer stays a while; `agentId`: the colleague who has it now. */
export function handOver(
  context: PlatformContext,
  queue: CallQueue,
  simulated: SimulatedSession,
  agentId: string | undefined,
  at: number,
): void {
  const { scheduler } = context;
  simulated.place = 'elsewhere';
  simulated.handedOn = true;
  scheduler.change(simulated, { muted: false });
  if (agentId !== undefined) {
    scheduler.change(simulated, { agentId });
    scheduler.emit(
      simulated,
      { type: 'session.assigned', session: plainSession(simulated.session), agent: agentId },
      at,
    );
  }
  queue.scheduleHangUp(simulated, at);
  context.workChanged();
}

/** The path of a queue in the menu, where the directory knows it. */
export const queueOf = (target: TransferTarget, directory: readonly DirectoryEntry[]) => ({
  id: target.id,
  path: directory.find(({ kind, id }) => kind === 'queue' && id === target.id)?.path ?? [target.label],
});
