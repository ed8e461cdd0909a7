import type { Contact } from '../domain/contact.js';
import {
  CorrectionRefused,
  type CorrectedChoice,
  type CorrectionOffer,
  type CorrectionQuestion,
} from '../domain/correction.js';
import type { SessionRecord } from '../domain/session.js';
import { ticketChoice, ticketRules } from '../domain/ticket-choice.js';
import { isLive } from '../domain/ticket.js';
import { sessionKey } from '../domain/write-key.js';
import type { Clock, Timers } from '../environment/environment.js';
import type { OutboxEntry } from '../outbox/outbox.js';
import { customerNumberOf } from '../records/contact-rule.js';
import { movedLine } from '../records/moved-rule.js';
import { writesNothing } from '../records/session-kind.js';
import type { Intent } from '../records/intent.js';
import { begun, holdsEvents, noted, toRewrite, toTell, type Correction, type ToTell } from './correction.js';
import { inCommandTime } from './command-time.js';
import type { RecordKeeperOptions } from './options.js';
import { readContact } from './record-facts.js';
import { isExplained, isOfSession, movedAsIs, ordinalIn, rewritten, stepIn } from './rewriting.js';
import {
  contactIdOf,
  isDiscarded,
  isHandedOver,
  isRecorded,
  learn,
  ticketIdOf,
  type SessionEntry,
} from './session-entry.js';
import { accept, settledMeanwhile, type StepPorts } from './take-event.js';

/** R35. Milliseconds. */
const correctableFor = 24 * 3_600_000;

export interface CorrectionsOptions extends RecordKeeperOptions {
  clock: Clock;
  timers: Timers;
  get: (sessionId: string) => Promise<SessionEntry | undefined>;
  portsOf: (entry: SessionEntry) => StepPorts;
  work: (entry: SessionEntry) => void;
}

/** R35: changes the contact and the ticket of recorded sessions. */
export class Corrections {
  readonly #options: CorrectionsOptions;

  constructor(options: CorrectionsOptions) {
    this.#options = options;
  }

  /** Answers an offer, or nothing once the journal has the choice. */
  async answer(question: CorrectionQuestion): Promise<CorrectionOffer | undefined> {
    const { sessionId } = question;
    if (question.ask === 'offer') return this.offer(sessionId, question.contactId);
    await this.correct(sessionId, question.after, question.choice);
    return undefined;
  }

  /** What the agent can choose. `contactId`: whose tickets. Rejects with `CorrectionRefused`, or with a CRM's failure. */
  async offer(sessionId: string, contactId?: string): Promise<CorrectionOffer> {
    const entry = await this.#correctable(sessionId);
    const { host, recall, settings } = this.#options;
    const { lookUps } = this.#options.portsOf(entry);
    const now = nowOf(entry);
    const contact = await readContact(entry, now.contact, host, recall);
    const phone = customerNumberOf(entry.known!.session);
    const same =
      entry.found.contacts.phone ??
      (phone === undefined ? [] : ((await lookUps.satisfy(byPhone(phone), entry.found)).contacts.phone ?? []));
    const whose = contactId ?? now.contact;
    const live = whose === undefined || whose === 'new' ? [] : await lookUps.liveTickets(whose);
    const rules = ticketRules(settings());
    // S1 governs what the adapter chooses, so the agent can choose every live ticket.
    const wanted = { append: true, prompt: true, allowNew: rules.allowNew || !rules.append, allowNone: false };
    return {
      after: now.after,
      contacts: withContact(same, contact),
      ...(now.contact !== undefined && { contact: now.contact }),
      ...(now.ticket !== undefined && { ticket: now.ticket }),
      tickets: ticketChoice(wanted, { contact: whose ?? 'new', live }),
    };
  }

  /**
   * Takes the agent's choice. Resolves once the journal has it: it is then carried out, over reloads too. Resolves with
   * false if it changes nothing, as a second press. Rejects as `offer` does.
   */
  async correct(sessionId: string, after: number, { contact, ticket }: CorrectedChoice): Promise<boolean> {
    const entry = await this.#correctable(sessionId);
    if (isChosen(entry, after, { contact, ticket })) return false;
    if (nowOf(entry).after !== after) throw new CorrectionRefused('changed-since');
    const { host, clock } = this.#options;
    const [person, target] = await Promise.all([
      contact === 'new' ? undefined : host.getContact(contact.id, { priority: 'interactive' }),
      ticket === 'new' ? undefined : host.getTicket(ticket.id, { priority: 'interactive' }),
      this.#askPlatform(entry),
    ]);
    if ((contact !== 'new' && !person) || (ticket !== 'new' && !target)) throw new CorrectionRefused('gone');
    if (target && !isLive(target)) throw new CorrectionRefused('ticket-not-live');
    if (target && target.contactId !== person?.id) throw new CorrectionRefused('ticket-of-another');
    // Another press may have come meanwhile.
    if (isChosen(entry, after, { contact, ticket })) return false;
    if (nowOf(entry).after !== after) throw new CorrectionRefused('changed-since');
    const before = entry.correction;
    entry.correction = begun(
      {
        sessionId,
        ordinal: after + 1,
        by: 'agent',
        at: new Date(clock.now()).toISOString(),
        contact: person ? { id: person.id, name: person.name } : 'new',
        ticket: target ? { id: target.id, ...(target.url !== undefined && { url: target.url }) } : 'new',
      },
      before,
    );
    try {
      await this.#options.portsOf(entry).keep();
    } catch (error) {
      if (before) entry.correction = before;
      else delete entry.correction;
      throw error;
    }
    this.#options.work(entry);
    return true;
  }

