import type { CrmHost } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { Session } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import type { Outbox } from '../outbox/outbox.js';
import { decide, nextNeed, type Situation } from '../records/decision.js';
import { separateFields } from '../records/separate-fields.js';
import { withinLimit } from '../records/file-limit.js';
import { withinTextLimit } from '../records/text-limit.js';
import { knownAfter, writesCard } from '../records/known-after.js';
import type { Intent } from '../records/intent.js';
import { needsFields } from '../records/needed-fields.js';
import type { Known, RecordEvent } from '../records/rule.js';
import { intentsFor } from '../records/rules.js';
import { startsRecord, writesNothing } from '../records/session-kind.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { readContact, type Recall } from './record-facts.js';
import {
  abandon,
  adopted,
  archive,
  askAgent,
  close,
  contactIdOf,
  isFinal,
  isHandOver,
  isOutOfTurn,
  learn,
  partOf,
  wasAsked,
  type SessionEntry,
} from './session-entry.js';
import { cardDueAfter } from './card-time.js';
import { cardOfEarlierVersion, withoutEarlierWrites } from './earlier-version.js';
import type { Conversation } from './transcripts.js';
import type { RecordWriting } from './record-writing.js';
import { asShown } from './outbox-feedback.js';
import { NotNow, type CrmLookUps } from './crm-look-ups.js';
import { isSuperseded } from './last-session.js';

/** The ports of a step. */
export interface StepPorts {
  host: CrmHost;
  outbox: Outbox;
  agent?: Agent;
  opensTickets?: boolean;
  settings: () => Settings;
  recall: Pick<Recall, 'contact'>;
  lookUps: CrmLookUps;
  writing: RecordWriting;
  now: () => number;
  /** All sessions, in the order of their first events. */
  entries: () => readonly SessionEntry[];
  keep: () => Promise<void>;
  tellChoice: () => void;
  tellLinks: () => void;
}

/**
 * `done`: the event's intents are in the outbox. `waits`: the event waits. `silent`: the keeper never writes anything
 * for the event's session.
 */
export type StepResult = 'done' | 'waits' | 'silent';

/** Takes one event of a session. Rejects with `NotNow` if a CRM request or the outbox fails: the event then waits. */
export async function takeStep(entry: SessionEntry, event: SessionEvent, ports: StepPorts): Promise<StepResult> {
  const settings = ports.settings();
  introduce(entry, event, ports);
  const { known } = entry;
  if (!known) return 'waits';
  if (writesNothing(known.session)) return 'silent';
  const starts = startsRecord(event, known, settings);
  archive(entry, event);
  if (!known.recorded) {
    if (!starts) return beforeStart(entry, event, settings);
    // B5: stores the event before the CRM request, because the page may end before the CRM answers.
    await ports.keep();
    if ((await settleOn(entry, event, ports)) === 'ask') return 'waits';
  } else if (isOutOfTurn(event, entry)) return 'waits';
  if (event.type === 'voicemail.received' && !entry.known!.contact) await settleOn(entry, event, ports);
  await nameContact(entry, starts, ports);
  await write(entry, event, ports, !known.recorded);
  // From now on the platform may know the ticket.
  if (!known.recorded && entry.known!.recorded) ports.tellLinks();
  // Version 0.1.0 has kept an end without a due time.
  if (event.type === 'session.ended') entry.cardDue = cardDueAfter(event, entry, settings, ports.now());
  if (event.type === 'recording.ready') entry.parts.push(partOf(event.recording, event.recording.part));
  if (event.type === 'session.closed') close(entry);
  return 'done';
}

