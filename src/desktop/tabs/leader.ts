import type { RecordFact } from '../../domain/record-fact.js';
import type { Agent } from '../../domain/agent.js';
import type { Iso } from '../../domain/contact.js';
import { toFailure } from '../../domain/failure.js';
import type { SealedStore } from '../../environment/environment.js';
import { pause } from '../../environment/in-time.js';
import { ChatLead } from '../chats/chat-lead.js';
import type { Session } from '../../domain/session.js';
import { own } from '../../domain/own.js';
import { leaderMachine } from '../../machine/leader/leader-machine.js';
import type { DialWish, LeaderCommand, LeaderFact, LeaderState } from '../../machine/leader/leader-state.js';
import { mayBeCarriedOut } from '../../machine/outbound/unresolved.js';
import type { Dialled } from '../../machine/outbound/outbound-setup.js';
import type { Draft } from '../../machine/session/session-context.js';
import type { SharedOutbox } from '../../outbox/shared-outbox.js';
import { readEvent } from '../../telephony/event-shape.js';
import type { PlatformEvent, SessionEvent } from '../../telephony/platform-event.js';
import type { ActiveSession } from '../../telephony/telephony.js';
import { callerFacts } from '../caller-look-up.js';
import { activeSessionsOf } from '../guarded-telephony.js';
import { DraftStore } from '../draft-store.js';
import { askPlatform } from '../platform-lists.js';
import { boundSession } from '../session-actors.js';
import { inCommandTime } from '../../keeper/command-time.js';
import { DayStore } from '../day-store.js';
import { OutboxLead } from './outbox-lead.js';
import type { LeaderSnapshot, PlatformSignIn } from './platform-sign-in.js';
import type { TabLog } from './tab-log.js';
import type { TabOptions } from './tab-options.js';
import { badEvent, keptWithout } from '../../keeper/event-roles.js';
import { unreadable } from '../../keeper/problem.js';
import { FileKeeping, type KeptRecordings } from '../kept-recordings.js';
import { takeUpLostCalls } from './lost-calls.js';
import { LeaderChart } from './leader-chart.js';
import { PlatformRecords } from './platform-records.js';
import { OpenPlans } from '../open-plans.js';
import { RecordKeeper } from '../../keeper/record-keeper.js';
import { resumedSessions } from './resumed-sessions.js';
import { SessionWatch } from '../session-watch.js';
import { StoredJournal } from '../../keeper/stored-journal.js';

const rememberedEvents = 5000;
const sendingTime = 8000;

interface LeaderOptions extends Pick<
  TabOptions,
  'host' | 'telephony' | 'environment' | 'settings' | 'recall' | 'notifyAgent'
> {
  agent: Agent;
  signIn: PlatformSignIn;
  /** The platform's profile at sign-in, with the previous leader's state. */
  snapshot: LeaderSnapshot;
  outbox: SharedOutbox;
  storage: SealedStore;
  /** R11: stores files that the CRM does not take. Undefined if the CRM takes them. */
  recordings: KeptRecordings | undefined;
  log: TabLog;
  /** Is called when a newer version of the app, in another tab, uses the store. This tab must then not lead. */
  outdated: () => void;
  signInAgain: () => void;
}

/**
 * The leader: takes the platform's events, runs the sessions' statecharts and the keeper, and makes this tab's outbox
 * send.
 */
export class Leader {
  readonly #options: LeaderOptions;
  readonly #chart: LeaderChart;
  readonly #watch: SessionWatch;
  readonly #activeSessions: readonly ActiveSession[];
  readonly #seenEvents = new Set<string>();
  readonly #cleanUps: (() => void)[] = [];
  readonly #day: DayStore;
  readonly #drafts: DraftStore;
  readonly #plans: OpenPlans;
  #keeper: RecordKeeper | undefined;
  readonly #outboxLead: OutboxLead;
  readonly #chats: ChatLead;
  readonly #platformRecords: PlatformRecords;
  readonly #begun: Promise<void>;
  #stopped = false;

