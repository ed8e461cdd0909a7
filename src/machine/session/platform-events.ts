import { durationsIn } from '../../telephony/event-parts.js';
import type { OfSession, SessionEvent, Transfer } from '../../telephony/platform-event.js';
import { isHttps } from '../../domain/https-link.js';
import type { Attachment, Durations } from '../../domain/session.js';
import type { Participant } from '../../telephony/telephony.js';
import type { SessionAct, SessionContext } from './session-context.js';

type EventOf<Type extends SessionEvent['type']> = SessionEvent & { type: Type };
type Changes = Partial<{
  [Type in SessionEvent['type']]: (context: SessionContext, event: EventOf<Type>) => Partial<SessionContext>;
}>;

const without = (participants: readonly Participant[], id: string) => participants.filter((one) => one.id !== id);

const transferOver =
  (outcome: 'finished' | 'failed' | 'cancelled') =>
  ({ transfers }: SessionContext, { target, mode, agent, at }: OfSession & Transfer): Partial<SessionContext> => ({
    transfer: undefined,
    transfers: [...transfers, { target, mode, agent, at, outcome }],
  });

/** Removes the act's failure: the act's event shows that the act has succeeded after all. */
const withoutFailureOf = (
  { actFailure }: Pick<SessionContext, 'actFailure'>,
  done: SessionAct['do'],
): Partial<SessionContext> => (actFailure?.act.do === done ? { actFailure: undefined } : {});

/** R27: all four durations, or undefined if one of them is no number. */
function allDurations(value: unknown): Durations | undefined {
  const figures = durationsIn(value);
  return Object.keys(figures).length === 4 ? (figures as Durations) : undefined;
}

/** A15, A16: only https links are shown. A file that the platform repeats is shown once. */
function withFiles(known: SessionContext['files'] = [], attachments: readonly Attachment[]): SessionContext['files'] {
  const links = attachments.flatMap(({ name, url }) => (isHttps(url) ? [{ name, url }] : []));
  return [...known, ...links.filter(({ url }) => !known.some((one) => one.url === url))];
}

const changes: Changes = {
  // The event's values win. An association that only the desktop knows stays.
  'session.created': ({ session }, event) => ({ session: { ...session, ...event.session } }),
  'session.assigned': ({ session }, event) => ({ session: { ...session, ...event.session } }),
  'session.offered': ({ session }, { session: offered, expiresAt, autoAnswerAt }) => ({
    session: { ...session, ...offered },
    ...(expiresAt ? { expiresAt } : {}),
    ...(autoAnswerAt ? { autoAnswerAt } : {}),
  }),
  'session.connected': ({ connectedAt }, { at }) => ({ connectedAt: connectedAt ?? at }),
  'session.muted': (context, { muted }) => ({ muted, ...withoutFailureOf(context, 'mute') }),
  'session.held': ({ participants, ...context }, { held, participantId }) => ({
    ...withoutFailureOf(context, 'hold'),
    // Without a `participantId`, the event is about the customer.
    ...(participantId === undefined ? { held } : {}),
    participants: participants.map((one) =>
      (participantId === undefined ? one.kind === 'customer' : one.id === participantId) ? { ...one, held } : one,
    ),
  }),
  'session.participant-joined': ({ participants, transfer }, { participant }) => ({
    participants: [...without(participants, participant.id), participant],
    ...(transfer?.mode === 'warm' && participant.kind !== 'customer'
      ? { transfer: { ...transfer, joined: true } }
      : {}),
  }),
  'session.participant-left': ({ participants, transfer }, { participant }) => ({
    participants: without(participants, participant.id),
    ...(transfer && participant.kind !== 'customer' ? { transfer: { ...transfer, joined: false } } : {}),
  }),
  'session.recording-paused': (context, { paused }) => ({
    recordingPaused: paused,
    ...withoutFailureOf(context, 'redact'),
  }),
  'session.queue-changed': ({ session }, { queue }) => ({ session: { ...session, queue } }),
  'session.message': (_, { unread }) => ({ unread }),
  'session.quality': (_, { word }) => ({ quality: word }),
  'custom-data.received': ({ customData }, { data }) => ({ customData: { ...customData, ...data } }),
  'smart-action.completed': ({ files, verified }, { attachments, verified: now = verified }) => ({
    files: withFiles(files, attachments),
    ...(now === undefined ? {} : { verified: now }),
  }),
  'session.ended': (_, { endedBy, failReason, durations }) => ({
    endedBy,
    durations: allDurations(durations),
    ...(failReason ? { failReason } : {}),
    transfer: undefined,
  }),
  'session.wrap-up': (_, { until }) => (until ? { wrapUpUntil: until } : {}),
  'session.closed': () => ({ phase: 'ended' }),
  'transfer.started': ({ participants }, { target, mode, agent }) => ({
    transfer: { target, mode, agent, joined: hasJoined(participants, target.id) },
    refusedTransfer: undefined,
  }),
  'transfer.finished': transferOver('finished'),
  'transfer.failed': (context, event) => ({ ...transferOver('failed')(context, event), refusedTransfer: event.target }),
  'transfer.cancelled': transferOver('cancelled'),
  // The notes count as saved only if they are still those that the platform has stored.
  'disposition.submitted': ({ draft, saved }, { notes, codes }) => ({
    saved: saved === true || (notes.trim() === draft.notes.trim() && codes.join() === draft.dispositions.join()),
  }),
};

type Change = (context: SessionContext, event: SessionEvent) => Partial<SessionContext>;

/**
 * The changes that each platform event makes to a session's context, apart from its phase. A repeated event makes no
 * further changes.
 */
export const changesOf = changes as Readonly<Partial<Record<SessionEvent['type'], Change>>>;

/** Whether the target has joined already. The events of a consultation may come in any order. */
const hasJoined = (participants: readonly Participant[], target: string): boolean =>
  participants.some(({ id, kind }) => kind !== 'customer' && id.endsWith(target));
