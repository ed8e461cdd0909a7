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
import { resolveSession, mayAskNow } from './resolve-session.js';
import { roleOf, tooMany, unknownSession } from './event-roles.js';
import { choiceNeeded, discardedFact, factOf, linksOf } from './record-facts.js';
import { endOf, unrecorded } from './unrecorded-calls.js';
import { MemoryJournal } from './journal.js';
import {
  adopted,
  awaitsEndCard,
  close,
  discard,
  endChoice,
  isChoosing,
  isDiscarded,
  wasHandedOver,
  isHandOver,
  isRecorded,
  learn,
  missedStart,
  recordOf,
  type SessionEntry,
} from './session-entry.js';
import { SessionEntries } from './session-entries.js';
import { followUpToShow, isTicketDiscarded, learned, orphansOf, tellsCrmIsBack } from './outbox-feedback.js';
import { NotNow } from './crm-look-ups.js';
import type { RecordKeeperOptions } from './options.js';
import type { Report } from './problem.js';
import { SessionSteps } from './session-steps.js';
import { JournalSync } from './journal-sync.js';
import { cardDueAfter, isPast } from './card-time.js';
import { SessionTimers } from './timers.js';
import { SilentSessions } from './silent-sessions.js';
import {
  countWaiting,
  hasWork,
  UnrecordedSessions,
  isUnfinished,
  isUnresolved,
  surplusOf,
} from './waiting-sessions.js';
import { Deposed } from '../outbox/outbox-store.js';
import { plainSession } from '../telephony/sessions.js';