/** Learns the event's session. R30: takes over the record that the platform knows, so that no second one is created. */
function introduce(entry: SessionEntry, event: SessionEvent, { agent, host, tellLinks }: StepPorts): void {
  const session = (event as { session?: Session }).session;
  if (!session) return;
  const account = host.account;
  const known = entry.known ?? { session, ...(agent && { agent }), account };
  if (!entry.known) learn(entry, known);
  const { contactId, ticketId } = session.record ?? {};
  if (!ticketId || ticketId === 'none' || known.recorded) return;
  learn(entry, adopted({ ...known.session, ...session }, { agent, account }, { id: ticketId }, contactId));
  tellLinks();
}

/** Takes an event of a session without a record: learns its facts, and writes nothing. Other events wait. */
function beforeStart(entry: SessionEntry, event: SessionEvent, settings: Settings): StepResult {
  if (event.type !== 'session.queue-changed' && !('session' in event)) return 'waits';
  // R8, X5: the event waits if a start event waits before it (A10).
  const before = entry.waiting.slice(0, entry.waiting.indexOf(event));
  if (before.some((one) => startsRecord(one, entry.known!, settings))) return 'waits';
  if (event.type === 'session.abandoned') abandon(entry);
  learn(entry, knownAfter(event, entry.known!, settings));
  return 'done';
}

/**
 * R1–R8: runs the look-ups that the decision needs, then decides or asks the agent. Stores the decision before it tells
 * the screen.
 */
async function settleOn(entry: SessionEntry, event: SessionEvent, ports: StepPorts): Promise<'ask' | 'settled'> {
  const before = knownAfter(event, entry.known!, ports.settings());
  if (before.decision && event.type !== 'voicemail.received') {
    const told = entry.known!.decision !== undefined;
    learn(entry, before);
    if (!told) ports.tellLinks();
    return 'settled';
  }
  const situation = (): Situation => ({
    event,
    session: before.session,
    found: entry.found,
    settings: ports.settings(),
    ...(entry.choice ? { choice: entry.choice } : {}),
    // R2: the end of the call ends the wait for the agent.
    final: isFinal(entry) || entry.waiting.some(({ type }) => type === 'session.closed'),
  });
  for (let need = nextNeed(situation()); need; need = nextNeed(situation()))
    entry.found = await ports.lookUps.satisfy(need, entry.found);
  const decision = decide(situation());
  if (decision === 'ask') {
    if (!wasAsked(entry)) {
      askAgent(entry);
      await ports.keep();
      ports.tellChoice();
    }
    return 'ask';
  }
  learn(entry, knownAfter(event, { ...entry.known!, decision }, ports.settings()));
  await ports.keep();
  ports.tellLinks();
  return 'settled';
}

/** S8: reads the contact's name for the record. If the read fails, the record goes on without the name. */
async function nameContact(entry: SessionEntry, starts: boolean, { host, recall }: StepPorts): Promise<void> {
  if (!starts || entry.known!.contactName) return;
  const found = await readContact(entry, contactIdOf(entry), host, recall);
  if (found) learn(entry, { ...entry.known!, contactName: found.name });
}

/** R31: writes the end card, after the time for the agent's note. Rejects with `NotNow` as `takeStep` does. */
export async function writeCard(entry: SessionEntry, ports: StepPorts): Promise<void> {
  const { sessionId } = entry;
  const at = new Date(ports.now()).toISOString();
  const event: RecordEvent = { type: 'card.due', id: `card:${sessionId}`, at, sessionId };
  archive(entry, event);
  await write(entry, event, ports, false);
}

/** R34: writes the transcript after the end card. Rejects with `NotNow` as `takeStep` does. */
export async function writeTranscript(
  entry: SessionEntry,
  conversation: Conversation,
  ports: StepPorts,
): Promise<void> {
  const { sessionId } = entry;
  const at = new Date(ports.now()).toISOString();
  const event: RecordEvent = { type: 'transcript.read', id: `transcript:${sessionId}`, at, sessionId, ...conversation };
  archive(entry, event);
  await write(entry, event, ports, false);
}

