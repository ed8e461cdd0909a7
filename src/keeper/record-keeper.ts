import { realTime, type Clock } from '../environment/environment.js';
import { forwardClock } from '../environment/forward-clock.js';
import type { Choice, Session, SessionRecord } from '../domain/session.js';
import type { TicketChoice } from '../domain/ticket-choice.js';
import type { OutboxEntry } from '../outbox/outbox.js';
import type { Failure } from '../domain/failure.js';
import { offeredTickets } from '../records/decision.js';
import { writesNothing } from '../records/session-kind.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { ActiveSession, SessionSummary } from '../telephony/telephony.js';
import { mayAskNow, resolveSession } from './resolve-session.js';
import { isTooMany, roleOf, tooMany, unknownSession } from './event-roles.js';
import { choiceNeeded, discardedFact, factOf, isTold, linksOf } from './record-facts.js';
import { endOf, unrecorded } from './unrecorded-calls.js';
import { MemoryJournal } from './journal.js';
import {
  awaitsEndCard,
  endChoice,
  isChoosing,
  isDiscarded,
  wasHandedOver,
  isRecorded,
  learn,
  recordOf,
  ticketIdOf,
  type SessionEntry,
} from './session-entry.js';
import { SessionEntries } from './session-entries.js';
import { followUpToShow, isTicketDiscarded, learned, tellsCrmIsBack } from './outbox-feedback.js';
import type { NotNow } from './crm-look-ups.js';
import type { RecordKeeperOptions } from './options.js';
import type { Report } from './problem.js';
import { Corrections } from './corrections.js';
import { resumption } from './resumed-session.js';
import { SessionSteps } from './session-steps.js';
import { JournalSync } from './journal-sync.js';
import { fromEarlierVersion } from './earlier-version.js';
import { Discarding } from './discarding.js';
import { cardDueAfter } from './card-time.js';
import { TicketReads } from './ticket-reads.js';
import { SessionTimers } from './timers.js';
import { Transcripts } from './transcripts.js';
import {
  countWaiting,
  isOver,
  isTooOld,
  UnrecordedSessions,
  isUnfinished,
  isUnresolved,
  surplusOf,
} from './waiting-sessions.js';

/**
 * Runs the rules on each session's events, and puts the rules' intents in the outbox. Takes a session's events in turn.
 * A session that waits does not delay other sessions. S4: never stores a session that gets no ticket.
 */
export class RecordKeeper {
  readonly #options: RecordKeeperOptions;
  readonly #store: JournalSync;
  readonly #clock: Clock;
  readonly #timers: SessionTimers;
  readonly #report: Report;
  readonly #steps: SessionSteps;
  /** R35: the agent changes the contact or the ticket. */
  readonly corrections: Corrections;
  readonly #entries: SessionEntries;
  readonly #discarding: Discarding;
  readonly #unrecorded: UnrecordedSessions;
  readonly #ticketReads: TicketReads;
  readonly #transcripts: Transcripts;
  readonly #unsubscribe: () => void;
  readonly #restored: Promise<void>;
  #stopped = false;

