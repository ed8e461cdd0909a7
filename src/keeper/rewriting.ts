import type { Comment } from '../domain/ticket.js';
import { keyPart, recordKey, sessionKey } from '../domain/write-key.js';
import type { Outbox } from '../outbox/outbox.js';
import { writingOf } from '../records/card.js';
import type { Intent, IntentOf, Ref } from '../records/intent.js';
import { knownAfter } from '../records/known-after.js';
import type { Known, RecordEvent } from '../records/rule.js';
import { startsRecord } from '../records/session-kind.js';
import { say } from '../records/writing.js';
import type { ArchivedEvent, Correction } from './correction.js';
import { isClosed, missedStart, type SessionEntry } from './session-entry.js';
import { intentsOf, type StepPorts } from './take-event.js';

/** Milliseconds. A card that repeats an older event says its time (R32). */
const late = 5 * 60_000;

/** What a correction writes: this desktop's cards, again, on the new ticket. */
export interface Rewritten {
  intents: readonly Intent[];
  known: Known;
  archive: readonly ArchivedEvent[];
}

/**
 * R35: runs the rules again on the events of the session, with the corrected contact and ticket. The facts of the
 * events stay as they are: only who and where differ, and the keys have the number of the correction.
 */
export async function rewritten(
  entry: SessionEntry,
  correction: Correction,
  earlier: string | undefined,
  ports: StepPorts,
): Promise<Rewritten> {
  const settings = ports.settings();
  const events = withStart(entry, ports);
  let known = beginning(entry, events, correction, earlier);
  const intents: Intent[] = [];
  const archive: ArchivedEvent[] = [];
  for (const { event, filesOn: before } of events) {
    if (!known.recorded && !startsRecord(event, known, settings)) {
      known = knownAfter(event, known, settings);
      archive.push({ event });
      continue;
    }
    const made = await intentsOf({ ...entry, known, waiting: [] }, event, ports);
    const filesOn = before ?? ticketWithFiles(made.intents, entry, ports.outbox);
    archive.push({ event, ...(filesOn !== undefined && { filesOn }) });
    intents.push(...(filesOn === undefined ? made.intents : withoutFiles(made.intents, filesOn, made.before)));
    known = made.known;
  }
  return { intents: shown(intents, entry).map((intent) => timed(intent, ports.now())), known, archive };
}

/** A session that this desktop took over has no start of its own. Its first card on the new ticket is a start card. */
function withStart({ archive, known, sessionId }: SessionEntry, { agent, now }: StepPorts): readonly ArchivedEvent[] {
  const isStart = ({ event }: ArchivedEvent) => event.type === 'session.created' || event.type === 'session.assigned';
  if (archive.some(isStart)) return archive;
  const { customData: _, ...session } = known!.session;
  const at = known!.startedAt ?? archive[0]?.event.at ?? new Date(now()).toISOString();
  const start = missedStart({ ...session, id: sessionId }, session.agentId ?? agent?.id ?? '', at);
  return [{ event: start }, ...archive];
}

function beginning(
  { known }: SessionEntry,
  events: readonly ArchivedEvent[],
  { contact, ticket, ordinal }: Correction,
  earlier: string | undefined,
): Known {
  const { agent, account } = known!;
  const told = events.map(({ event }) => (event as { session?: Known['session'] }).session).find(Boolean);
  return {
    session: told ?? known!.session,
    ...(agent && { agent }),
    account,
    decision: {
      contact,
      ticket: ticket === 'new' ? 'new' : { id: ticket.id },
      ...(contact === 'new' && { ownContact: true }),
    },
    correction: ordinal,
    ...(earlier !== undefined && { earlier }),
  };
}

/** R23: the agent sees the new ticket once, and only during the session. */
function shown(intents: readonly Intent[], entry: SessionEntry): readonly Intent[] {
  const isOver = isClosed(entry) || entry.known?.facts?.end !== undefined || entry.known?.finished === true;
  const last = isOver ? undefined : intents.findLast(({ kind }) => kind === 'open-ticket');
  return intents.filter((one) => one.kind !== 'open-ticket' || one === last);
}

const timed = (intent: Intent, now: number): Intent =>
  now - Date.parse(intent.at) >= late ? { ...intent, late: true } : intent;

/** Whether the comment has a file, or a recording whose place only the host can tell. A link is written again. */
const hasFile = ({ recording, attachments = [] }: Comment): boolean =>
  (recording !== undefined && (recording.file !== undefined || recording.url === undefined)) ||
  attachments.some(({ file, url }) => file !== undefined || url === undefined);

const commentOf = (intent: Intent): Comment | undefined =>
  intent.kind === 'create-ticket' ? intent.draft.comment : intent.kind === 'write-ticket' ? intent.comment : undefined;

/** The ticket on which a row of the record so far has left the files of these intents. */
function ticketWithFiles(intents: readonly Intent[], entry: SessionEntry, outbox: Outbox): string | undefined {
  const settled = outbox.settled(sessionKey(entry.sessionId, ''));
  const withFile = intents.filter((intent) => hasFile(commentOf(intent) ?? noComment));
  const before = withFile.map((intent) => recordKey(entry.sessionId, entry.known!.correction, stepIn(intent.key)));
  return settled.find(({ key, ticketId }) => ticketId !== undefined && before.includes(key))?.ticketId;
}

const noComment: Comment = { body: '', public: false };

/** The comments without their files. R35: the first names the ticket that has them, the others had only files. */
function withoutFiles(intents: readonly Intent[], filesOn: string, known: Known): readonly Intent[] {
  const isPart = ({ key }: Intent) => /\/file-\d+$/.test(key);
  return intents
    .filter((intent) => !isPart(intent))
    .map((intent) => {
      const comment = commentOf(intent);
      if (!comment || !(hasFile(comment) || comment.recording || comment.attachments)) return intent;
      const { recording: _r, attachments = [], ...text } = comment;
      const links = attachments.filter(({ file, url }) => file === undefined && url !== undefined);
      const body = `${comment.body}\n${say(writingOf(known), 'file.on', { ticket: filesOn })}`;
      const plain: Comment = { ...text, body, ...(links.length > 0 && { attachments: links }) };
      return intent.kind === 'create-ticket'
        ? { ...intent, draft: { ...intent.draft, comment: plain } }
        : { ...(intent as IntentOf<'write-ticket'>), comment: plain };
    });
}

const ofCorrection = /^c(\d+)\//;

/** The step in a record's key, without the session and the number of the correction. */
export const stepIn = (key: string): string => key.slice(key.indexOf('/') + 1).replace(ofCorrection, '');

/** The number of the correction in a record's key. 0: the record as it was first. */
export const ordinalIn = (key: string): number => Number(ofCorrection.exec(key.slice(key.indexOf('/') + 1))?.[1] ?? 0);

/** Whether the key is one of the session's own. A contact that sessions share has none. */
export const isOfSession = (key: string, sessionId: string): boolean => key.startsWith(`${keyPart(sessionId)}/`);

/** R35: a row that no archived event explains, for the new ticket. */
export function movedAsIs(intent: Intent, ordinal: number, ticket: Ref): Intent {
  const key = recordKey(intent.sessionId, ordinal, stepIn(intent.key));
  return intent.kind === 'write-ticket' ? { ...intent, key, ticket } : { ...intent, key };
}

/** Whether an archived event has written the row. */
export const isExplained = ({ at }: Pick<Intent, 'at'>, events: readonly { event: RecordEvent }[]): boolean =>
  events.some(({ event }) => event.at === at);
