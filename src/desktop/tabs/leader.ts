import { fromPromise } from 'xstate';
import type { RecordFact } from '../../domain/record-fact.js';
import type { Iso } from '../../domain/contact.js';
import type { SealedStore } from '../../environment/environment.js';
import type { Choice, Session } from '../../domain/session.js';
import type { Settings } from '../../domain/settings.js';
import type { TicketChoice } from '../../domain/ticket-choice.js';
import { own } from '../../domain/own.js';
import { leaderMachine } from '../../machine/leader/leader-machine.js';
import type { LeaderCommand, LeaderFact, LeaderState, Placed } from '../../machine/leader/leader-state.js';
import { sessionMachine } from '../../machine/session/session-machine.js';
import type { Draft, SessionAct } from '../../machine/session/session-context.js';
import type { SharedOutbox } from '../../outbox/shared-outbox.js';
import { readEvent } from '../../telephony/event-shape.js';
import type { PlatformEvent } from '../../telephony/platform-event.js';
import type { ActiveSession, TelephonyProfile } from '../../telephony/telephony.js';
import { callerFacts } from '../caller-look-up.js';
import { DraftStore } from '../draft-store.js';
import { askPlatform } from '../platform-lists.js';
import { actWords, carryOutAct } from '../session-acts.js';
import { inCommandTime } from '../../keeper/command-time.js';
import { DayStore } from '../day-store.js';
import type { TabServicesOptions } from './tab-services.js';
import { badEvent, keptWithout } from '../../keeper/event-roles.js';
import { unreadable, type Report } from '../../keeper/problem.js';
import { FileKeeping } from '../kept-recordings.js';
import type { KeptRecordings } from '../kept-recordings.js';
import { LeaderChart } from './leader-chart.js';
import { isOutdated } from '../../environment/outdated.js';
import { OpenPlans } from '../open-plans.js';
import { RecordKeeper } from '../../keeper/record-keeper.js';
import { SessionWatch } from '../session-watch.js';
import { StoredJournal } from '../../keeper/stored-journal.js';

const rememberedEvents = 5000;
const againAfter = 5000;
const sendingTime = 8000;
const latestCalls = 20;

interface LeaderOptions extends Pick<
  TabServicesOptions,
  'host' | 'telephony' | 'environment' | 'agent' | 'settings' | 'recall' | 'tell' | 'signInAgain'
> {
  outbox: SharedOutbox;
  storage: SealedStore;
  /** R11: for what the CRM does not take. */
  recordings: KeptRecordings | undefined;
  profile: TelephonyProfile;
  /** What the tab that led before knew. */
  state: LeaderState;
  changed: (state: LeaderState) => void;
  /** The platform has taken a call on. */
  created: (call: { key: string; sessionId: string; at: Iso }) => void;
  /** Every event of the platform, once. */
  heard: (event: PlatformEvent) => void;
  report: Report;
  /** A newer version of the app is in use in another tab: this one must not lead. */
  outdated: () => void;
}

/** The line in the tab that leads: hears the platform, runs the sessions' statecharts and the keeper, and sends what is kept. */
export class Leader {
  readonly #options: LeaderOptions;
  readonly #chart: LeaderChart;
  readonly #watch: SessionWatch;
  readonly #heard = new Set<string>();
  readonly #letGo: (() => void)[] = [];
  readonly #day: DayStore;
  readonly #drafts: DraftStore;
  readonly #plans: OpenPlans;
  #keeper: RecordKeeper | undefined;
  readonly #begun: Promise<void>;
  #stopped = false;

