import type { Durations } from '../domain/session.js';
import type { SessionContext } from '../machine/session/session-context.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { plainSession } from '../telephony/sessions.js';
import type { ActiveSession, Participant, SessionPhase } from '../telephony/telephony.js';

const phases: readonly SessionPhase[] = ['offered', 'assigned', 'connecting', 'connected', 'wrap-up', 'ended'];

/** What has been heard of a session so far. */
const heardOrder = ['nothing', 'offered', 'created', 'connecting', 'connected', 'ended', 'wrap-up', 'closed'] as const;
export type Heard = (typeof heardOrder)[number];

export const isBefore = (one: Heard, other: Heard): boolean => heardOrder.indexOf(one) < heardOrder.indexOf(other);

/** What the screen shows of a call that is on. */
export type Shown = Pick<SessionContext, 'muted' | 'held' | 'recordingPaused' | 'participants'>;

export interface Gap {
  /** What the platform says. */
  session: ActiveSession;
  heard: Heard;
  shown: Shown | undefined;
  /** How many moments have come: what is missed after the next one is another thing. */
  count: number;
  key: string;
  owner: string;
  agentId: string;
  now: string;
  /** Of a session that is over: what is known of them. */
  durations?: Partial<Durations>;
}

/** Whether its end is part of the gap. */
export const lacksEnd = ({ session: { phase }, heard }: Pick<Gap, 'session' | 'heard'>): boolean =>
  phases.indexOf(phase) >= phases.indexOf('wrap-up') && isBefore(heard, 'ended');

/** The events that must have been, for the platform's session to be what it is. Their ids are derived: twice is once. */
export function missedEvents(gap: Gap): SessionEvent[] {
  return gap.heard === 'offered' ? missedOffer(gap) : [...missedSteps(gap), ...missedMoments(gap)];
}

const eventOf = <T>({ session: { id }, now, owner }: Gap, type: string, more: T) => ({
  id: `missed:${id}:${type}`,
  at: now,
  owner,
  sessionId: id,
  ...more,
});

/** It rang here: it was answered, or is gone. */
function missedOffer(gap: Gap): SessionEvent[] {
  const { session, agentId } = gap;
  if (session.phase === 'offered') return [];
  const isOurs = session.agentId === agentId && session.phase !== 'ended';
  if (!isOurs) return [eventOf(gap, 'withdrawn', { type: 'session.withdrawn' as const })];
  const assigned = { type: 'session.assigned' as const, session: plainSession(session), agent: agentId };
  return [eventOf(gap, 'assigned', assigned), ...missedSteps({ ...gap, heard: 'created' })];
}

function missedSteps(gap: Gap): SessionEvent[] {
  const { session, heard, key, durations } = gap;
  const lacks = (what: Heard) => isBefore(heard, what);
  const missed: SessionEvent[] = [];
  if (lacks('created'))
    missed.push(eventOf(gap, 'created', { type: 'session.created' as const, session: plainSession(session), key }));
  if (lacks('connected') && session.connectedAt !== undefined)
    missed.push({ ...eventOf(gap, 'connected', { type: 'session.connected' as const }), at: session.connectedAt });
  if (lacksEnd(gap)) {
    // R27: the platform's picture does not tell who ended it, and what nobody has measured is left out.
    const told = { type: 'session.ended' as const, durations, connected: session.connectedAt !== undefined };
    missed.push({ ...eventOf(gap, 'ended', told), at: endOf(gap) } as SessionEvent);
  }
  if (session.phase === 'wrap-up' && lacks('wrap-up'))
    missed.push(eventOf(gap, 'wrap-up', { type: 'session.wrap-up' as const }));
  if (session.phase === 'ended') missed.push(eventOf(gap, 'closed', { type: 'session.closed' as const }));
  return missed;
}

/** Since when it is over, for the platform; it is not over later than now. */
function endOf({ session: { since }, now }: Gap): string {
  return Date.parse(since) < Date.parse(now) ? since : now;
}

/** What is switched on or off during a call, and who is in it. */
function missedMoments(gap: Gap): SessionEvent[] {
  const { session, shown, count } = gap;
  if (!shown || session.phase !== 'connected') return [];
  const moment = <T>(what: string, more: T) => eventOf(gap, `${what}:${count}`, more);
  const missed: SessionEvent[] = [];
  const { muted, held, recordingPaused: paused } = session;
  if (muted !== shown.muted) missed.push(moment(`muted ${muted}`, { type: 'session.muted' as const, muted }));
  if (held !== shown.held) missed.push(moment(`held ${held}`, { type: 'session.held' as const, held }));
  if (paused !== shown.recordingPaused)
    missed.push(moment(`paused ${paused}`, { type: 'session.recording-paused' as const, paused }));
  const isThere = others(session);
  const wasThere = others(shown);
  for (const participant of wasThere.filter(({ id }) => !isThere.some((one) => one.id === id)))
    missed.push(moment(`left ${participant.id}`, { type: 'session.participant-left' as const, participant }));
  for (const participant of isThere) {
    const before = wasThere.find(({ id }) => id === participant.id);
    const { id: participantId, held: on } = participant;
    if (!before) missed.push(moment(`joined ${participantId}`, { type: 'session.participant-joined', participant }));
    else if (before.held !== on)
      missed.push(moment(`held ${on} ${participantId}`, { type: 'session.held' as const, held: on, participantId }));
  }
  return missed;
}

const others = ({ participants }: { participants: readonly Participant[] }): readonly Participant[] =>
  participants.filter(({ kind }) => kind !== 'customer');

/** It changes what `Shown` is. */
export const isMoment = ({ type }: SessionEvent): boolean =>
  ['muted', 'held', 'recording-paused', 'participant-joined', 'participant-left'].includes(
    type.slice('session.'.length),
  );

/** R28: what an event says of a participant or of the recording; what was told as missed is not written again. */
export function momentOf(event: SessionEvent): { of: string; is: string } | undefined {
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