async function write(entry: SessionEntry, event: RecordEvent, ports: StepPorts, isKept: boolean): Promise<void> {
  const { before, known, intents } = await intentsOf(entry, event, ports);
  // R31, R35: what is written is in the journal first. After a crash the same card is written again, and the outbox knows
  // its key: later facts must not be in it.
  const goesOut = intents.length > 0 || writesCard(event, before, ports.settings());
  if (goesOut && !isKept) await ports.keep();
  if (intents.length > 0) await accept(ports.outbox, intents);
  // The outbox may have created the contact or the ticket by now.
  const meanwhile = settledMeanwhile(known, ports.outbox);
  learn(entry, { ...known, ...learnedMeanwhile(before, known, entry.known!), ...meanwhile });
  if (meanwhile.contact) ports.tellLinks();
}

/** The intents of an event, as the outbox gets them, and the facts before and after it. */
export async function intentsOf(
  entry: SessionEntry,
  event: RecordEvent,
  ports: StepPorts,
): Promise<{ before: Known; known: Known; intents: readonly Intent[] }> {
  const settings = ports.settings();
  const before: Known = { ...entry.known!, ...cardOfEarlierVersion(entry, ports.outbox) };
  before.writing = await ports.writing.for(settings, agentsIn(event, before));
  const wantsFields = needsFields(event, before, settings);
  const fields = wantsFields ? await ports.lookUps.fields(settings) : undefined;
  if (fields) before.fields = fields;
  if (await isSuperseded(entry, event, { settings, entries: ports.entries(), lookUps: ports.lookUps }))
    before.superseded = true;
  const result = intentsFor(event, before, settings);
  const shown = result.intents.map((intent) => asShown(intent, result.known));
  // R23: after the session's end or a hand-over, opening the ticket would disturb the agent.
  const isOver = entry.waiting.some((one) => one.type === 'session.closed' || isHandOver(one));
  const wanted = isOver || ports.opensTickets === false ? shown.filter(({ kind }) => kind !== 'open-ticket') : shown;
  const checked = wantsFields && !fields ? separateFields(wanted) : wanted;
  const limited = withinTextLimit(withinLimit(checked, ports.host.uploadLimitBytes));
  const { fields: _f, superseded: _s, writing: _w, ...known } = result.known;
  return { before, known, intents: withoutEarlierWrites(limited, ports.outbox) };
}

/** R33: the colleagues that the event's comments may name. */
function agentsIn(event: RecordEvent, { agent, facts }: Known): readonly string[] {
  const named = [(event as { agent?: unknown }).agent, facts?.agent, facts?.before?.agent];
  return named.filter((id): id is string => typeof id === 'string' && id !== '' && id !== agent?.id);
}

export async function accept(outbox: Outbox, intents: readonly Intent[]): Promise<void> {
  try {
    await outbox.enqueue(intents);
  } catch (error) {
    throw new NotNow(error);
  }
}

/** R12: the facts about contact and ticket that other rows brought during this write. */
const learnedMeanwhile = (before: Known, next: Known, now: Known): Partial<Known> => ({
  ...(next.contact === before.contact && now.contact ? { contact: now.contact } : {}),
  ...(next.ticket === before.ticket && now.ticket ? { ticket: now.ticket } : {}),
  ...(now.moved ? { moved: now.moved } : {}),
});

/** The contact and ticket that the outbox has created, the contact perhaps for another session with the same key. */
export function settledMeanwhile({ contact, ticket }: Known, outbox: Outbox): Partial<Known> {
  const resultOf = (ref: Known['contact']) =>
    ref && 'madeBy' in ref ? outbox.entries.find(({ intent }) => intent.key === ref.madeBy)?.result : undefined;
  const [madeContact, madeTicket] = [resultOf(contact)?.contact, resultOf(ticket)?.ticket];
  return {
    ...(madeContact ? { contact: { id: madeContact.id } } : {}),
    ...(madeTicket ? { ticket: { id: madeTicket.id } } : {}),
  };
}
