import type { CrmHost } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import { realTime, type Clock, type Timers } from '../domain/environment.js';
import type { Session, SessionRecord } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import type { RecordFact } from '../machine/session-machine.js';
import type { Outbox, OutboxEntry } from '../outbox/outbox.js';
import { offeredTickets, type Choice } from '../records/decision.js';
import { unfitSessionFields } from '../records/session-field-values.js';
import { writesNothing } from '../records/session-kind.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { ActiveSession, Telephony } from '../telephony/telephony.js';
import { askPlatform } from './keeper-ask.js';
import { frameProblem, roleOf } from './keeper-events.js';
import { associated, choiceNeeded, linksOf, type Recall } from './keeper-facts.js';
import { MemoryJournal, type KeeperJournal } from './keeper-journal.js';
import {
  adopted,
  contactIdOf,
  isHandedOver,
  isUnresolved,
  isWorthKeeping,
  missedStart,
  newLane,
  plainSession,
  ticketIdOf,
  type Lane,
} from './keeper-lane.js';
import { learned } from './keeper-learn.js';
import { KeeperLookUps, LookUpFailed } from './keeper-look-ups.js';
import type { KeeperProblem, Report } from './keeper-problem.js';
import { takeStep } from './keeper-step.js';
import { KeeperStore } from './keeper-store.js';
import { KeeperTimers } from './keeper-timers.js';

const keptUnknown = 50;
const keptClosed = 50;
const keptEvents = 500;
const keptSilent = 500;