  constructor(options: RecordKeeperOptions) {
    const { outbox, journal, report, tellUnrecorded, storage, timers = realTime.timers } = options;
    const clock = forwardClock(options.clock ?? realTime.clock);
    this.#options = options;
    this.#ticketReads = new TicketReads({ host: options.host, clock, tell: options.tell });
    this.#clock = clock;
    this.#report = report ?? (() => undefined);
    this.#timers = new SessionTimers(timers);
    this.#store = new JournalSync(journal ?? new MemoryJournal(), this.#report);
    this.#transcripts = new Transcripts({ ...options, timers });
    this.#entries = new SessionEntries(this.#timers, this.#store, { storage, clock, transcripts: this.#transcripts });
    this.#discarding = new Discarding({
      ...{ entries: this.#entries, timers: this.#timers, outbox, tell: options.tell },
      silence: (sessionId) => this.#silence(sessionId),
      keep: (entry) => this.#entries.keep(entry),
    });
    this.#unrecorded = new UnrecordedSessions(tellUnrecorded);
    this.#steps = new SessionSteps({
      ...{ ...options, report: this.#report, clock, timers, transcripts: this.#transcripts },
      entries: () => this.#entries.all,
      keep: (entry) => this.#entries.keepAsLeader(entry),
      tellChoice: (entry) => this.#tellChoice(entry),
      tellLinks: (entry) => this.#tellLinks(entry),
    });
    this.corrections = new Corrections({
      ...{ ...options, clock, timers },
      get: (sessionId) => this.#restored.then(() => this.#entries.get(sessionId)),
      portsOf: (entry) => this.#steps.portsOf(entry),
      work: (entry) => void this.#work(entry),
    });
    this.#unsubscribe = outbox.subscribe((row) => this.#takeRow(row));
    this.#restored = this.#restore();
  }

  /**
   * Takes an event from the subscription. Resolves when the event's intents are in the outbox, or the event waits.
   * R30: ignores the events of another owner, which another desktop writes.
   */
  async take(event: SessionEvent): Promise<void> {
    const { sessionId, owner } = event;
    if (owner && owner !== (this.#options.agent?.id ?? owner)) return;
    await this.#restored;
    const known = this.#entries.get(sessionId);
    if (event.type === 'session.recorded') return known && this.corrections.hear(known, event.record);
    const role = roleOf(event);
    if (this.#entries.isSilent(sessionId)) return;
    this.#transcripts.hear(event, this.#entries.get(sessionId));
    if (role === 'nothing') return;
    if (role === 'detail' && !this.#entries.get(sessionId)) return;
    const entry = this.#entries.of(sessionId);
    if (entry.waiting.some(({ id }) => id === event.id)) return entry.tail;
    if (isTooMany(event, entry.waiting)) return this.#report(tooMany(event));
    entry.waiting.push(event);
    if (event.type === 'session.ended') entry.endedAt ??= this.#clock.now();
    entry.cardDue = cardDueAfter(event, entry, this.#options.settings(), this.#clock.now());
    await this.#work(entry);
    if (event.type === 'session.connected') this.readTicket(sessionId, 'background');
  }

  /** A16: tells the screen the number and status of the session's ticket, at the answer and when Details open. */
  readTicket(sessionId: string, priority: 'interactive' | 'background' = 'interactive'): void {
    const entry = this.#entries.get(sessionId);
    const ticketId = entry && isRecorded(entry) && !isDiscarded(entry) ? ticketIdOf(entry) : undefined;
    if (ticketId !== undefined && this.#options.agent) void this.#ticketReads.read(sessionId, ticketId, priority);
  }

  /**
   * Takes up a session that began before this desktop. If neither the journal nor the platform knows the session's
   * record, the rules run again. The keys of their intents prevent duplicate writes.
   */
  resume(active: Session | ActiveSession): void {
    void this.#restored.then(() => {
      const { agent, host, outbox } = this.#options;
      const known = this.#entries.get(active.id);
      if (writesNothing(active)) return this.#silence(active.id);
      if (known) this.corrections.hear(known, active.record ?? {});
      if (known && isDiscarded(known)) return this.#options.tell(active.id, discardedFact);
      if (known && isRecorded(known)) return this.#tellLinks(known);
      if (known && isChoosing(known)) return this.#tellChoice(known);
      const next = resumption(active, { agent, account: host.account, outbox, now: this.#clock.now() });
      if (typeof next === 'string') return;
      if ('take' in next) return void this.take(next.take);
      const entry = this.#entries.of(active.id);
      learn(entry, next.adopt);
      this.#tellLinks(entry);
      void this.#work(entry);
    });
  }

  /** A10: takes the agent's choice, which is final. False when the keeper does not wait for a choice. */
  async choose(sessionId: string, choice: Choice): Promise<boolean> {
    await this.#restored;
    const entry = this.#entries.get(sessionId);
    if (!entry || !isChoosing(entry)) return false;
    entry.choice = choice;
    await this.#store.keep(entry);
    await this.#work(entry);
    return true;
  }

  /** A10, S2: the contact's tickets that the agent can choose. Rejects with the failure of the look-up. */
  async offer(sessionId: string, contactId: string | 'new'): Promise<TicketChoice | undefined> {
    await this.#restored;
    const entry = this.#entries.get(sessionId);
    if (!entry?.known || !isChoosing(entry)) return undefined;
    const live = contactId === 'new' ? [] : await this.#steps.lookUps.liveTickets(contactId);
    return offeredTickets(entry.known.session, contactId, live, this.#options.settings());
  }

  /**
   * The session's contact and ticket. Names the ticket only when the session's first intents are in the outbox: once
   * the platform has a ticket, no other desktop writes those intents.
   */
  recordOf(sessionId: string): SessionRecord | undefined {
    const entry = this.#entries.get(sessionId);
    return entry && recordOf(entry);
  }

  /** Repeats the waiting requests to the CRM and the platform now. Resolves after those requests. */
  async retry(): Promise<void> {
    for (const entry of this.#entries.all)
      if (this.#timers.end(entry, 'look-up')) void this.#work(entry);
      else if (mayAskNow(entry) && this.#timers.end(entry, 'resolve')) this.#askAgain(entry);
    await Promise.all(this.#entries.all.map(({ tail }) => tail));
  }

  /**
   * R31: takes the events that have come, then writes the end cards without waiting for notes: the agent logs out, or the
   * desktop stops.
   */
  async finish(): Promise<void> {
    await this.#restored;
    await Promise.allSettled(this.#entries.all.map(({ tail }) => tail));
    const waiting = this.#entries.all.filter(awaitsEndCard);
    await Promise.all(waiting.map((entry) => this.#work(Object.assign(entry, { cardDue: 0 }))));
  }

  /** Ids of an earlier page's sessions without a recorded end. That page may have lost the end event. */
  async unfinished(): Promise<readonly string[]> {
    await this.#restored;
    return this.#entries.all.filter(isUnfinished).map(({ sessionId }) => sessionId);
  }

  /** B5: records finished calls that no desktop has recorded. */
  async takeUp(history: readonly SessionSummary[]): Promise<void> {
    await this.#restored;
    const lost = unrecorded(history, this.#options.agent?.id).filter(({ session }) => !this.#entries.get(session.id));
    await Promise.all(lost.flatMap((one) => endOf(one, this.#clock.now())).map((event) => this.take(event)));
  }

  /** The number of events and end cards that wait for the CRM, the platform, the agent or their time. */
  get waiting(): number {
    return countWaiting(this.#entries.all);
  }

  /** Drops the waiting events of one session, or of all. A session that has no ticket then never gets one. */
  discardWaiting(sessionId?: string): void {
    this.#discarding.discardWaiting(sessionId);
    this.#tellUnrecorded();
  }

  /** Saves all sessions again, when the journal accepts writes after an interruption that may have lost them. */
  async keepAll(): Promise<void> {
    await this.#store.removeLeft();
    for (const entry of this.#entries.all) if (this.#entries.has(entry)) await this.#store.keepAnew(entry);
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    for (const entry of this.#entries.all) this.#timers.clear(entry);
  }

  #work(entry: SessionEntry): Promise<void> {
    const { nextTask } = this.#options;
    entry.tail = entry.tail.then(nextTask).then(() => this.#takeWaiting(entry));
    return entry.tail;
  }

  #silence(sessionId: string): void {
    this.#entries.silence(sessionId);
    this.#tellUnrecorded();
  }

  #isGone(entry: SessionEntry): boolean {
    return this.#stopped || !this.#entries.has(entry);
  }

  async #takeWaiting(entry: SessionEntry): Promise<void> {
    if (await this.#entries.wasSilent(entry)) this.#silence(entry.sessionId);
    if (this.#isGone(entry)) return;
    if (isDiscarded(entry)) return this.#discarding.drop(entry);
    if (this.#timers.isSet(entry, 'look-up')) return this.#entries.keep(entry);
    try {
      if (!(await this.corrections.goOn(entry))) return void (await this.#entries.keep(entry));
      const isSilent = await this.#steps.takeAll(entry, () => this.#isGone(entry) || isDiscarded(entry));
      if (isSilent) return this.#silence(entry.sessionId);
      if (this.#isGone(entry)) return;
      if (isDiscarded(entry)) return this.#discarding.drop(entry);
      if (entry.tries > 0) this.#options.tell(entry.sessionId, { type: 'record.recovered' });
      entry.tries = 0;
      this.#hold(entry, undefined);
    } catch (error) {
      if (isDiscarded(entry)) return this.#discarding.drop(entry);
      this.#waitForCrm(entry, error as NotNow);
    }
    entry.overSince = isOver(entry) ? (entry.overSince ?? this.#clock.now()) : undefined;
    await this.#entries.keep(entry);
    this.#lookAfter(entry);
  }

  /** Holds the session's events until the timer repeats the look-up. */
  #waitForCrm(entry: SessionEntry, { failure, retryAfter }: NotNow): void {
    entry.tries++;
    if (entry.tries === 1) this.#options.tell(entry.sessionId, { type: 'record.failed', failure });
    this.#hold(entry, failure);
    this.#timers.lookUpAgain(entry, retryAfter, () => void this.#work(entry));
  }

  #hold(entry: SessionEntry, failure: Failure | undefined): void {
    if (failure) entry.blocked = { failure, since: entry.blocked?.since ?? this.#clock.now() };
    else delete entry.blocked;
    this.#tellUnrecorded();
  }

  #tellUnrecorded(): void {
    this.#unrecorded.tell(this.#entries.all);
  }

  /** Sets the session's timers, and forgets surplus sessions. */
  #lookAfter(entry: SessionEntry): void {
    if (this.#isGone(entry)) return;
    if (this.#options.telephony) this.#timers.resolve(entry, () => this.#askAgain(entry));
    else if (entry.phase.name === 'choosing' && !entry.phase.final && wasHandedOver(entry)) {
      endChoice(entry);
      void this.#work(entry);
    }
    this.#timers.waitForPart(entry, () => void this.#work(entry));
    this.#timers.waitForCard(entry, this.#clock.now(), () => void this.#work(entry));
    const { unknown, over } = surplusOf(this.#entries.all, this.#clock.now(), this.#options.remembers);
    for (const surplus of unknown) this.#giveUp(surplus);
    for (const surplus of over) this.#entries.forget(surplus);
  }

  #askAgain(entry: SessionEntry): void {
    entry.tail = entry.tail.then(() => this.#ask(entry));
  }

  async #ask(entry: SessionEntry): Promise<void> {
    const { agent, host, outbox, telephony, timers = realTime.timers } = this.#options;
    if (!telephony || this.#isGone(entry) || !isUnresolved(entry)) return;
    const at = new Date(this.#clock.now()).toISOString();
    const { lookUps } = this.#steps;
    const answer = await resolveSession(entry, { telephony, lookUps, outbox, agent, host, at, timers });
    if (this.#isGone(entry)) return;
    if (answer === 'silent') this.#silence(entry.sessionId);
    if (answer === 'unknown') return this.#giveUp(entry);
    if (answer === 'known') this.#tellLinks(entry);
    await this.#takeWaiting(entry);
    this.#tellUnrecorded();
  }

  #giveUp(entry: SessionEntry): void {
    const lost = entry.waiting.filter((event) => roleOf(event) !== 'ends');
    const isAbandoned = entry.phase.name === 'introduced' && entry.phase.abandoned;
    if (lost.length > 0 && !isAbandoned) this.#report(unknownSession(entry.sessionId, lost));
    this.#entries.forget(entry);
    this.#tellUnrecorded();
  }

  async #restore(): Promise<void> {
    const now = this.#clock.now();
    for (const kept of await this.#store.load(({ overSince }) => isTooOld(overSince, now))) {
      const entry = this.#entries.of(kept.sessionId, kept);
      this.#store.renew(entry);
      const { agent, outbox } = this.#options;
      if (entry.known) learn(entry, { ...entry.known, ...fromEarlierVersion(kept, outbox, agent) });
      for (const row of outbox.entries) if (entry.known) learn(entry, { ...entry.known, ...learned(entry.known, row) });
      if (isChoosing(entry)) this.#tellChoice(entry);
      // R35: the page may have crashed before the platform knew.
      if (entry.known?.correction) this.#tellLinks(entry);
      void this.#work(entry);
    }
    this.#transcripts.keepOnly(this.#entries.all);
  }

  #tellChoice(entry: SessionEntry): void {
    this.#options.tell(entry.sessionId, choiceNeeded(entry, this.#options.settings()));
  }

  #tellLinks(entry: SessionEntry): void {
    const { host, recall, tell } = this.#options;
    void linksOf(entry, host, recall).then((fact) => {
      if (fact && isTold(entry, recall)) this.#ticketReads.told(entry.sessionId);
      if (fact) tell(entry.sessionId, fact);
    });
  }

  #takeRow(row: OutboxEntry): void {
    const sessions = new Set([row.intent.sessionId]);
    for (const entry of this.#entries.all) {
      if (isTicketDiscarded(entry, row) && !entry.correction) this.#discarding.discard(entry);
      if (this.corrections.takeRow(entry, row)) void this.#work(entry);
      const change = entry.known && learned(entry.known, row);
      if (!change) continue;
      learn(entry, { ...entry.known!, ...change });
      sessions.add(entry.sessionId);
      void this.#work(entry);
      // A16: the outbox may know the ticket that the old one was merged into from an earlier look-up.
      if (change.moved) this.#ticketReads.doubt(entry.sessionId);
      if (change.moved) this.readTicket(entry.sessionId, 'background');
    }
    if (tellsCrmIsBack(row, this.#entries.all)) void this.retry();
    const { agent, outbox, opensTickets = true } = this.#options;
    const shown = agent && opensTickets && followUpToShow(this.#entries.get(row.intent.sessionId), row, agent.id);
    // If the outbox refuses the intent, the ticket stays closed: later, the agent may be busy with other work.
    if (shown) outbox.enqueue([shown]).catch(() => undefined);
    const fact = factOf(row);
    if (fact)
      for (const sessionId of sessions) {
        if (row.result?.ticket) this.#ticketReads.told(sessionId);
        this.#options.tell(sessionId, fact);
      }
  }
}
