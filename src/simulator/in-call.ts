import type { Participant, TransferTarget } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { DirectoryEntry, TargetConduct } from './directory.js';
import type { SimulatedSession } from './simulated-session.js';
import type { WaitingLine } from './waiting-line.js';
import type { World } from './world.js';
import { plainSession, turn } from '../telephony/sessions.js';

const answersAfter = 2000;

/** What an agent does in a connected call, but for transfers. */
export class InCall {
  #world: World;
  #line: WaitingLine;
  #conductOf: (id: string) => TargetConduct;

  constructor(world: World, line: WaitingLine, conductOf: (id: string) => TargetConduct) {
    this.#world = world;
    this.#line = line;
    this.#conductOf = conductOf;
    world.desk.react({ 'participant-joins': (one, at, { target }) => joined(world, one, target, at) });
  }

  setMuted(sessionId: string, muted: boolean): void {
    const one = this.#world.connectedCall(sessionId);
    if (one.session.muted === muted) return;
    this.#world.desk.change(one, { muted });
    this.#world.desk.say(one, { type: 'session.muted', muted });
  }

  setHeld(sessionId: string, held: boolean, participantId = 'customer'): void {
    const one = this.#world.connectedCall(sessionId);
    if (one.transfer?.mode === 'warm' && participantId === 'customer' && !held) one.transfer.heldForIt = false;
    hold(this.#world, one, held, { participantId });
  }

  sendDigits(sessionId: string, digits: string): void {
    const one = this.#world.connectedCall(sessionId);
    if (!/^[\d*#A-D,]{1,64}$/i.test(digits)) throw new TelephonyError('invalid', `"${digits}" are no keys of a phone.`);
    one.digits += digits;
    this.#world.save();
  }

  setRecordingPaused(sessionId: string, paused: boolean): void {
    const one = this.#world.connectedCall(sessionId);
    if (!one.record) throw new TelephonyError('not-available', `Session ${sessionId} is not recorded.`);
    if (one.session.recordingPaused === paused) return;
    one.unrecorded = turn(one.unrecorded, paused, this.#world.clock.now());
    this.#world.desk.change(one, { recordingPaused: paused });
    this.#world.desk.say(one, { type: 'session.recording-paused', paused });
  }

  addParticipant(sessionId: string, target: TransferTarget): void {
    const one = this.#world.connectedCall(sessionId);
    checkTarget(target, this.#world.agent?.id);
    if (target.kind === 'queue') throw new TelephonyError('invalid', 'A queue cannot take part in a call.');
    if (one.session.participants.some(({ id }) => id === participantOf(target).id))
      throw new TelephonyError('invalid', `${target.label} takes part already.`);
    const conduct = this.#conductOf(target.id);
    if (conduct === 'declines')
      throw new TelephonyError('not-available', `${target.label} declines.`, { failReason: 'eu_rejected' });
    if (conduct === 'answers')
      this.#world.desk.play(one, `joining ${target.id}`, [{ after: answersAfter, do: 'participant-joins', target }]);
  }

  removeParticipant(sessionId: string, participantId: string): void {
    const one = this.#world.connectedCall(sessionId);
    const participant = one.session.participants.find(({ id, kind }) => id === participantId && kind !== 'customer');
    if (!participant) throw new TelephonyError('invalid', `${participantId} does not take part in the call.`);
    left(this.#world, one, participant);
  }

  /** The others go on: with a colleague it is theirs, with an outside line nobody else's. */
  leave(sessionId: string): void {
    const { agent, clock, desk } = this.#world;
    const one = this.#world.connectedCall(sessionId);
    const others = one.session.participants.filter(({ kind }) => kind !== 'customer');
    if (!others.length) throw new TelephonyError('not-available', 'Nobody else takes part in the call.');
    const colleague = others.find(({ kind }) => kind === 'agent');
    const self = { id: `agent-${agent!.id}`, kind: 'agent', label: agent!.name, held: false } as const;
    desk.say(one, { type: 'session.participant-left', participant: self });
    handOver(this.#world, this.#line, one, colleague?.id.replace(/^agent-/, ''), clock.now());
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

export function joined({ desk }: World, one: SimulatedSession, target: TransferTarget, at: number): Participant {
  const participant = participantOf(target);
  desk.change(one, { participants: [...one.session.participants, participant] });
  desk.say(one, { type: 'session.participant-joined', participant }, at);
  return participant;
}

export function left({ desk }: World, one: SimulatedSession, participant: Participant, at?: number): void {
  desk.change(one, { participants: one.session.participants.filter(({ id }) => id !== participant.id) });
  desk.say(one, { type: 'session.participant-left', participant }, at);
}

/** Hold of the customer counts in the durations. */
export function hold(
  { desk, clock }: World,
  one: SimulatedSession,
  held: boolean,
  { participantId = 'customer', at = clock.now() }: { participantId?: string; at?: number } = {},
): void {
  const participant = one.session.participants.find(({ id }) => id === participantId);
  if (!participant) throw new TelephonyError('invalid', `${participantId} does not take part in the call.`);
  if (participant.held === held) return;
  const isCustomer = participant.kind === 'customer';
  if (isCustomer) one.held = turn(one.held, held, at);
  desk.change(one, {
    ...(isCustomer && { held }),
    participants: one.session.participants.map((each) => (each === participant ? { ...each, held } : each)),
  });
  desk.say(one, { type: 'session.held', held, ...(!isCustomer && { participantId }) }, at);
}

/** The agent is out of the call, and the customer stays a while; `agentId`: the colleague who has it now. */
export function handOver(
  world: World,
  line: WaitingLine,
  one: SimulatedSession,
  agentId: string | undefined,
  at: number,
): void {
  const { desk } = world;
  one.place = 'elsewhere';
  one.handedOn = true;
  desk.change(one, { muted: false });
  if (agentId !== undefined) {
    desk.change(one, { agentId });
    desk.say(one, { type: 'session.assigned', session: plainSession(one.session), agent: agentId }, at);
  }
  line.stayForAWhile(one, at);
  world.settle();
}

/** The path of a queue in the menu, where the directory knows it. */
export const queueOf = (target: TransferTarget, directory: readonly DirectoryEntry[]) => ({
  id: target.id,
  path: directory.find(({ kind, id }) => kind === 'queue' && id === target.id)?.path ?? [target.label],
});