const keptEvents = 500;

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
  readonly #entries: SessionEntries;
  readonly #unrecorded: UnrecordedSessions;
  readonly #unsubscribe: () => void;
  readonly #restored: Promise<void>;
  #stopped = false;

  constructor(options: RecordKeeperOptions) {
    const { outbox, journal, report, tellUnrecorded, storage } = options;
    const { timers = realTime.timers } = options;
    const clock = forwardClock(options.clock ?? realTime.clock);
    this.#options = options;
    this.#clock = clock;
    this.#report = report ?? (() => undefined);
    this.#timers = new SessionTimers(timers);
    this.#store = new JournalSync(journal ?? new MemoryJournal(), this.#report);
    this.#entries = new SessionEntries(this.#timers, this.#store, storage && new SilentSessions(storage, clock));
    this.#unrecorded = new UnrecordedSessions(tellUnrecorded);
    this.#steps = new SessionSteps({
      ...{ ...options, report: this.#report, clock, timers },
      entries: () => this.#entries.all,
      keep: (entry) => this.#keepAsLeader(entry),
      tellChoice: (entry) => this.#tellChoice(entry),
      tellLinks: (entry) => this.#tellLinks(entry),
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
    const role = roleOf(event);
    if (role === 'nothing' || this.#entries.isSilent(sessionId)) return;
    if (role === 'detail' && !this.#entries.get(sessionId)) return;
    const entry = this.#entries.of(sessionId);
    if (entry.waiting.some(({ id }) => id === event.id)) return entry.tail;
    if (entry.waiting.length >= keptEvents) return this.#report(tooMany(event));
    entry.waiting.push(event);
    entry.cardDue = cardDueAfter(event, entry, this.#options.settings(), this.#clock.now());
    return this.#work(entry);
  }

  /**
   * Takes up a session that began before this desktop. If neither the journal nor the platform knows the session's
   * record, the rules run again. The keys of their intents prevent duplicate writes.
   */
  resume(active: Session | ActiveSession): void {
    void this.#restored.then(() => {
      const { agent, host } = this.#options;
      const agentId = agent?.id ?? active.agentId;
      const session = plainSession(active);
      const { contactId, ticketId } = session.record ?? {};
      if (writesNothing(session)) return this.#silence(session.id);
      const known = this.#entries.get(session.id);
      if (known && isDiscarded(known)) return this.#options.tell(session.id, discardedFact);
      if (known && isRecorded(known)) return this.#tellLinks(known);
      if (known && isChoosing(known)) return this.#tellChoice(known);
      if (ticketId !== undefined) {
        const entry = this.#entries.of(session.id);
        learn(
          entry,
          adopted(
            session,
            { agent, account: host.account },
            { id: ticketId },
            contactId,
            agentId,
            isOn(active) ? agentId : undefined,
          ),
        );
        this.#tellLinks(entry);
        return void this.#work(entry);
      }
      const { phase, since } = active as Partial<ActiveSession>;
      if (phase === 'offered' || agentId === undefined) return;
      const at = since ?? new Date(this.#clock.now()).toISOString();
      return void this.take(missedStart(session, agentId, at));
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

  /** R31: writes the end cards now, without waiting for notes: the agent logs out. */
  async writeCards(): Promise<void> {
    await this.#restored;
    await Promise.all(
      this.#entries.all.filter(awaitsEndCard).map((entry) => {
        entry.cardDue = 0;
        return this.#work(entry);
      }),
    );
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
    const now = this.#clock.now();
    await Promise.all(lost.flatMap((one) => endOf(one, now)).map((event) => this.take(event)));
  }

  /** The number of events that wait for the CRM, the platform or the agent. */
  get waiting(): number {
    return countWaiting(this.#entries.all);
  }

  /** Drops the waiting events of one session, or of all. A session that has no ticket then never gets one. */
  discardWaiting(sessionId?: string): void {
    for (const entry of this.#entries.all) {
      if (!hasWork(entry) || (sessionId ?? entry.sessionId) !== entry.sessionId) continue;
      if (sessionId === undefined) this.#entries.forget(entry);
      else if (isRecorded(entry)) this.#drop(entry);
      else this.#discard(entry);
    }
    this.#tellUnrecorded();
  }

  /** Saves all sessions again, when the journal accepts writes after an interruption that may have lost them. */
  async keepAll(): Promise<void> {
    await this.#store.removeLeft();
    for (const entry of this.#entries.all) {
      if (this.#entries.has(entry)) await this.#store.keepAnew(entry);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    for (const entry of this.#entries.all) this.#timers.clear(entry);
  }

  #work(entry: SessionEntry): Promise<void> {
    entry.tail = entry.tail.then(() => this.#takeWaiting(entry));
    return entry.tail;
  }

  /** Gives up the session's record for a person. The keeper drops the session's later events. */
  #discard(entry: SessionEntry): void {
    if (!entry.known) return this.#silence(entry.sessionId);
    discard(entry);
    this.#options.tell(entry.sessionId, discardedFact);
    this.#drop(entry);
  }

  /** Drops the waiting events. R13: after a hand-over, the next agent's desktop records the session. */
  #drop(entry: SessionEntry): void {
    const events = entry.waiting;
    entry.waiting = [];
    if (awaitsEndCard(entry)) learn(entry, { ...entry.known!, finished: true });
    this.#timers.clear(entry);
    delete entry.blocked;
    entry.tries = 0;
    if (isDiscarded(entry) && events.some(isHandOver)) return this.#entries.forget(entry);
    if (events.some(({ type }) => type === 'session.closed')) {
      close(entry);
      // S4: the platform stores `none` as the ticket, so that no desktop takes up the call as unrecorded.
      if (isDiscarded(entry)) this.#options.tell(entry.sessionId, discardedFact);
    }
    for (const key of orphansOf(entry, this.#options.outbox.entries)) void this.#options.outbox.discard(key);
    void this.#keep(entry);
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
    if (isDiscarded(entry)) return this.#drop(entry);
    if (this.#timers.isSet(entry, 'look-up')) return this.#keep(entry);
    try {
      for (let at = 0; at < entry.waiting.length;) {
        const event = entry.waiting[at]!;
        const verdict = await this.#steps.take(entry, event);
        if (this.#isGone(entry)) return;
        if (isDiscarded(entry)) return this.#drop(entry);
        if (verdict === 'silent') return this.#silence(entry.sessionId);
        if (verdict === 'done') entry.waiting = entry.waiting.filter((one) => one !== event);
        // Earlier events may have waited for this one, so start from the first.
        at = verdict === 'done' ? 0 : at + 1;
      }
      // The waiting events first: a crash may have come after the card of one of them, and before the journal knew it.
      if (awaitsEndCard(entry) && isPast(entry.cardDue, this.#clock.now())) await this.#steps.writeCard(entry);
      if (this.#isGone(entry)) return;
      if (isDiscarded(entry)) return this.#drop(entry);
      if (entry.tries > 0) this.#options.tell(entry.sessionId, { type: 'record.recovered' });
      entry.tries = 0;
      this.#hold(entry, undefined);
    } catch (error) {
      if (isDiscarded(entry)) return this.#drop(entry);
      this.#waitForCrm(entry, error as NotNow);
    }
    await this.#keep(entry);
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
    const { unknown, over } = surplusOf(this.#entries.all, this.#options.remembers);
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
    const answer = await resolveSession(entry, {
      telephony,
      lookUps: this.#steps.lookUps,
      outbox,
      agent,
      host,
      at,
      timers,
    });
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

  /**
   * R8, R31: saves a decision, or the facts of a card, before the keeper uses it. Otherwise another tab might decide on
   * a second ticket, or its card lose what only that tab has heard.
   */
  async #keepAsLeader(entry: SessionEntry): Promise<void> {
    this.#store.renew(entry);
    await this.#keep(entry);
    if (this.#store.deposed) throw new NotNow(new Deposed('Another tab leads.'));
  }

  async #keep(entry: SessionEntry): Promise<void> {
    if (this.#entries.has(entry)) await this.#store.keep(entry);
  }

  async #restore(): Promise<void> {
    for (const kept of await this.#store.load()) {
      const entry = this.#entries.of(kept.sessionId, kept);
      this.#store.renew(entry);
      for (const row of this.#options.outbox.entries)
        if (entry.known) learn(entry, { ...entry.known, ...learned(entry.known, row) });
      if (isChoosing(entry)) this.#tellChoice(entry);
      void this.#work(entry);
    }
  }

  #tellChoice(entry: SessionEntry): void {
    this.#options.tell(entry.sessionId, choiceNeeded(entry, this.#options.settings()));
  }

  #tellLinks(entry: SessionEntry): void {
    const { host, recall, tell } = this.#options;
    void linksOf(entry, host, recall).then((fact) => fact && tell(entry.sessionId, fact));
  }

  #takeRow(row: OutboxEntry): void {
    const sessions = new Set([row.intent.sessionId]);
    for (const entry of this.#entries.all) {
      if (isTicketDiscarded(entry, row)) this.#discard(entry);
      const change = entry.known && learned(entry.known, row);
      if (!change) continue;
      learn(entry, { ...entry.known!, ...change });
      sessions.add(entry.sessionId);
      void this.#work(entry);
    }
    if (tellsCrmIsBack(row, this.#entries.all)) void this.retry();
    const { agent, outbox, opensTickets = true } = this.#options;
    const shown = agent && opensTickets && followUpToShow(this.#entries.get(row.intent.sessionId), row, agent.id);
    // If the outbox refuses the intent, the ticket stays closed: later, the agent may be busy with other work.
    if (shown) outbox.enqueue([shown]).catch(() => undefined);
    const fact = factOf(row);
    if (fact) for (const sessionId of sessions) this.#options.tell(sessionId, fact);
  }
}

/** Whether the agent is in the session, not in its wrap-up. */
const isOn = ({ phase }: Partial<ActiveSession>): boolean => phase !== 'wrap-up' && phase !== 'ended';