  constructor(options: LeaderOptions) {
    const { environment, telephony, agent, settings, snapshot } = options;
    this.#activeSessions = activeSessionsOf(snapshot.profile);
    this.#options = options;
    this.#drafts = new DraftStore(
      options.storage,
      () => options.outbox.epoch,
      () => options.log.report(unreadable),
    );
    this.#day = new DayStore(options.storage, environment.clock, () => options.outbox.epoch);
    this.#watch = new SessionWatch({
      ...{ telephony, environment },
      agentId: agent.id,
      shown: (sessionId) => own(this.state.sessions, sessionId)?.context,
      emit: (event) => this.#takeEvent(event),
    });
    this.#plans = new OpenPlans({
      ...{ telephony, environment, storage: options.storage },
      connected: (call) => options.notifyAgent({ type: 'call.connected', ...call, at: this.#now }),
      missed: options.signInAgain,
      found: (sessionId, wish) => this.#placed(sessionId, wish, this.#now),
    });
    this.#chart = new LeaderChart({
      machine: this.#boundMachine(),
      environment,
      agentId: agent.id,
      state: { ...snapshot.state, status: snapshot.profile.status, connection: 'up' },
      sessions: resumedSessions(this.#activeSessions, snapshot.state, settings()),
      changed: (now) => this.#changed(now),
      restarted: (cause, sessions) => this.#restarted(cause, sessions),
    });
    for (const session of this.#activeSessions) {
      if (session.direction === 'outbound' && session.phase === 'connected') this.#plans.resumed(session.id);
      this.#watch.watch(session.id, '', agent.id, session.connectedAt ? 'connected' : 'created');
    }
    this.#outboxLead = new OutboxLead(options);
    this.#platformRecords = new PlatformRecords({
      ...options,
      recordOf: (sessionId) => (this.#stopped ? undefined : this.#keeper?.recordOf(sessionId)),
      stored: (sessionId) => {
        if (!own(this.state.sessions, sessionId)) this.send({ type: 'recorded' });
      },
    });
    this.#chats = new ChatLead(
      {
        ...options,
        agentId: agent.id,
        epoch: () => options.outbox.epoch,
        changed: (sessionId, change) =>
          this.send({ type: 'session', sessionId, command: { type: 'chatChanged', ...change } }),
      },
      snapshot.profile.capabilities.includes('chat-messages'),
    );
    this.#begun = this.#begin();
  }

  get state(): LeaderState {
    return this.#chart.state;
  }

  send(event: LeaderCommand | LeaderFact): void {
    this.#chart.send(event);
  }

  async retry(): Promise<void> {
    await this.#keeper?.retry();
  }

  /** Carries out a command. Rejects if the platform refuses. The platform's events report the outcome. */
  async carryOut(command: LeaderCommand): Promise<unknown> {
    const { environment, telephony } = this.#options;
    const inTime = (what: string, ask: () => Promise<unknown>) => inCommandTime(environment, what, ask);
    switch (command.type) {
      case 'setStatus':
        return inTime('set the status', () => telephony.setStatus(command.status));
      case 'setNextStatus':
        return inTime('set the next status', () => telephony.setNextStatus(command.status));
      case 'dial':
        return this.#dial({ plan: command.plan, ...(command.contactName && { contactName: command.contactName }) });
      case 'takeBack':
        return inTime('cancel a call', () => this.#plans.takeBack(command.except));
      case 'chat':
        return this.#chats.ask(command.sessionId, command.question);
      case 'list':
      case 'markVoicemail':
        return inTime('read a list or mark a voicemail', () => askPlatform(telephony, command));
      case 'setDevices':
        await inTime('use the devices', () => askPlatform(telephony, command));
        return this.send(command);
      case 'correction':
        await this.#begun;
        return this.#keeper?.corrections.answer(command);
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

  /** Dials once for each wish. Announces the call even if the platform answers after the time limit. */
  async #dial(wish: DialWish): Promise<Dialled> {
    const { environment, telephony, notifyAgent } = this.#options;
    const { key } = wish.plan;
    await this.#plans.open(wish);
    const dialled = telephony.dial(wish.plan).then(({ sessionId }): Dialled => ({ sessionId, at: this.#now }));
    dialled.then(
      (call) => {
        if (!this.#plans.isOpen(key) || this.#stopped) return;
        notifyAgent({ type: 'call.created', key, ...call });
        this.#placed(call.sessionId, wish, call.at);
      },
      () => undefined,
    );
    try {
      return await inCommandTime(environment, 'dial', () => dialled);
    } catch (error) {
      if (!mayBeCarriedOut(toFailure(error))) this.#plans.settle(key);
      throw error;
    }
  }

  #placed(sessionId: string, wish: DialWish, at: Iso): void {
    const { key } = wish.plan;
    this.send({ type: 'placed', sessionId, at, ...wish });
    this.#plans.created(key, sessionId);
    this.#watch.watch(sessionId, key, this.#options.agent.id);
  }

  /**
   * B5: sends all waiting records before the agent logs out. Rejects with `records-wait` if some of them still wait.
   * With `discard`, discards all waiting records instead.
   */
  async sendAll({ discard }: { discard: boolean }): Promise<void> {
    const { outbox, environment } = this.#options;
    const waiting = () =>
      outbox.entries.filter(({ state, intent }) => state !== 'settled' && intent.kind !== 'open-ticket');
    if (discard) {
      this.#keeper?.discardWaiting();
      for (const { intent } of waiting()) await outbox.discard(intent.key);
      return;
    }
    const tooLong = pause(environment.timers, sendingTime);
    const sent = this.#begun.then(async () => {
      // The look-ups first, so that their sessions' records are in the outbox.
      await this.retry();
      await this.#keeper?.finish();
      outbox.retry();
      await outbox.flush();
    });
    await Promise.race([sent, tooLong]);
    const left = waiting().length + (this.#keeper?.waiting ?? 0);
    if (left > 0) throw Object.assign(new Error(`${left} records are not sent.`), { code: 'records-wait' });
  }

  /** See `RecordKeeper.finish`. */
  readonly finishRecords = async (): Promise<void> => this.#keeper?.finish();

  stop(): void {
    this.#stopped = true;
    for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
    this.#outboxLead.stop();
    this.#watch.stop();
    this.#plans.stop();
    this.#chats.stop();
    this.#keeper?.stop();
    this.#chart.stop();
  }

  /** Makes the outbox lead again after the store refused it, then saves the keeper's sessions again. */
  async outboxLost(cause: unknown): Promise<void> {
    if (await this.#outboxLead.leadAgain(cause)) await this.#keeper?.keepAll();
  }

  /**
   * Makes the outbox lead and opens the keeper, then subscribes to the platform. The platform keeps its events until
   * the subscription.
   */
  async #begin(): Promise<void> {
    const { telephony, snapshot } = this.#options;
    this.#keepFiles();
    await this.#outboxLead.lead();
    const day = await this.#day.load().catch(() => undefined);
    if (this.#stopped) return;
    if (day) this.send({ type: 'day', ...day });
    await this.#restoreDrafts();
    this.#chats.resume(this.#activeSessions);
    this.#keeper = this.#openKeeper();
    for (const session of this.#activeSessions) if (!this.#chart.leftOut.has(session.id)) this.#keeper.resume(session);
    const unfinished = await this.#keeper.unfinished();
    if (this.#stopped) return;
    for (const sessionId of unfinished) this.#watch.watch(sessionId, '', this.#options.agent.id, 'connected');
    this.#cleanUps.push(telephony.subscribe((event) => this.#takeEvent(event)));
    const isStopped = () => this.#stopped;
    void takeUpLostCalls({ ...this.#options, profile: snapshot.profile, keeper: this.#keeper, isStopped });
  }

  /** A6: restores the notes of an earlier page, except in sessions with new notes. */
  async #restoreDrafts(): Promise<void> {
    const drafts = await this.#drafts.load().catch(() => new Map<string, Draft>());
    for (const [sessionId, draft] of drafts) {
      const known = own(this.state.sessions, sessionId)?.context.draft;
      if (known && known.notes === '' && known.dispositions.length === 0)
        this.send({ type: 'session', sessionId, command: { type: 'draft', ...draft } });
    }
  }

  #keepFiles(): void {
    const { outbox, recordings, log, environment, telephony } = this.#options;
    if (!recordings) return;
    const files = new FileKeeping({
      ...{ recordings, report: log.report },
      shownNumber: (id) => own(this.state.sessions, id)?.context.session.customerNumber,
      askNumber: async (id) =>
        (await inCommandTime(environment, 'name the customer of a session', () => telephony.getSession(id)))
          ?.customerNumber,
    });
    this.#cleanUps.push(outbox.subscribe((entry) => files.entryChanged(entry)));
  }

  #openKeeper(): RecordKeeper {
    const { host, outbox, agent, settings, recall, telephony, storage, environment } = this.#options;
    const { clock, timers, nextTask } = environment;
    const { report } = this.#options.log;
    const keeper: RecordKeeper = new RecordKeeper({
      ...{ host, outbox, agent, settings, recall, report, telephony, storage, clock, timers, nextTask },
      journal: new StoredJournal(storage, () => outbox.epoch, {
        unreadable: () => report(unreadable),
        deposed: () => outbox.lost(),
      }),
      tell: (sessionId, fact) => this.#recordChanged(sessionId, fact, keeper),
      tellUnrecorded: (unrecorded, endCards) => this.send({ type: 'unrecorded', unrecorded, endCards }),
    });
    return keeper;
  }

  /**
   * Takes each event of the platform once. The statecharts get every event. The keeper gets only events that this
   * desktop owns.
   */
  #takeEvent(received: PlatformEvent): void {
    const read = readEvent(received);
    if ('wrong' in read) return this.#options.log.report(badEvent(received, read.wrong));
    const { event } = read;
    if (this.#seenEvents.has(event.id) || this.#watch.repeats(event)) return;
    this.#seenEvents.add(event.id);
    if (this.#seenEvents.size > rememberedEvents) this.#seenEvents.delete(this.#seenEvents.values().next().value!);
    const { agent, log, notifyAgent } = this.#options;
    this.send({ type: 'platform', event, now: this.#now, records: this.#options.settings().calls.recording });
    const wish = event.type === 'session.created' ? this.#plans.wishOf(event.key) : undefined;
    if (wish) this.send({ type: 'placed', sessionId: (event as SessionEvent).sessionId, at: event.at, ...wish });
    this.#plans.follow(event);
    this.#chats.take(event);
    const toRecord = 'sessionId' in event ? this.#watch.follow(event) : [];
    // S4: the log must not mention a session that gets no ticket.
    const hidden = 'sessionId' in event && own(this.#chart.calls, event.sessionId)?.hidden;
    if (!hidden) log.event(event);
    const isForeign = 'sessionId' in event && Boolean(event.owner) && event.owner !== agent.id;
    // The keeper takes the event without its dropped parts, and does not report them.
    if (!hidden && !isForeign) for (const part of read.dropped) log.report(keptWithout(received, part));
    if (event.type === 'session.created')
      notifyAgent({ type: 'call.created', key: event.key, sessionId: event.sessionId, at: event.at });
    if (event.type === 'session.offered') void this.#lookUpCaller(event.session);
    if (!('sessionId' in event)) return;
    // S4: the platform remembers that the session has no ticket, for transfers and call-backs.
    if (event.type === 'session.created' && event.session.association?.ticket === 'none')
      this.#platformRecords.tell(event.sessionId, { ticketId: 'none' });
    if (isForeign) return;
    for (const one of toRecord) void this.#keeper?.take(one);
  }

  get #now(): Iso {
    return new Date(this.#options.environment.clock.now()).toISOString();
  }

  /** A5: shows the caller's data. If the look-up fails, the agent can still answer the call. */
  async #lookUpCaller(session: Session): Promise<void> {
    const facts = await callerFacts(this.#options.host, session).catch(() => undefined);
    if (facts && !this.#stopped) this.send({ type: 'caller', sessionId: session.id, facts });
  }

  #recordChanged(sessionId: string, fact: RecordFact, keeper: RecordKeeper): void {
    this.send({ type: 'record', sessionId, fact });
    const record = fact.type === 'record.associated' ? keeper.recordOf(sessionId) : undefined;
    if (record) this.#platformRecords.tell(sessionId, record);
  }

  #boundMachine() {
    const { telephony, environment } = this.#options;
    const session = boundSession({
      ...{ telephony, environment },
      keeper: () => this.#keeper,
      nextStatus: () => this.state.nextStatus,
    });
    return leaderMachine.provide({ actors: { session } });
  }

  #changed(state: LeaderState): void {
    if (this.#stopped) return;
    const { signIn, snapshot } = this.#options;
    signIn.show({ profile: snapshot.profile, state });
    this.#day.keep(state);
    this.#drafts.keep(state);
  }

  /** Reports the statechart's error. The keeper then tells the new statechart each session's record. */
  #restarted(cause: unknown, sessions: readonly ActiveSession[]): void {
    if (this.#stopped) return;
    const message = 'The panel met an error and goes on with the known sessions.';
    this.#options.log.report({ code: 'restarted', message, cause });
    for (const session of sessions) this.#keeper?.resume(session);
  }
}
