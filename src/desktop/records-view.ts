import type { Ref } from '../records/intent.js';
import { commentText, type Comment } from '../domain/ticket.js';
import { withDependents } from '../outbox/lanes.js';
import type { OutboxEntry } from '../outbox/outbox.js';
import type { RecordsCount } from '../machine/agent/agent-context.js';
import type { KeeperProblem } from '../keeper/problem.js';
import type { KeptRecordings } from './kept-recordings.js';
import type { Failure } from '../domain/failure.js';
import type { UnrecordedSession } from '../domain/record-fact.js';
import { peopleIn, type RecordPerson } from './record-people.js';

/** A file of a record. Without a name it is a recording. */
export interface RecordFile {
  name?: string;
  url?: string;
}

/** A record that is not in the CRM yet, as the agent sees it. */
export interface RecordOnItsWay extends RecordPerson {
  key: string;
  sessionId: string;
  /** How many other records depend on it. Discarding it discards them too. */
  dependents: number;
  what: 'contact' | 'ticket' | 'note' | 'change' | 'call' | 'chat';
  /** Undefined if its ticket is not created yet. */
  ticketId?: string;
  /** Milliseconds since 1970. */
  since: number;
  state: 'waiting' | 'sending' | 'unsure' | 'signed-out' | 'failed' | 'expired';
  failure?: Failure;
  /** The text to be written, for copying. Empty once it has expired. */
  text: string;
  /** The files to be written with the text. */
  files: readonly RecordFile[];
}

/**
 * A problem for an administrator: a write failed, or it could not follow the settings. It has no value, number or name
 * of a person.
 */
export interface RecordProblem extends Pick<KeeperProblem, 'code' | 'event' | 'part'> {
  /** When it last happened, in milliseconds since 1970. */
  at: number;
  times: number;
}

/** The records that are not in the CRM yet, the oldest first. `durable`: they outlive the page. */
export interface RecordsView {
  records: readonly RecordOnItsWay[];
  durable: boolean;
  /** R31: how many end cards wait for the end of wrap-up. */
  endCards?: number;
  /** The problems since this tab was opened, the latest first. */
  problems?: readonly RecordProblem[];
  /** R11: the recordings that this browser keeps. Undefined if the CRM takes them. */
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

/** The outbox's entries that are not settled. */
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
    const about = { key, sessionId, dependents, since, state: states[state], failure };
    const base = { ...about, ...person, files: [] };
    switch (intent.kind) {
      case 'create-contact':
        return [{ ...base, what: 'contact', text: intent.draft.name }];
      case 'create-ticket': {
        const { subject, comment } = intent.draft;
        const text = [subject, commentText(comment)].filter(Boolean).join('\n\n');
        return [{ ...base, what: 'ticket', text, files: filesOf(comment) }];
      }
      case 'write-ticket': {
        const what = intent.comment || state === 'expired' ? 'note' : 'change';
        const { comment, ticket } = intent;
        return [
          {
            ...base,
            what,
            ...ticketOf(ticket, entries),
            text: comment ? commentText(comment) : '',
            files: filesOf(comment),
          },
        ];
      }
    }
  });
}

/** B5: the sessions whose look-up in the CRM has failed, as records that wait. */
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

const maxProblems = 20;

/** Adds a problem. A repeated problem increases its count. */
export function withProblem(
  problems: readonly RecordProblem[],
  { code, event, part }: KeeperProblem,
  at: number,
): readonly RecordProblem[] {
  const isSame = (one: RecordProblem) => one.code === code && one.event === event && one.part === part;
  const times = 1 + (problems.find(isSame)?.times ?? 0);
  const last = { code, event, part, at, times };
  return [last, ...problems.filter((one) => !isSame(one))].slice(0, maxProblems);
}

/** No key of a write begins with this. */
const unrecordedPrefix = '#unrecorded:';
const unrecordedKey = (sessionId: string): string => `${unrecordedPrefix}${sessionId}`;
/** The session id in the key of an unrecorded session. */
export const unrecordedSessionOf = (key: string): string | undefined =>
  key.startsWith(unrecordedPrefix) ? key.slice(unrecordedPrefix.length) : undefined;

/** Counts refused and expired records as failed, because they need a person. The outbox sends all others by itself. */
export function countOf(records: readonly RecordOnItsWay[]): RecordsCount {
  const failed = records.filter(({ state }) => state === 'failed' || state === 'expired').length;
  return { waiting: records.length - failed, failed };
}

/** The ticket's id. The ticket may be one that another entry of the outbox has created. */
function ticketOf(ref: Ref, entries: readonly OutboxEntry[]): { ticketId?: string } {
  const id = 'id' in ref ? ref.id : entries.find(({ intent }) => intent.key === ref.madeBy)?.result?.ticket?.id;
  return id ? { ticketId: id } : {};
}

const filesOf = ({ recording, attachments = [] }: Partial<Comment> = {}): readonly RecordFile[] => [
  ...(recording ? [{ url: recording.url }] : []),
  ...attachments.map(({ name, url }) => ({ name, url })),
];
