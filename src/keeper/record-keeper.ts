import { realTime, type Clock } from '../environment/environment.js';
import type { Choice, Session, SessionRecord } from '../domain/session.js';
import type { TicketChoice } from '../domain/ticket-choice.js';
import type { OutboxEntry } from '../outbox/outbox.js';
import type { Failure } from '../domain/failure.js';
import { offeredTickets } from '../records/decision.js';
import { unfitSessionFields } from '../records/session-field-values.js';
import { writesNothing } from '../records/session-kind.js';
import { readEvent } from '../telephony/event-shape.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { ActiveSession, SessionSummary } from '../telephony/telephony.js';
import { askPlatform, mayAskNow } from './resolve-session.js';
import { badEvent, keptWithout, lookUpRefused, notRecorded, roleOf, tooMany, unknownSession } from './event-roles.js';
import { choiceNeeded, discardedFact, factOf, linksOf } from './record-facts.js';
import { endOf, unrecorded } from './unrecorded-calls.js';
import { MemoryJournal } from './journal.js';
import { adopted, isHandedOver, isHandOver, missedStart, recordOf, type Lane } from './session-entry.js';
import { KeeperLanes } from './session-entries.js';
import { followUpToShow, isDiscarded, learned, orphansOf } from './outbox-feedback.js';
import { KeeperLookUps, NotNow } from './crm-look-ups.js';
import type { RecordKeeperOptions } from './options.js';
import type { Report } from './problem.js';
import { takeStep, type Verdict } from './take-event.js';
import { KeeperStore } from './journal-sync.js';
import { KeeperTimers } from './timers.js';
import { SilentSessions } from './silent-sessions.js';
import { countWaiting, HeldNews, isUnfinished, isUnresolved, surplusOf } from './waiting-sessions.js';
import { Deposed } from '../outbox/outbox-store.js';
import { plainSession } from '../telephony/sessions.js';

const keptEvents = 500;
/** What is so for everything that the CRM is asked. */
const away: ReadonlySet<string> = new Set(['unauthorized', 'offline']);

export type { RecordKeeperOptions };

/**
 * Holds what is known of each session and runs the rules: event + what is known + settings → intents → outbox.
 * A session's events are taken one after the other; what cannot be taken yet waits, and other sessions go on.
 * A session without a ticket (S4) is never held.
 */
export class RecordKeeper {
  readonly #options: RecordKeeperOptions;
  readonly #store: KeeperStore;
  readonly #clock: Clock;
  readonly #timers: KeeperTimers;
  readonly #report: Report;
  readonly #lookUps: KeeperLookUps;
  readonly #lanes: KeeperLanes;
  readonly #heldNews: HeldNews;
  readonly #unsubscribe: () => void;
  readonly #restored: Promise<void>;
  #stopped = false;

