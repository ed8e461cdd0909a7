import type { Ref } from '../records/intent.js';
import type { Comment } from '../domain/ticket.js';
import { withDependents } from '../outbox/lanes.js';
import type { OutboxEntry } from '../outbox/outbox.js';
import type { RecordsCount } from '../machine/agent/agent-context.js';
import type { KeeperProblem } from '../keeper/problem.js';
import type { KeptRecordings } from './kept-recordings.js';
import type { Failure } from '../domain/failure.js';
import type { UnrecordedSession } from '../domain/record-fact.js';
import { peopleIn, type RecordPerson } from './record-people.js';

/** A recording, or a file that was shared; without a name it is a recording. */
export interface RecordFile {
  name?: string;
  url?: string;
}

/** Something that is still on its way to the CRM, as the agent sees it. */
export interface RecordOnItsWay extends RecordPerson {
  key: string;
  sessionId: string;
  /** How many others are given up with it, as they refer to what it would make. */
  dependents: number;
  what: 'contact' | 'ticket' | 'note' | 'change' | 'call' | 'chat';
  /** Undefined: of a ticket that is not made yet. */
  ticketId?: string;
  /** Milliseconds since 1970. */
  since: number;
  state: 'waiting' | 'sending' | 'unsure' | 'signed-out' | 'failed' | 'expired';
  failure?: Failure;
  /** What would be written, to be copied; empty once it is expired. */
  text: string;
  /** What goes with the text. */
  files: readonly RecordFile[];
}

/** What could not be recorded, or not as an administrator has set it up; no value, number or name of a person. */
export interface RecordProblem extends Pick<KeeperProblem, 'code' | 'event' | 'part'> {
  /** Of the last of them: milliseconds since 1970. */
  at: number;
  times: number;
}

/** What is on its way, the oldest first, and whether it would survive the page. */
export interface RecordsView {
  records: readonly RecordOnItsWay[];
  durable: boolean;
  /** Since this tab was opened, the last one first. */
  problems?: readonly RecordProblem[];
  /** R11: recordings that the CRM does not take, kept in this browser; undefined where it takes them. */
  recordings?: Pick<KeptRecordings, 'list' | 'remove' | 'durable' | 'count'>;
}

const states = {
  pending: 'waiting',
  sending: 'sending',
  ambiguous: 'unsure',
  parked: 'signed-out',
  dead: 'failed',
  expired: 'expired',
} as const;

type WhoIs = (sessionId: string) => RecordPerson | undefined;

/** The entries that are not settled. */
export function recordsOnTheirWay(
  entries: readonly OutboxEntry[],
  whoIs: WhoIs = () => undefined,
): readonly RecordOnItsWay[] {
  const rows = entries.map(({ intent, state }) => ({ key: intent.key, intent, state }));
  const people = peopleIn(entries);
  return entries.flatMap((entry): RecordOnItsWay[] => {
    const { intent, state, since, failure } = entry;
    if (state === 'settled' || state === 'discarded' || intent.kind === 'open-ticket') return [];
    const { key, sessionId } = intent;
    const dependents = withDependents(rows, key).length - 1;
    const person = { ...people.get(sessionId), ...whoIs(sessionId) };
    const about = { key, sessionId, dependents, since, state: states[state], ...(failure && { failure }) };
    const base = { ...about, ...person, files: [] };
    switch (intent.kind) {
      case 'create-contact':
        return [{ ...base, what: 'contact', text: intent.draft.name }];
      case 'create-ticket': {
        const { subject, comment } = intent.draft;
        const text = [subject, comment.body].filter(Boolean).join('\n\n');
        return [{ ...base, what: 'ticket', text, files: filesOf(comment) }];
      }
      case 'write-ticket': {
        const what = intent.comment || state === 'expired' ? 'note' : 'change';
        const { comment, ticket } = intent;
        return [{ ...base, what, ...ticketOf(ticket, entries), text: comment?.body ?? '', files: filesOf(comment) }];
      }
    }
  });
}

/** B5: sessions of which nothing can be written before the CRM has been asked. */
export const unrecordedSessions = (
  sessions: readonly UnrecordedSession[] = [],
  whoIs: WhoIs = () => undefined,
): readonly RecordOnItsWay[] =>
  sessions.map(({ sessionId, number, chat, since, failure }) => ({
    key: unrecordedKey(sessionId),
    sessionId,
    dependents: 0,
    what: chat ? 'chat' : 'call',
    ...whoIs(sessionId),
    ...(number ? { number } : {}),
    since,
    state: failure.code === 'unauthorized' ? 'signed-out' : 'waiting',
    failure,
    text: '',
    files: [],
  }));

const keptProblems = 20;

/** The same one again counts one up. */
export function withProblem(
  problems: readonly RecordProblem[],
  { code, event, part }: KeeperProblem,
  at: number,
): readonly RecordProblem[] {
  const isSame = (one: RecordProblem) => one.code === code && one.event === event && one.part === part;
  const times = 1 + (problems.find(isSame)?.times ?? 0);
  const last = { code, ...(event ? { event } : {}), ...(part ? { part } : {}), at, times };
  return [last, ...problems.filter((one) => !isSame(one))].slice(0, keptProblems);
}

/** No write's key begins like that. */
const unrecordedPrefix = '#unrecorded:';
const unrecordedKey = (sessionId: string): string => `${unrecordedPrefix}${sessionId}`;
/** The session whose record waits as a whole. */
export const unrecordedSessionOf = (key: string): string | undefined =>
  key.startsWith(unrecordedPrefix) ? key.slice(unrecordedPrefix.length) : undefined;

/** What the page is told: refused and expired ones need a person, all else goes on by itself. */
export function countOf(records: readonly RecordOnItsWay[]): RecordsCount {
  const failed = records.filter(({ state }) => state === 'failed' || state === 'expired').length;
  return { waiting: records.length - failed, failed };
}

/** A ticket that was made meanwhile has its number, in whichever of its records. */
function ticketOf(ref: Ref, entries: readonly OutboxEntry[]): { ticketId?: string } {
  const id = 'id' in ref ? ref.id : entries.find(({ intent }) => intent.key === ref.madeBy)?.result?.ticket?.id;
  return id ? { ticketId: id } : {};
}

const filesOf = ({ recording, attachments = [] }: Partial<Comment> = {}): readonly RecordFile[] => [
  ...(recording ? [{ ...(recording.url ? { url: recording.url } : {}) }] : []),
  ...attachments.map(({ name, url }) => ({ name, ...(url ? { url } : {}) })),
];