  /** Another desktop has corrected the session: this desktop's waiting rows go to the new ticket. */
  hear(entry: SessionEntry, { correction = 0, contactId, ticketId }: SessionRecord): void {
    const { known } = entry;
    if (ticketId === undefined || ticketId === 'none' || !isRecorded(entry) || isDiscarded(entry)) return;
    if (correction <= nowOf(entry).after) return;
    const contact = contactId ?? contactIdOf(entry);
    if (contact === undefined) return;
    const at = new Date(this.#options.clock.now()).toISOString();
    const isSame = contact === contactIdOf(entry) && known!.contactName !== undefined;
    const who = { id: contact, ...(isSame && { name: known!.contactName! }) };
    const given = {
      sessionId: entry.sessionId,
      ordinal: correction,
      by: 'platform' as const,
      at,
      contact: who,
      ticket: { id: ticketId },
    };
    entry.correction = begun(given, entry.correction);
    this.#options.work(entry);
  }

  /**
   * Returns whether a correction goes on with the change of the row. A row of the record as it was before, which a tab
   * that led before has added, follows the record.
   */
  takeRow(entry: SessionEntry, { intent, state }: OutboxEntry): boolean {
    if (entry.sessionId !== intent.sessionId) return false;
    const correction = entry.known?.correction;
    const isStray = isOf(entry, intent) && state === 'pending' && correction && ordinalIn(intent.key) < correction;
    const [contact, ticket] = [contactIdOf(entry), ticketIdOf(entry)];
    if (!isStray || holdsEvents(entry.correction) || contact === undefined || ticket === undefined)
      return entry.correction !== undefined;
    const at = new Date(this.#options.clock.now()).toISOString();
    const given = {
      sessionId: entry.sessionId,
      ordinal: correction,
      by: 'platform' as const,
      at,
      contact: { id: contact },
      ticket: { id: ticket },
    };
    entry.correction = begun(given, entry.correction);
    return true;
  }

  /** Goes on with the correction as far as possible. Resolves with false while the session's events must wait. */
  async goOn(entry: SessionEntry): Promise<boolean> {
    if (entry.correction?.state === 'recalling') await this.#recall(entry);
    if (entry.correction?.state === 'rewriting') await this.#rewrite(entry);
    if (entry.correction?.state === 'telling') await this.#tell(entry);
    return !holdsEvents(entry.correction);
  }

  /** Takes back what the CRM does not have, and waits until the rest is settled. */
  async #recall(entry: SessionEntry): Promise<void> {
    const { outbox } = this.#options;
    const { ordinal } = entry.correction!;
    for (;;) {
      const known = new Set(entry.correction!.open.map(({ key }) => key));
      const rows = outbox.entries.flatMap(({ intent, state }) =>
        state !== 'settled' && isOf(entry, intent) && ordinalIn(intent.key) < ordinal ? [intent] : [],
      );
      const fresh = rows.filter(({ key }) => !known.has(key));
      if (fresh.length > 0) {
        await this.#note(entry, fresh);
        continue;
      }
      const outcome = await outbox.takeBack((intent) => known.has(intent.key));
      const isLate = outbox.entries.some(
        ({ intent, state }) =>
          state !== 'settled' && isOf(entry, intent) && ordinalIn(intent.key) < ordinal && !known.has(intent.key),
      );
      if (isLate) continue;
      if (outcome === 'waits') return;
      break;
    }
    const correction = entry.correction!;
    entry.correction = toRewrite(correction, this.#toTell(entry, correction));
    await this.#options.portsOf(entry).keep();
  }

  /** Stores what the outbox is about to give back, so that a crash loses none of it. */
  async #note(entry: SessionEntry, rows: readonly Intent[]): Promise<void> {
    const isLoose = (intent: Intent) =>
      intent.kind === 'write-ticket' && !intent.moved && !isExplained(intent, entry.archive);
    entry.correction = noted(entry.correction!, {
      open: rows.map(({ key, at }) => ({ key, at })),
      loose: rows.filter(isLoose),
      tell: rows.flatMap((intent) =>
        intent.kind === 'write-ticket' && intent.moved && 'id' in intent.ticket
          ? [{ ticketId: intent.ticket.id, key: intent.key }]
          : [],
      ),
    });
    await this.#options.portsOf(entry).keep();
  }

  /** The tickets that get a line: the one on which something stands, and those whose line was taken back. */
  #toTell(entry: SessionEntry, correction: Correction): readonly ToTell[] {
    const { outbox } = this.#options;
    const settled = outbox.settled(sessionKey(entry.sessionId, ''));
    const left = correction.tell.filter(({ key }) => !settled.some((row) => row.key === key));
    const ordinal = entry.known!.correction ?? 0;
    const onTickets = settled.flatMap((row) =>
      row.ticketId === undefined ? [] : [{ ...row, ticketId: row.ticketId }],
    );
    const there = onTickets.filter(({ key }) => ordinalIn(key) === ordinal);
    // A correction that was corrected in the middle.
    const between = onTickets.filter(({ key }) => ordinalIn(key) > ordinal && ordinalIn(key) < correction.ordinal);
    const stands = there.length > 0 || this.#isOthers(entry, correction) || entry.known!.owesLine === true;
    const old = ticketIdOf(entry) ?? there.findLast(({ key }) => stepIn(key) === 'ticket')?.ticketId;
    const more = correction.by === 'agent' && stands && old !== undefined ? [{ ticketId: old }] : [];
    const ids = new Set([...left, ...more, ...between].map(({ ticketId }) => ticketId));
    return [...ids].map((ticketId) => ({ ticketId }));
  }