  constructor(options: RecordKeeperOptions) {
    const { host, outbox, settings, journal, report, tellHeld, storage } = options;
    const { clock = realTime.clock, timers = realTime.timers } = options;
    this.#options = options;
    this.#clock = clock;
    this.#report = report ?? (() => undefined);
    this.#timers = new KeeperTimers(timers);
    this.#store = new KeeperStore(journal ?? new MemoryJournal(), this.#report);
    this.#lanes = new KeeperLanes(this.#timers, this.#store, storage && new SilentSessions(storage, clock));
    this.#heldNews = new HeldNews(tellHeld);
    this.#lookUps = new KeeperLookUps(
      host,
      clock,
      (what, failure) => this.#report(lookUpRefused(what, failure)),
      (fields) => {
        for (const { id, message } of unfitSessionFields(settings(), fields))
          this.#report({ code: 'field-mapping', message, part: id });
      },
    );
    this.#unsubscribe = outbox.subscribe((entry) => this.#hear(entry));
    this.#restored = this.#restore();
  }

  /** Takes an event of a session that this desktop owns. Resolves when what it means is in the outbox, or waits. */
  async take(given: SessionEvent): Promise<void> {
    const read = readEvent(given);
    if ('wrong' in read) return this.#report(badEvent(given, read.wrong));
    const { event } = read;
    const { sessionId, owner } = event;
    // R30: it is another desktop's to write.
    if (owner !== undefined && owner !== '' && owner !== this.#options.agent.id) return;
    for (const part of read.dropped) this.#report(keptWithout(given, part));
    await this.#restored;
    if (roleOf(event) === 'nothing') return;
    if (this.#lanes.isSilent(sessionId)) return;
    const lane = this.#lanes.of(sessionId);
    if (lane.waiting.some(({ id }) => id === event.id)) return lane.tail;
    if (lane.waiting.length >= keptEvents) return this.#report(tooMany(event));
    lane.waiting.push(event);
    return this.#work(lane);
  }

  /**
   * A session that was on before this desktop started. What it became is known by the journal or the platform; where it
   * is not, the rules run again, and their keys make each write happen once.
   */
  resume(active: Session | ActiveSession): void {
    void this.#restored.then(() => {
      const { agent, host } = this.#options;
      const session = plainSession(active);
      const { contactId, ticketId } = session.record ?? {};
      if (writesNothing(session)) return this.#silence(session.id);
      const held = this.#lanes.get(session.id);
      if (held?.discarded) return this.#options.tell(session.id, discardedFact);
      if (held?.known?.recorded) return this.#tellLinks(held);
      if (held?.asked && !held.choice) return this.#tellChoice(held);
      if (ticketId !== undefined) {
        const lane = this.#lanes.of(session.id);
        lane.known = adopted(session, { agent, account: host.account }, { id: ticketId }, contactId, agent.id);
        this.#tellLinks(lane);
        return void this.#work(lane);
      }
      const { phase, since } = active as Partial<ActiveSession>;
      if (phase === 'offered') return;
      const at = since ?? new Date(this.#clock.now()).toISOString();
      return void this.take(missedStart(session, agent.id, at));
    });
  }

  /** A10: the agent chooses; it cannot be changed afterwards. False: there is nothing to choose any more. */
  async choose(sessionId: string, choice: Choice): Promise<boolean> {
    await this.#restored;
    const lane = this.#lanes.get(sessionId);
    if (!lane?.asked || lane.choice || lane.known?.recorded || lane.discarded) return false;
    lane.choice = choice;
    await this.#store.keep(lane);
    await this.#work(lane);
    return true;
  }

  /** A10, S2: the tickets of a contact that the agent looks at. Rejects with the look-up's failure. */
  async offer(sessionId: string, contactId: string | 'new'): Promise<TicketChoice | undefined> {
    await this.#restored;
    const lane = this.#lanes.get(sessionId);
    if (!lane?.asked || lane.choice || !lane.known) return undefined;
    try {
      const live = contactId === 'new' ? [] : await this.#lookUps.liveTickets(contactId);
      return offeredTickets(lane.known.session, contactId, live, this.#options.settings());
    } catch (error) {
      throw error instanceof NotNow ? Object.assign(new Error(error.failure.message), error.failure) : error;
    }
  }

  /**
   * What a session became in the CRM. The ticket is named once what the session says on it is kept: whoever finds it named
   * writes nothing of the beginning again.
   */
  recordOf(sessionId: string): SessionRecord | undefined {
    const lane = this.#lanes.get(sessionId);
    return lane && recordOf(lane);
  }

  /** Tries again at once what waits for the CRM or the platform. Resolves when it has been tried. */
  async retry(): Promise<void> {
    for (const lane of this.#lanes.all)
      if (this.#timers.ends(lane, 'retry')) void this.#work(lane);
      else if (mayAskNow(lane) && this.#timers.ends(lane, 'ask')) this.#askAgain(lane);
    await Promise.all(this.#lanes.all.map(({ tail }) => tail));
  }

  /** Sessions of a page before this one whose end is not recorded: it may have come and gone with that page. */
  async unfinished(): Promise<readonly string[]> {
    await this.#restored;
    return this.#lanes.all.filter(isUnfinished).map(({ sessionId }) => sessionId);
  }

  /** B5: of calls that are over, those that nobody has recorded. The platform is asked once more before they are. */
  async takeUp(history: readonly SessionSummary[]): Promise<void> {
    await this.#restored;
    const lost = unrecorded(history, this.#options.agent.id).filter(({ session }) => !this.#lanes.get(session.id));
    const now = this.#clock.now();
    await Promise.all(lost.flatMap((one) => endOf(one, now)).map((event) => this.take(event)));
  }

  /** How many events wait for the CRM, the platform or the agent. */
  get waiting(): number {
    return countWaiting(this.#lanes.all);
  }

  /** A person gives up what waits, of all sessions or of one; without a ticket, whatever may still come of it too. */
  discardWaiting(sessionId?: string): void {
    for (const lane of this.#lanes.all) {
      if (lane.waiting.length === 0 || (sessionId ?? lane.sessionId) !== lane.sessionId) continue;
      if (sessionId === undefined) this.#lanes.forget(lane);
      else if (lane.known?.recorded) this.#drop(lane);
      else this.#discard(lane);
    }
    this.#tellHeld();
  }

  /** The journal can be written again, and may have lost what it had: it has what a reload would miss, and nothing else. */
  async keepAll(): Promise<void> {
    await this.#store.removeLeft();
    for (const lane of this.#lanes.all) {
      lane.saved = '';
      await this.#keep(lane);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    for (const lane of this.#lanes.all) this.#timers.clear(lane);
  }

  #work(lane: Lane): Promise<void> {
    lane.tail = lane.tail.then(() => this.#takeWaiting(lane));
    return lane.tail;
  }

  /** A person gave up the ticket that it was to get: whatever may still come of it has nowhere to go. */
  #discard(lane: Lane): void {
    if (!lane.known) return this.#silence(lane.sessionId);
    lane.discarded = true;
    this.#options.tell(lane.sessionId, discardedFact);
    this.#drop(lane);
  }

  /** What waits is given up. R13: what was given up as a whole is the next agent's to write, from a hand-over on. */
  #drop(lane: Lane): void {
    const events = lane.waiting;
    lane.waiting = [];
    this.#timers.clear(lane);
    delete lane.held;
    lane.tries = 0;
    if (lane.discarded && events.some(isHandOver)) return this.#lanes.forget(lane);
    if (events.some(({ type }) => type === 'session.closed')) {
      lane.closed = true;
      // S4: the platform keeps it, for whoever takes up what nobody has recorded.
      if (lane.discarded) this.#options.tell(lane.sessionId, discardedFact);
    }
    for (const key of orphansOf(lane, this.#options.outbox.entries)) void this.#options.outbox.discard(key);
    void this.#keep(lane);
  }

  #silence(sessionId: string): void {
    this.#lanes.silence(sessionId);
    this.#tellHeld();
  }

  #isGone(lane: Lane): boolean {
    return this.#stopped || !this.#lanes.has(lane);
  }

  async #takeWaiting(lane: Lane): Promise<void> {
    if (await this.#lanes.wasSilent(lane)) this.#silence(lane.sessionId);
    if (this.#isGone(lane)) return;
    if (lane.discarded) return this.#drop(lane);
    if (lane.retry !== undefined) return this.#keep(lane);
    try {
      for (let at = 0; at < lane.waiting.length;) {
        const event = lane.waiting[at]!;
        const verdict = await this.#step(lane, event);
        if (this.#isGone(lane)) return;
        if (lane.discarded) return this.#drop(lane);
        if (verdict === 'silent') return this.#silence(lane.sessionId);
        if (verdict === 'done') lane.waiting = lane.waiting.filter((one) => one !== event);
        // What waited for an event comes before those after it.
        at = verdict === 'done' ? 0 : at + 1;
      }
      if (lane.tries > 0) this.#options.tell(lane.sessionId, { type: 'record.recovered' });
      lane.tries = 0;
      this.#hold(lane, undefined);
    } catch (error) {
      if (lane.discarded) return this.#drop(lane);
      this.#waitForCrm(lane, error as NotNow);
    }
    await this.#keep(lane);
    this.#lookAfter(lane);
  }

  /** Rejects with `NotNow` only. What the platform sends in a wrong shape is reported, and the rest goes on. */
  async #step(lane: Lane, event: SessionEvent): Promise<Verdict> {
    try {
      return await takeStep(lane, event, {
        ...this.#options,
        lookUps: this.#lookUps,
        lanes: () => this.#lanes.all,
        keep: () => this.#keepAsLeader(lane),
        tellChoice: () => this.#tellChoice(lane),
        tellLinks: () => this.#tellLinks(lane),
      });
    } catch (error) {
      if (error instanceof NotNow) throw error;
      this.#report(notRecorded(event.type, 'it is not what the platform promises', lane.sessionId, error));
      return 'done';
    }
  }

  /** The event waits, and those of its session behind it. */
  #waitForCrm(lane: Lane, { failure, retryAfter }: NotNow): void {
    lane.tries++;
    if (lane.tries === 1) this.#options.tell(lane.sessionId, { type: 'record.failed', failure });
    this.#hold(lane, failure);
    this.#timers.retry(lane, retryAfter, () => void this.#work(lane));
  }

  #hold(lane: Lane, failure: Failure | undefined): void {
    if (failure) lane.held = { failure, since: lane.held?.since ?? this.#clock.now() };
    else delete lane.held;
    this.#tellHeld();
  }

  #tellHeld(): void {
    this.#heldNews.tell(this.#lanes.all);
  }

  /** What still waits, and for whom. */
  #lookAfter(lane: Lane): void {
    if (this.#isGone(lane)) return;
    if (this.#options.telephony) this.#timers.ask(lane, () => this.#askAgain(lane));
    else if (isHandedOver(lane) && !lane.final) {
      lane.final = true;
      void this.#work(lane);
    }
    this.#timers.waitForPart(lane, () => void this.#work(lane));
    const { unknown, over } = surplusOf(this.#lanes.all);
    for (const surplus of unknown) this.#giveUp(surplus);
    for (const surplus of over) this.#lanes.forget(surplus);
  }

  #askAgain(lane: Lane): void {
    lane.tail = lane.tail.then(() => this.#ask(lane));
  }

  async #ask(lane: Lane): Promise<void> {
    const { agent, host, outbox, telephony, timers = realTime.timers } = this.#options;
    if (!telephony || this.#isGone(lane) || !isUnresolved(lane)) return;
    const at = new Date(this.#clock.now()).toISOString();
    const answer = await askPlatform(lane, { telephony, lookUps: this.#lookUps, outbox, agent, host, at, timers });
    if (this.#isGone(lane)) return;
    if (answer === 'silent') this.#silence(lane.sessionId);
    if (answer === 'unknown') return this.#giveUp(lane);
    if (answer === 'known') this.#tellLinks(lane);
    await this.#takeWaiting(lane);
    this.#tellHeld();
  }

  #giveUp(lane: Lane): void {
    const lost = lane.waiting.filter((event) => roleOf(event) !== 'ends');
    if (lost.length > 0 && !lane.abandoned) this.#report(unknownSession(lane.sessionId, lost));
    this.#lanes.forget(lane);
    this.#tellHeld();
  }

  /** R8: what one tab decides and another does not know, the other decides again: the session would be on two tickets. */
  async #keepAsLeader(lane: Lane): Promise<void> {
    await this.#keep(lane);
    if (this.#store.deposed) throw new NotNow(new Deposed('Another tab leads.'));
  }

  async #keep(lane: Lane): Promise<void> {
    if (this.#lanes.has(lane)) await this.#store.keep(lane);
  }

  async #restore(): Promise<void> {
    for (const kept of await this.#store.load()) {
      const lane = this.#lanes.of(kept.sessionId, kept);
      for (const entry of this.#options.outbox.entries)
        if (lane.known) lane.known = { ...lane.known, ...learned(lane.known, entry) };
      if (lane.asked && !lane.choice && !lane.known?.recorded && !lane.discarded) this.#tellChoice(lane);
      void this.#work(lane);
    }
  }

  #tellChoice(lane: Lane): void {
    this.#options.tell(lane.sessionId, choiceNeeded(lane, this.#options.settings()));
  }

  #tellLinks(lane: Lane): void {
    const { host, recall, tell } = this.#options;
    void linksOf(lane, host, recall).then((fact) => fact && tell(lane.sessionId, fact));
  }

  #hear(entry: OutboxEntry): void {
    const sessions = new Set([entry.intent.sessionId]);
    for (const lane of this.#lanes.all) {
      if (isDiscarded(lane, entry)) this.#discard(lane);
      const change = lane.known && learned(lane.known, entry);
      if (!change) continue;
      lane.known = { ...lane.known!, ...change };
      sessions.add(lane.sessionId);
      void this.#work(lane);
    }
    // The CRM is back.
    if (entry.state === 'settled' && this.#lanes.all.some(({ held }) => held && away.has(held.failure.code)))
      void this.retry();
    const { agent, outbox } = this.#options;
    const shown = followUpToShow(this.#lanes.get(entry.intent.sessionId), entry, agent.id);
    // One that cannot be opened now takes nobody away from what they do later.
    if (shown) outbox.enqueue([shown]).catch(() => undefined);
    const fact = factOf(entry);
    if (fact) for (const sessionId of sessions) this.#options.tell(sessionId, fact);
  }
}
