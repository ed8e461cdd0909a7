import type { Page } from '../domain/contact.js';
import type { Clock } from '../environment/environment.js';
import { isChat } from '../domain/session.js';
import { outcomeOf } from '../domain/outcome.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { ListOptions, SessionSummary, TransferTarget } from '../telephony/telephony.js';
import type { KnownSession } from './known-session.js';
import type { SipOptions } from './options.js';
import { durationsOf, plainSession } from '../telephony/sessions.js';

const pageSize = 50;

export function pageOf<T>(items: readonly T[], { page, limit = pageSize }: ListOptions = {}): Page<T> {
  const start = page === undefined ? 0 : Number(page);
  if (!Number.isInteger(start) || start < 0) throw new TelephonyError('invalid', `There is no page "${page}".`);
  const end = start + Math.max(1, limit);
  return { items: items.slice(start, end), ...(end < items.length && { next: String(end) }) };
}

/** The ended sessions that the agent had or missed in this browser, the newest first. */
export const historyOf = (sessions: readonly KnownSession[]): SessionSummary[] =>
  sessions
    .filter(({ endedAt, place, connectedAt, key, missed }) => {
      const isOver = endedAt !== undefined && place !== 'on';
      return isOver && (connectedAt !== undefined || key !== undefined || missed);
    })
    .sort((first, second) => second.createdAt - first.createdAt)
    .map((known) => {
      const durations = durationsOf(known);
      const startedAt = new Date(known.createdAt).toISOString();
      return {
        session: plainSession(known.session),
        startedAt,
        durations,
        missed: known.missed,
        outcome: outcomeOf(known.failReason, durations),
      };
    });

/** The agent's statistics of the current UTC day: `calls` and `talkSeconds`. */
export function statisticsOf(sessions: readonly KnownSession[], clock: Clock): Record<string, number> {
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const today = sessions.filter(
    (known) =>
      known.connectedAt !== undefined &&
      known.endedAt !== undefined &&
      !isChat(known.session) &&
      new Date(known.createdAt).toISOString().startsWith(day),
  );
  return { calls: today.length, talkSeconds: today.reduce((sum, known) => sum + durationsOf(known).talk, 0) };
}

/** The queues and colleagues whose label, a word of the label, or address begins with the query. */
export function directoryOf({ agents = [], queues = [], user }: SipOptions, query: string): TransferTarget[] {
  const text = query.trim().toLowerCase();
  const fits = (words: string): boolean =>
    words
      .toLowerCase()
      .split(/[\s.,-]+/)
      .some((word) => word.startsWith(text)) || words.toLowerCase().startsWith(text);
  const all = [
    ...queues.map((one) => ({ kind: 'queue' as const, ...one })),
    ...agents.filter((one) => one.user !== user).map((one) => ({ kind: 'agent' as const, ...one })),
  ];
  return all
    .filter((one) => fits(one.label) || one.user.toLowerCase().startsWith(text))
    .map(({ kind, id, label }) => ({ kind, id, label }));
}