export interface RecordKeeperOptions {
  host: CrmHost;
  outbox: Outbox;
  agent: Agent;
  settings: () => Settings;
  /** Look-ups that the form has made already cost no second request. */
  recall: Recall;
  tell: (sessionId: string, fact: RecordFact) => void;
  /** Asked for sessions whose events come days later, or before their introduction. */
  telephony?: Pick<Telephony, 'getSession'>;
  /** Where what waits survives a reload [in memory]. */
  journal?: KeeperJournal;
  /** What could not be done, for the agent to see. */
  report?: (problem: KeeperProblem) => void;
  clock?: Clock;
  timers?: Timers;
}

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
  readonly #lanes = new Map<string, Lane>();
  /** S4: sessions on the line of which nothing is held but that. */
  readonly #silent = new Set<string>();
  readonly #unsubscribe: () => void;
  readonly #restored: Promise<void>;
  #stopped = false;

  constructor(options: RecordKeeperOptions) {
    const { host, outbox, settings, journal, report, clock = realTime.clock, timers = realTime.timers } = options;
    this.#options = options;
    this.#clock = clock;
    this.#report = report ?? (() => undefined);
    this.#timers = new KeeperTimers(timers);
    this.#store = new KeeperStore(journal ?? new MemoryJournal(), this.#report);
    this.#lookUps = new KeeperLookUps(
      host,
      clock,
      (what, { code, message }) =>
        this.#report({ code: 'look-up-failed', message: `The CRM refused ${what} (${code}): ${message}` }),
      (fields) => {
        for (const message of unfitSessionFields(settings(), fields)) this.#report({ code: 'field-mapping', message });
      },
    );
    this.#unsubscribe = outbox.subscribe((entry) => this.#hear(entry));
    this.#restored = this.#restore();
  }

  /** Takes an event of a session that this desktop owns. Resolves when what it means is in the outbox, or waits. */
  async take(event: SessionEvent): Promise<void> {
    const role = roleOf(event);
    const { sessionId, owner, type } = event;
    const problem = role ? frameProblem(event, role) : `nobody knows events of type ${type}`;
    if (problem)
      return this.#report({
        code: role ? 'bad-event' : 'unknown-event',
        message: `An event (${type}) was not recorded: ${problem}.`,
        ...(typeof sessionId === 'string' ? { sessionId } : {}),
      });
    // R30: it is another desktop's to write.
    if (owner !== undefined && owner !== '' && owner !== this.#options.agent.id) return;
    await this.#restored;
    if (role === 'nothing') return;
    if (this.#silent.has(sessionId)) {
      if (type === 'session.closed') this.#silent.delete(sessionId);
      return;
    }
    const lane = this.#laneOf(sessionId);
    if (lane.waiting.some(({ id }) => id === event.id)) return lane.tail;
    if (lane.waiting.length >= keptEvents)
      return this.#report({
        code: 'too-many-events',
        message: `More than ${keptEvents} events of session ${sessionId} wait: the newest are not recorded.`,
        sessionId,
      });
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
      if (held?.known?.recorded) return this.#tellLinks(held);
      if (held?.asked && !held.choice) return this.#tellChoice(held);
      if (ticketId !== undefined) {
        const lane = this.#laneOf(session.id);
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
    if (!lane?.asked || lane.choice || lane.known?.recorded) return false;
    lane.choice = choice;
    await this.#store.keep(lane);
    await this.#work(lane);
    return true;
  }

  /** A10, S2: the agent looks at a contact, so its tickets are offered. A failed look-up is told, and may be asked again. */
  async offer(sessionId: string, contactId: string | 'new'): Promise<void> {
    await this.#restored;
    const lane = this.#lanes.get(sessionId);
    if (!lane?.asked || lane.choice || !lane.known) return;
    try {
      const live = contactId === 'new' ? [] : await this.#lookUps.liveTickets(contactId);
      if (!lane.choice && !lane.known.recorded)
        this.#tellChoice(lane, {
          contactId,
          ...offeredTickets(lane.known.session, contactId, live, this.#options.settings()),
        });
    } catch (error) {
      if (!(error instanceof LookUpFailed)) throw error;
      this.#options.tell(sessionId, { type: 'record.failed', failure: error.failure });
    }
  }

  /** What a session became in the CRM, as far as it is there. */
  recordOf(sessionId: string): SessionRecord | undefined {
    const lane = this.#lanes.get(sessionId);
    if (!lane) return undefined;
    const [contactId, ticketId] = [contactIdOf(lane), ticketIdOf(lane)];
    return { ...(contactId ? { contactId } : {}), ...(ticketId ? { ticketId } : {}) };
  }

  /** Tries again at once what waits for the CRM or the platform. */
  retry(): void {
    for (const lane of this.#lanes.values()) if (this.#timers.clear(lane)) void this.#work(lane);
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    for (const lane of this.#lanes.values()) this.#timers.clear(lane);
  }

  #laneOf(sessionId: string): Lane {
    const lane = this.#lanes.get(sessionId) ?? newLane(sessionId);
    this.#lanes.set(sessionId, lane);
    return lane;
  }

  #work(lane: Lane): Promise<void> {
    lane.tail = lane.tail.then(() => this.#takeWaiting(lane));
    return lane.tail;
  }

  #isGone(lane: Lane): boolean {
    return this.#stopped || this.#lanes.get(lane.sessionId) !== lane;
  }

  async #takeWaiting(lane: Lane): Promise<void> {
    if (lane.retry !== undefined || this.#isGone(lane)) return;
    try {
      for (let at = 0; at < lane.waiting.length;) {
        const event = lane.waiting[at]!;
        const verdict = await takeStep(lane, event, {
          ...this.#options,
          lookUps: this.#lookUps,
          report: this.#report,
          keep: () => this.#keep(lane),
          tellChoice: () => this.#tellChoice(lane),
          tellLinks: () => this.#tellLinks(lane),
        });
        if (this.#isGone(lane)) return;
        if (verdict === 'silent') return this.#silence(lane.sessionId, lane.waiting);
        if (verdict === 'done') lane.waiting.splice(lane.waiting.indexOf(event), 1);
        // What waited for an event comes before those after it.
        at = verdict === 'done' ? 0 : at + 1;
      }
      if (lane.tries > 0) this.#options.tell(lane.sessionId, { type: 'record.recovered' });
      lane.tries = 0;
    } catch (error) {
      this.#waitForCrm(lane, error instanceof LookUpFailed ? error : new LookUpFailed(error));
    }
    await this.#keep(lane);
    this.#lookAfter(lane);
  }

  /** The event waits, and those of its session behind it. */
  #waitForCrm(lane: Lane, { failure, retryAfter }: LookUpFailed): void {
    lane.tries++;
    if (lane.tries === 1) this.#options.tell(lane.sessionId, { type: 'record.failed', failure });
    this.#timers.retry(lane, retryAfter, () => void this.#work(lane));
  }

  /** What still waits, and for whom. */
  #lookAfter(lane: Lane): void {
    if (this.#isGone(lane)) return;
    const { telephony } = this.#options;
    if (telephony) this.#timers.ask(lane, () => (lane.tail = lane.tail.then(() => this.#ask(lane, telephony))));
    else if (isHandedOver(lane) && !lane.final) {
      lane.final = true;
      void this.#work(lane);
    }
    this.#timers.waitForPart(lane, () => void this.#work(lane));
    this.#prune();
  }

  async #ask(lane: Lane, telephony: Pick<Telephony, 'getSession'>): Promise<void> {
    if (this.#isGone(lane) || !isUnresolved(lane)) return;
    const { agent, host, outbox } = this.#options;
    const at = new Date(this.#clock.now()).toISOString();
    const answer = await askPlatform(lane, { telephony, lookUps: this.#lookUps, outbox, agent, host, at });
    if (this.#isGone(lane)) return;
    // Nothing is held of it: a later event asks again.
    if (answer === 'silent') return this.#forget(lane);
    if (answer === 'unknown') return this.#giveUp(lane);
    if (answer === 'known') this.#tellLinks(lane);
    await this.#takeWaiting(lane);
  }

  #giveUp(lane: Lane): void {
    const { sessionId, waiting } = lane;
    const lost = waiting.filter((event) => roleOf(event) !== 'ends').map(({ type }) => type);
    const message = `Neither the platform nor the CRM knows session ${sessionId}; not recorded: ${lost.join(', ')}.`;
    if (lost.length > 0) this.#report({ code: 'unknown-session', message, sessionId });
    this.#forget(lane);
  }

  /** S4: from now on nothing is held of it. */
  #silence(sessionId: string, events: readonly SessionEvent[] = []): void {
    const lane = this.#lanes.get(sessionId);
    if (lane) this.#forget(lane);
    if (events.some(({ type }) => type === 'session.closed')) return;
    this.#silent.add(sessionId);
    for (const oldest of this.#silent) if (this.#silent.size > keptSilent) this.#silent.delete(oldest);
  }

  #forget(lane: Lane): void {
    this.#timers.clear(lane);
    this.#lanes.delete(lane.sessionId);
    void this.#store.remove(lane);
  }

  /** Of sessions that never introduce themselves, and of those that are over, only the last few are held. */
  #prune(): void {
    const lanes = [...this.#lanes.values()];
    const starts = ({ waiting }: Lane) => waiting.some((event) => roleOf(event) === 'introduces');
    const unknown = lanes.filter((lane) => !lane.known?.recorded && !starts(lane));
    for (const lane of unknown.slice(0, Math.max(0, unknown.length - keptUnknown))) this.#giveUp(lane);
    const over = lanes.filter((lane) => lane.closed && !isWorthKeeping(lane));
    for (const lane of over.slice(0, Math.max(0, over.length - keptClosed))) this.#forget(lane);
  }

  async #keep(lane: Lane): Promise<void> {
    if (this.#lanes.get(lane.sessionId) === lane) await this.#store.keep(lane);
  }

  async #restore(): Promise<void> {
    for (const kept of await this.#store.load()) {
      const lane = newLane(kept.sessionId, kept);
      this.#lanes.set(lane.sessionId, lane);
      for (const entry of this.#options.outbox.entries) lane.known = { ...lane.known!, ...learned(lane.known!, entry) };
      if (lane.asked && !lane.choice && !lane.known?.recorded) this.#tellChoice(lane);
      void this.#work(lane);
    }
  }

  #tellChoice(lane: Lane, tickets?: Parameters<typeof choiceNeeded>[2]): void {
    this.#options.tell(lane.sessionId, choiceNeeded(lane, this.#options.settings(), tickets));
  }

  #tellLinks(lane: Lane): void {
    const { host, recall, tell } = this.#options;
    void linksOf(lane, host, recall).then((fact) => fact && tell(lane.sessionId, fact));
  }

  #hear(entry: OutboxEntry): void {
    const { tell } = this.#options;
    const { intent, state, result, failure } = entry;
    const sessions = new Set([intent.sessionId]);
    for (const lane of this.#lanes.values()) {
      const change = lane.known && learned(lane.known, entry);
      if (!change) continue;
      lane.known = { ...lane.known!, ...change };
      sessions.add(lane.sessionId);
      void this.#work(lane);
    }
    if (state === 'settled') {
      for (const sessionId of sessions)
        if (result?.contact || result?.ticket) tell(sessionId, associated(result.contact, result.ticket));
        else if (intent.kind !== 'open-ticket') tell(sessionId, { type: 'record.recovered' });
    } else if (failure && (state === 'dead' || state === 'parked')) {
      tell(intent.sessionId, { type: 'record.failed', failure });
    }
  }
}
