import type { Durations } from '../domain/session.js';
import type { SessionContext } from '../machine/session/session-context.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { plainSession } from '../telephony/sessions.js';
import type { ActiveSession, Participant, SessionPhase } from '../telephony/telephony.js';

const phases: readonly SessionPhase[] = ['offered', 'assigned', 'connecting', 'connected', 'wrap-up', 'ended'];

/** The steps of a session, in order. */
const progressOrder = [
  'nothing',
  'offered',
  'created',
  'connecting',
  'connected',
  'ended',
  'wrap-up',
  'closed',
] as const;
export type Progress = (typeof progressOrder)[number];

export const isBefore = (one: Progress, other: Progress): boolean =>
  progressOrder.indexOf(one) < progressOrder.indexOf(other);

/** The parts of a connected call that events can change. */
export type Shown = Pick<SessionContext, 'muted' | 'held' | 'recordingPaused' | 'participants'>;

/** A session as the platform describes it, and as the received events describe it. */
export interface Gap {
  /** The platform's description. */
  session: ActiveSession;
  /** The last step that an event has reported. */
  progress: Progress;
  shown: Shown | undefined;
  /**
   * The number of state changes so far. It is part of a missed event's id, so that a later change has another id.
   */
  count: number;
  key: string;
  owner: string;
  agentId: string;
  /** The platform has said before that this agent has the session. */
  wasOurs?: true;
  now: string;
  /** If the session is over: its durations, as far as they are known. */
  durations?: Partial<Durations>;
}

/** Whether the session has ended and its end was missed. */
export const lacksEnd = ({ session: { phase }, progress }: Pick<Gap, 'session' | 'progress'>): boolean =>
  phases.indexOf(phase) >= phases.indexOf('wrap-up') && isBefore(progress, 'ended');

/**
 * The missed events, after which the session is as the platform describes it. Their ids are derived, so that an event
 * that is emitted twice has the effect of one.
 */
export function missedEvents(gap: Gap): SessionEvent[] {
  if (gap.progress === 'offered') return missedOffer(gap);
  return missedHandOver(gap) ?? [...missedSteps(gap), ...missedStateChanges(gap)];
}

const eventOf = <T>({ session: { id }, now, owner }: Gap, type: string, more: T) => ({
  id: `missed:${id}:${type}`,
  at: now,
  owner,
  sessionId: id,
  ...more,
});

/** The missed events of a session that rang here: the agent has answered it, or it is gone. */
function missedOffer(gap: Gap): SessionEvent[] {
  const { session, agentId } = gap;
  if (session.phase === 'offered') return [];
  const isOurs = session.agentId === agentId && session.phase !== 'ended';
  if (!isOurs) return [eventOf(gap, 'withdrawn', { type: 'session.withdrawn' as const })];
  const assigned = { type: 'session.assigned' as const, session: plainSession(session), agent: agentId };
  return [eventOf(gap, 'assigned', assigned), ...missedSteps({ ...gap, progress: 'created' })];
}

/** R13, R31: another agent has the session, or the agent has left the others to themselves. */
function missedHandOver(gap: Gap): SessionEvent[] | undefined {
  const { session, progress, agentId, wasOurs, count } = gap;
  const { agentId: agent, phase } = session;
  if (agent === agentId || isBefore(progress, 'created')) return undefined;
  if (agent !== undefined) {
    const assigned = { type: 'session.assigned' as const, session: plainSession(session), agent };
    return [eventOf(gap, `assigned ${agent}:${count}`, assigned)];
  }
  // Some platforms never say who has a session.
  if (!wasOurs || phase !== 'connected') return undefined;
  const participant = { id: `agent-${agentId}`, kind: 'agent' as const, label: '', held: false };
  return [eventOf(gap, `left:${count}`, { type: 'session.participant-left' as const, participant })];
}

function missedSteps(gap: Gap): SessionEvent[] {
  const { session, progress, key, durations } = gap;
  const lacks = (step: Progress) => isBefore(progress, step);
  const missed: SessionEvent[] = [];
  if (lacks('created'))
    missed.push(eventOf(gap, 'created', { type: 'session.created' as const, session: plainSession(session), key }));
  if (lacks('connected') && session.connectedAt !== undefined)
    missed.push({ ...eventOf(gap, 'connected', { type: 'session.connected' as const }), at: session.connectedAt });
  if (lacksEnd(gap)) {
    // R27: the platform's description does not say who ended the session. Unmeasured durations are left out.
    const ended = { type: 'session.ended' as const, durations, connected: session.connectedAt !== undefined };
    missed.push({ ...eventOf(gap, 'ended', ended), at: endOf(gap) } as SessionEvent);
  }
  if (session.phase === 'wrap-up' && lacks('wrap-up'))
    missed.push(eventOf(gap, 'wrap-up', { type: 'session.wrap-up' as const }));
  if (session.phase === 'ended') missed.push(eventOf(gap, 'closed', { type: 'session.closed' as const }));
  return missed;
}

/** When the session ended according to the platform, and never later than now. */
function endOf({ session: { since }, now }: Gap): string {
  return Date.parse(since) < Date.parse(now) ? since : now;
}

/** The missed changes of a connected call: mute, hold, the recording, the participants. */
function missedStateChanges(gap: Gap): SessionEvent[] {
  const { session, shown, count } = gap;
  if (!shown || session.phase !== 'connected') return [];
  const changeEvent = <T>(what: string, more: T) => eventOf(gap, `${what}:${count}`, more);
  const missed: SessionEvent[] = [];
  const { muted, held, recordingPaused: paused } = session;
  if (muted !== shown.muted) missed.push(changeEvent(`muted ${muted}`, { type: 'session.muted' as const, muted }));
  if (held !== shown.held) missed.push(changeEvent(`held ${held}`, { type: 'session.held' as const, held }));
  if (paused !== shown.recordingPaused)
    missed.push(changeEvent(`paused ${paused}`, { type: 'session.recording-paused' as const, paused }));
  const presentNow = others(session);
  const presentBefore = others(shown);
  for (const participant of presentBefore.filter(({ id }) => !presentNow.some((one) => one.id === id)))
    missed.push(changeEvent(`left ${participant.id}`, { type: 'session.participant-left' as const, participant }));
  for (const participant of presentNow) {
    const before = presentBefore.find(({ id }) => id === participant.id);
    const { id: participantId, held: on } = participant;
    if (!before)
      missed.push(changeEvent(`joined ${participantId}`, { type: 'session.participant-joined', participant }));
    else if (before.held !== on)
      missed.push(
        changeEvent(`held ${on} ${participantId}`, { type: 'session.held' as const, held: on, participantId }),
      );
  }
  return missed;
}

const others = ({ participants }: { participants: readonly Participant[] }): readonly Participant[] =>
  participants.filter(({ kind }) => kind !== 'customer');

/** Whether the event changes a part of `Shown`. */
export const isStateChange = ({ type }: SessionEvent): boolean =>
  ['muted', 'held', 'recording-paused', 'participant-joined', 'participant-left'].includes(
    type.slice('session.'.length),
  );

/**
 * R28: the subject of the event (a participant or the recording) and its new state. They show that a late event repeats
 * an emitted one, which must not be recorded a second time.
 */
export function stateChangeOf(event: SessionEvent): { of: string; is: string } | undefined {
  switch (event.type) {
    case 'session.participant-joined':
    case 'session.participant-left':
      return { of: event.participant.id, is: event.type };
    case 'session.recording-paused':
      return { of: 'recording', is: `${event.paused}` };
    default:
      return undefined;
  }
}
