import type { SessionEvent } from '../telephony/platform-event.js';
import type { KeeperProblem } from './keeper-problem.js';

/**
 * What the keeper does with each kind of event before its session is on a ticket.
 * `introduces`: it carries the session; `waits`: it is written once there is a ticket; `late`: it may come days after the
 * end, so the platform is asked at once; `nothing`: the record does not want it.
 */
type Role = 'introduces' | 'waits' | 'late' | 'ends' | 'nothing';

const roles: Readonly<Record<SessionEvent['type'], Role>> = {
  'session.created': 'introduces',
  'session.offered': 'introduces',
  'session.assigned': 'introduces',
  'session.abandoned': 'introduces',
  'voicemail.received': 'introduces',
  'session.connecting': 'nothing',
  'session.connected': 'nothing',
  'session.muted': 'nothing',
  'session.held': 'nothing',
  'session.missed': 'nothing',
  'session.withdrawn': 'nothing',
  'session.message': 'nothing',
  'session.quality': 'nothing',
  'session.wrap-up': 'nothing',
  'session.wrap-up-exceeded': 'nothing',
  'transfer.started': 'nothing',
  'transfer.failed': 'nothing',
  'transfer.cancelled': 'nothing',
  'transfer.finished': 'waits',
  'session.queue-changed': 'waits',
  'session.participant-joined': 'waits',
  'session.participant-left': 'waits',
  'session.recording-paused': 'waits',
  'custom-data.received': 'waits',
  'smart-action.completed': 'waits',
  'smart-action.failed': 'waits',
  'api.responded': 'waits',
  'session.ended': 'ends',
  'session.closed': 'ends',
  'recording.ready': 'late',
  'voicemail.read': 'late',
  'voicemail.closed': 'late',
  'voicemail.called-back': 'late',
  'rating.received': 'late',
  'disposition.submitted': 'late',
};

export const roleOf = ({ type }: SessionEvent): Role | undefined =>
  Object.hasOwn(roles, type) ? roles[type] : undefined;

/** What is wrong with an event, if anything; what is wrong within it shows when its rules run. */
export function problemOf(event: SessionEvent): KeeperProblem | undefined {
  const { sessionId, type } = event;
  const role = roleOf(event);
  const problem = role ? frameProblem(event, role) : 'nobody knows its type';
  return problem === undefined ? undefined : notRecorded(type, problem, sessionId);
}

export const notRecorded = (type: string, why: string, sessionId: unknown, cause?: unknown): KeeperProblem => ({
  code: Object.hasOwn(roles, type) ? 'bad-event' : 'unknown-event',
  message: `An event (${type}) was not recorded: ${why}.`,
  ...(typeof sessionId === 'string' ? { sessionId } : {}),
  ...(cause === undefined ? {} : { cause }),
});

function frameProblem({ id, at, sessionId, session }: SessionEvent & { session?: unknown }, role: Role) {
  if (typeof id !== 'string' || id === '') return 'it has no id';
  if (typeof sessionId !== 'string' || sessionId === '') return 'it names no session';
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return 'its time is not a time';
  const named = (session as { id?: unknown } | null | undefined)?.id;
  if (role === 'introduces' && named !== sessionId) return 'it does not carry its session';
  return undefined;
}

export const tooMany = ({ sessionId, type }: SessionEvent): KeeperProblem => ({
  code: 'too-many-events',
  message: `An event (${type}) was not recorded: too many of session ${sessionId} wait already.`,
  sessionId,
});