  /** Whether another desktop has recorded the session, so that its start card stays on the earlier ticket. */
  #isOthers({ sessionId }: SessionEntry, { open }: Correction): boolean {
    const own = [...this.#options.outbox.settled(sessionKey(sessionId, '')), ...open];
    return !own.some(({ key }) => isOfSession(key, sessionId) && ['joined', 'ticket'].includes(stepIn(key)));
  }

  async #rewrite(entry: SessionEntry): Promise<void> {
    const { outbox } = this.#options;
    const correction = await this.#withName(entry, entry.correction!);
    const { by, ordinal, open, loose } = correction;
    const { known } = entry;
    const ports = this.#options.portsOf(entry);
    const others = by === 'agent' && this.#isOthers(entry, correction) ? ticketIdOf(entry) : undefined;
    const { intents, ...again } = await rewritten(entry, correction, known!.earlier ?? others, ports);
    const settled = new Set(outbox.settled(sessionKey(entry.sessionId, '')).map(({ key }) => key));
    const isWaiting = ({ at }: Intent) => open.some((row) => row.at === at && !settled.has(row.key));
    const own = by === 'agent' ? intents : intents.filter((one) => one.kind !== 'open-ticket' && isWaiting(one));
    const ticket = correction.ticket === 'new' ? again.known.ticket! : { id: correction.ticket.id };
    const moved = loose.filter(({ key }) => !settled.has(key)).map((one) => movedAsIs(one, ordinal, ticket));
    const all = [...own, ...moved];
    if (all.length > 0) await accept(outbox, all);
    entry.archive = again.archive;
    const { moved: _m, owesLine: _o, ...rest } = entry.known!;
    const { contact, contactName, decision, earlier, holder, sessionFields, startedAt, toldAtStart } = again.known;
    const mine = { holder, ...(startedAt !== undefined && { startedAt, toldAtStart }), ...(earlier && { earlier }) };
    const next = {
      ...rest,
      ...{ contact, ticket, decision, correction: ordinal },
      ...('id' in ticket && correction.tell.some(({ ticketId }) => ticketId === ticket.id) && { owesLine: true }),
      ...(contactName !== undefined && { contactName }),
      ...(by === 'agent' && { ...mine, ...(sessionFields && { sessionFields }) }),
    };
    if (contactName === undefined) delete next.contactName;
    learn(entry, { ...next, ...settledMeanwhile(next, outbox) });
    entry.correction = toTell(correction);
    await ports.keep();
  }

  /** The lines on the earlier tickets name the new one, so they wait until the CRM has made it. */
  async #tell(entry: SessionEntry): Promise<void> {
    const { outbox, settings } = this.#options;
    const { tell, at, ticket } = entry.correction!;
    const ports = this.#options.portsOf(entry);
    const made = entry.known!.ticket;
    const id =
      ticketIdOf(entry) ??
      (made && 'madeBy' in made
        ? outbox.settled(made.madeBy).find(({ key }) => key === made.madeBy)?.ticketId
        : undefined);
    if (id === undefined) return;
    if (ticketIdOf(entry) === undefined) learn(entry, { ...entry.known!, ticket: { id } });
    const known = { ...entry.known!, writing: await ports.writing.for(settings(), []) };
    const given = ticket === 'new' || ticket.id !== id ? undefined : ticket.url;
    const url = given ?? outbox.entries.find(({ result }) => result?.ticket?.id === id)?.result?.ticket?.url;
    const lines = tell
      .filter(({ ticketId }) => ticketId !== id)
      .map(({ ticketId: on }) => movedLine(known, settings(), { at, on, to: { id, url } }));
    if (lines.length > 0) await accept(outbox, lines);
    delete entry.correction;
    await ports.keep();
    ports.tellLinks();
  }

  /** S8, R32: the cards name the contact. */
  async #withName(entry: SessionEntry, correction: Correction): Promise<Correction> {
    const { contact } = correction;
    if (contact === 'new' || contact.name !== undefined) return correction;
    const { host, recall } = this.#options;
    const found = await readContact(entry, contact.id, host, recall);
    return found ? { ...correction, contact: { id: contact.id, name: found.name } } : correction;
  }

  /** The ordinal follows the platform's. Rejects if the platform does not answer, or if another agent has the session. */
  async #askPlatform(entry: SessionEntry): Promise<void> {
    const { telephony, timers, agent } = this.#options;
    if (!telephony) return;
    const ask = () => telephony.getSession(entry.sessionId);
    const session = await inCommandTime({ timers }, 'find a session', ask);
    if (!session) return;
    this.hear(entry, session.record ?? {});
    if (agent && session.agentId !== undefined && session.agentId !== agent.id)
      throw new CorrectionRefused('not-yours');
  }

  async #correctable(sessionId: string): Promise<SessionEntry> {
    const { get, agent, clock } = this.#options;
    const entry = await get(sessionId);
    if (!entry?.known || !isRecorded(entry) || isDiscarded(entry)) throw new CorrectionRefused('not-here');
    const { session, abandoned } = entry.known;
    const isOurs = session.agentId !== undefined && (agent === undefined || session.agentId === agent.id);
    if (writesNothing(session) || session.voicemail || abandoned || !isOurs || isHandedOver(entry))
      throw new CorrectionRefused('not-yours');
    const { endedAt } = entry;
    if (endedAt !== undefined && Math.abs(clock.now() - endedAt) > correctableFor)
      throw new CorrectionRefused('too-late');
    return entry;
  }
}