  constructor(options: LeaderOptions) {
    const { environment, telephony, agent, profile, state, settings } = options;
    this.#options = options;
    this.#drafts = new DraftStore(
      options.storage,
      () => options.outbox.epoch,
      () => options.report(unreadable),
    );
    this.#day = new DayStore(options.storage, environment.clock, () => options.outbox.epoch);
    this.#watch = new SessionWatch({
      ...{ telephony, environment },
      agentId: agent.id,
      shown: (sessionId) => own(this.state.sessions, sessionId)?.context,
      tell: (event) => this.#hear(event),
    });
    this.#plans = new OpenPlans({
      ...{ telephony, environment, storage: options.storage },
      connected: (call) => options.tell({ type: 'call.connected', ...call, at: this.#now }),
      missed: options.signInAgain,
      found: (sessionId, plan) => this.placed({ sessionId, plan, at: this.#now, contactName: undefined }),
    });
    const resumed = profile.activeSessions.map((session) => {
      const name = own(state.calls, session.id)?.name;
      const kept = { ...wrapUpOf(session, settings()), ...own(state.sessions, session.id)?.context };
      return { type: 'resumed' as const, session, kept, ...(name ? { name } : {}) };
    });
    this.#chart = new LeaderChart({
      machine: this.#boundMachine(),
      environment,
      agentId: agent.id,
      state: { ...state, status: profile.status, connection: 'up' },
      sessions: resumed,
      changed: (now) => this.#changed(now),
      restarted: (cause, sessions) => this.#restarted(cause, sessions),
    });
    for (const session of profile.activeSessions) {
      if (session.direction === 'outbound' && session.phase === 'connected') this.#plans.resumed(session.id);
      this.#watch.watch(session.id, '', agent.id, session.connectedAt ? 'connected' : 'created');
    }
    this.#begun = this.#begin();
  }

  get state(): LeaderState {
    return this.#chart.state;
  }

  send(event: LeaderCommand | LeaderFact): void {
    this.#chart.send(event);
  }

  placed(call: Placed): void {
    const { plan, sessionId, at, isLate } = call;
    if (isLate && !this.#plans.isOpen(plan.key)) return;
    if (isLate) this.#options.created({ key: plan.key, sessionId, at });
    this.send({ type: 'placed', ...call });
    this.#plans.created(plan.key, sessionId);
    this.#watch.watch(sessionId, plan.key, this.#options.agent.id);
  }

  async retry(): Promise<void> {
    await this.#keeper?.retry();
  }

  /** Rejects where the platform refuses. What becomes of it, its events say. */
  async carryOut(command: LeaderCommand): Promise<unknown> {
    const { environment, telephony } = this.#options;
    const inTime = (what: string, ask: () => Promise<unknown>) => inCommandTime(environment, what, ask);
    switch (command.type) {
      case 'setStatus':
        return inTime('set the status', () => telephony.setStatus(command.status));
      case 'setNextStatus':
        return inTime('set the next status', () => telephony.setNextStatus(command.status));
      case 'openPlan':
        return this.#plans.open(command.plan);
      case 'settlePlan':
        return this.#plans.settle(command.key);
      case 'takeBack':
        return this.#plans.takeBack(command.except);
      case 'list':
      case 'markVoicemail':
        return inTime('do that', () => askPlatform(telephony, command));
      case 'setDevices':
        await inTime('use that device', () => askPlatform(telephony, command));
        return this.send(command);
      case 'retryUnrecorded':
        return this.retry();
      case 'discardUnrecorded':
        return this.#keeper?.discardWaiting(command.sessionId);
      case 'logIn':
      case 'logOut':
        return;
      default:
        return this.send(command);
    }
  }

  /** B5: before the agent logs out. Rejects with `records-wait` where something could not be sent, unless it is given up. */
  async sendAll({ discard }: { discard: boolean }): Promise<void> {
    const { outbox, environment } = this.#options;
    const waiting = () =>
      outbox.entries.filter(({ state, intent }) => state !== 'settled' && intent.kind !== 'open-ticket');
    if (discard) {
      this.#keeper?.discardWaiting();
      for (const { intent } of waiting()) await outbox.discard(intent.key);
      return;
    }
    const tooLong = new Promise<void>((resolve) => environment.timers.setTimeout(resolve, sendingTime));
    const sent = this.#begun.then(async () => {
      // What waits for a look-up comes to the outbox first.
      await this.retry();
      outbox.retry();
      await outbox.flush();
    });
    await Promise.race([sent, tooLong]);
    const left = waiting().length + (this.#keeper?.waiting ?? 0);
    if (left > 0) throw Object.assign(new Error(`${left} records wait.`), { code: 'records-wait' });
  }

  stop(): void {
    this.#stopped = true;
    for (const letGo of this.#letGo.splice(0)) letGo();
    this.#watch.stop();
    this.#plans.stop();
    this.#keeper?.stop();
    this.#chart.stop();
  }

  /** The outbox has lost its store: another tab leads, which the lock will say, or the browser refuses or has cleared it. */
  async outboxLost(cause: unknown): Promise<void> {
    if (isOutdated(cause)) return this.#options.outdated();
    if (cause !== undefined) this.#tellRefused(cause);
    await this.#pause();
    await this.#leadOutbox();
    await this.#keeper?.keepAll();
  }

  /** The outbox leads and the keeper is there before the first event is taken; the platform keeps them until then. */
  async #begin(): Promise<void> {
    const { telephony } = this.#options;
    this.#keepFiles();
    await this.#leadOutbox();
    const day = await this.#day.load().catch(() => undefined);
    if (this.#stopped) return;
    if (day) this.send({ type: 'day', ...day });
    await this.#restoreDrafts();
    this.#keeper = this.#openKeeper();
    for (const session of this.#options.profile.activeSessions)
      if (!this.#chart.leftOut.has(session.id)) this.#keeper.resume(session);
    const unfinished = await this.#keeper.unfinished();
    if (this.#stopped) return;
    for (const sessionId of unfinished) this.#watch.watch(sessionId, '', this.#options.agent.id, 'connected');
    this.#letGo.push(telephony.subscribe((event) => this.#hear(event)));
    void this.#takeUpHistory();
  }

  /** A6: what was noted before the page was loaded anew, where nothing is noted yet. */
  async #restoreDrafts(): Promise<void> {
    const drafts = await this.#drafts.load().catch(() => new Map<string, Draft>());
    for (const [sessionId, draft] of drafts) {
      const known = own(this.state.sessions, sessionId)?.context.draft;
      if (known && known.notes === '' && known.dispositions.length === 0)
        this.send({ type: 'session', sessionId, command: { type: 'draft', ...draft } });
    }
  }

  /** B5: calls that a page took with it, from the platform's own list, once what is only late has come. */
  async #takeUpHistory(): Promise<void> {
    const { telephony, profile } = this.#options;
    if (!profile.capabilities.includes('history')) return;
    await this.#pause();
    try {
      const latest = this.#stopped ? undefined : await telephony.history?.({ limit: latestCalls });
      if (latest && !this.#stopped) await this.#keeper?.takeUp(latest.items);
    } catch {
      // The next start asks again.
    }
  }

  async #leadOutbox(): Promise<void> {
    while (!this.#stopped) {
      try {
        return await this.#options.outbox.lead();
      } catch (cause) {
        if (isOutdated(cause)) return this.#options.outdated();
        this.#tellRefused(cause);
        await this.#pause();
      }
    }
  }

  #tellRefused(cause: unknown): void {
    const message = 'The storage of this browser could not be used; trying again.';
    this.#options.report({ code: 'not-kept', message, cause });
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#options.environment.timers.setTimeout(resolve, againAfter));
  }

  #keepFiles(): void {
    const { outbox, recordings, report, environment, telephony } = this.#options;
    if (!recordings) return;
    const files = new FileKeeping({
      ...{ recordings, report },
      shownNumber: (id) => own(this.state.sessions, id)?.context.session.customerNumber,
      askNumber: async (id) =>
        (await inCommandTime(environment, 'say whose file it is', () => telephony.getSession(id)))?.customerNumber,
    });
    this.#letGo.push(outbox.subscribe((entry) => files.hear(entry)));
  }

  #openKeeper(): RecordKeeper {
    const { host, outbox, agent, settings, recall, report, telephony, storage, environment } = this.#options;
    const { clock, timers } = environment;
    const keeper: RecordKeeper = new RecordKeeper({
      ...{ host, outbox, agent, settings, recall, report, telephony, storage, clock, timers },
      journal: new StoredJournal(storage, () => outbox.epoch, {
        unreadable: () => report(unreadable),
        deposed: () => outbox.lost(),
      }),
      tell: (sessionId, fact) => this.#tell(sessionId, fact, keeper),
      tellUnrecorded: (unrecorded) => this.send({ type: 'unrecorded', unrecorded }),
    });
    return keeper;
  }

  /** Every platform event: once, to the statecharts, and to the keeper if this desktop owns it. */
  #hear(given: PlatformEvent): void {
    const read = readEvent(given);
    if ('wrong' in read) return this.#options.report(badEvent(given, read.wrong));
    const { event } = read;
    if (this.#heard.has(event.id) || this.#watch.repeats(event)) return;
    this.#heard.add(event.id);
    if (this.#heard.size > rememberedEvents) this.#heard.delete(this.#heard.values().next().value!);
    const { agent, created, heard, report } = this.#options;
    this.send({ type: 'platform', event, now: this.#now });
    this.#plans.follow(event);
    const recorded = 'sessionId' in event ? this.#watch.hear(event) : [];
    // S4: not even that it was.
    const hidden = 'sessionId' in event && own(this.#chart.calls, event.sessionId)?.hidden;
    if (!hidden) heard(event);
    const isOthers = 'sessionId' in event && Boolean(event.owner) && event.owner !== agent.id;
    // The keeper hears what is left, and would not tell.
    if (!hidden && !isOthers) for (const part of read.dropped) report(keptWithout(given, part));
    if (event.type === 'session.created') created(event);
    if (event.type === 'session.offered') void this.#lookUpCaller(event.session);
    if (!('sessionId' in event)) return;
    // S4: the platform keeps that there is no ticket, for transfers and call-backs.
    if (event.type === 'session.created' && event.session.association?.ticket === 'none')
      this.#remember(event.sessionId, { ticketId: 'none' });
    if (isOthers) return;
    for (const one of recorded) void this.#keeper?.take(one);
  }

  get #now(): Iso {
    return new Date(this.#options.environment.clock.now()).toISOString();
  }

  /** A5. What cannot be looked up is not shown: the call can be answered all the same. */
  async #lookUpCaller(session: Session): Promise<void> {
    const facts = await callerFacts(this.#options.host, session).catch(() => undefined);
    if (facts && !this.#stopped) this.send({ type: 'caller', sessionId: session.id, facts });
  }

  #tell(sessionId: string, fact: RecordFact, keeper: RecordKeeper): void {
    this.send({ type: 'record', sessionId, fact });
    const record = fact.type === 'record.associated' ? keeper.recordOf(sessionId) : undefined;
    if (record) this.#remember(sessionId, record);
  }

  #remember(sessionId: string, record: Parameters<LeaderOptions['telephony']['associate']>[1]): void {
    const kept = this.#options.telephony.associate(sessionId, record);
    // A3: a voicemail has no session here; its row tells the ticket.
    if (!own(this.state.sessions, sessionId))
      kept.then(() => this.send({ type: 'voicemail.recorded' })).catch(() => undefined);
    kept.catch((cause: unknown) => {
      const message = 'The platform did not keep the ticket of a call.';
      this.#options.report({ code: 'not-associated', message, sessionId, cause });
    });
  }

  #boundMachine() {
    const { telephony, environment } = this.#options;
    const session = sessionMachine.provide({
      actors: {
        act: fromPromise<void, { sessionId: string; act: SessionAct; draft: Draft }>(
          ({ input: { sessionId, act, draft } }) =>
            inCommandTime(environment, actWords[act.do], () =>
              carryOutAct(telephony, sessionId, act, { draft, nextStatus: this.state.nextStatus }),
            ),
        ),
        offerTickets: fromPromise<TicketChoice | undefined, { sessionId: string; contactId: string }>(
          async ({ input: { sessionId, contactId } }) => this.#keeper?.offer(sessionId, contactId),
        ),
        assignRecord: fromPromise<void, { sessionId: string; choice: Choice }>(
          async ({ input: { sessionId, choice } }) => void (await this.#keeper?.choose(sessionId, choice)),
        ),
      },
    });
    return leaderMachine.provide({ actors: { session } });
  }

  #changed(state: LeaderState): void {
    if (this.#stopped) return;
    this.#options.changed(state);
    this.#day.keep(state);
    this.#drafts.keep(state);
  }

  /** What has become of its sessions meanwhile, the watch asks the platform; what they became in the CRM, the keeper knows. */
  #restarted(cause: unknown, sessions: readonly ActiveSession[]): void {
    if (this.#stopped) return;
    const message = 'The panel met an error, and goes on with what it knew.';
    this.#options.report({ code: 'restarted', message, cause });
    for (const session of sessions) this.#keeper?.resume(session);
  }
}

/** A6: the platform tells it once, and not again after a reload: it follows from the settings. */
function wrapUpOf({ phase, since, direction }: ActiveSession, { calls }: Settings): { wrapUpUntil?: string } {
  const until = Date.parse(since) + calls.wrapUpSeconds[direction] * 1000;
  return phase === 'wrap-up' && until > Date.parse(since) ? { wrapUpUntil: new Date(until).toISOString() } : {};
}