const byPhone = (phone: string) => ({ look: 'contacts' as const, way: 'phone' as const, query: { phone } });

const isOf = ({ sessionId }: SessionEntry, intent: Intent): boolean =>
  intent.sessionId === sessionId &&
  intent.kind !== 'open-ticket' &&
  (intent.kind === 'create-contact' || isOfSession(intent.key, sessionId));

const withContact = (contacts: readonly Contact[], one: Contact | undefined): readonly Contact[] =>
  [...contacts, ...(one && contacts.every(({ id }) => id !== one.id) ? [one] : [])].sort((a, b) =>
    a.createdAt < b.createdAt ? 1 : -1,
  );

/** The record as it is, or as the correction in progress will make it. */
function nowOf(entry: SessionEntry): { after: number; contact?: string; ticket?: string } {
  const { correction, known } = entry;
  if (holdsEvents(correction)) {
    const { ordinal, contact, ticket } = correction!;
    return { after: ordinal, ...idIn('contact', contact), ...idIn('ticket', ticket) };
  }
  const [contact, ticket] = [contactIdOf(entry), ticketIdOf(entry)];
  const after = Math.max(known?.correction ?? 0, correction?.ordinal ?? 0);
  return { after, ...(contact !== undefined && { contact }), ...(ticket !== undefined && { ticket }) };
}

const idIn = <Name extends string>(name: Name, one: { id: string } | 'new'): Partial<Record<Name, string>> =>
  one === 'new' ? {} : ({ [name]: one.id } as Record<Name, string>);

/** Whether the record has, or will have, what the agent chose: the press came twice, or it changes nothing. */
function isChosen(entry: SessionEntry, after: number, { contact, ticket }: CorrectedChoice): boolean {
  const now = nowOf(entry);
  const chosen = holdsEvents(entry.correction) ? entry.correction : entry.known?.decision;
  const isNext = now.after === after + 1;
  if (contact === 'new' || ticket === 'new') {
    const isSameContact = contact === 'new' ? chosen?.contact === 'new' : idOf(chosen?.contact) === contact.id;
    return isNext && isSameContact && chosen?.ticket === ticket;
  }
  return now.contact === contact.id && now.ticket === ticket.id;
}

const idOf = (one: { id: string } | 'new' | undefined): string | undefined =>
  typeof one === 'object' ? one.id : undefined;
