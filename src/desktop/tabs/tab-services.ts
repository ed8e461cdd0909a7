import type { SealedStore, TabChannel } from '../../environment/environment.js';
import { oneLine } from '../../domain/one-line.js';
import type { Agent } from '../../domain/agent.js';
import { own } from '../../domain/own.js';
import type { LeaderCommand, LeaderState, Placed } from '../../machine/leader/leader-state.js';
import { SharedOutbox } from '../../outbox/shared-outbox.js';
import { TelephonyError } from '../../telephony/telephony-error.js';
import type { LeaderLinkOptions, LeaderSnapshot } from './leader-link.js';
import { activeSessionsOf, guardedTelephony } from '../guarded-telephony.js';
import { Leader } from './leader.js';
import { unreadable, type KeeperProblem } from '../../keeper/problem.js';
import { KeptRecordings } from '../kept-recordings.js';
import { PageEvents } from './page-events.js';
import { logged } from '../masked-log.js';
import { showIndicator } from '../panel-indicator.js';
import { ReopenedStorage } from '../../environment/reopened-storage.js';
import type { ListName } from '../../machine/list-machine.js';
import type { ListItems, PlatformList } from '../platform-lists.js';
import { plainHost } from '../plain-host.js';
import { PlatformLists } from '../platform-lists.js';
import { RecordPeople } from '../record-people.js';
import {
  unrecordedSessions,
  recordsOnTheirWay,
  unrecordedSessionOf,
  withProblem,
  type RecordProblem,
  type RecordsView,
} from '../records-view.js';
import { topicOf } from '../../environment/channel-topic.js';
import { TabCalls } from './tab-calls.js';

/** What a person does about what is on its way; without a key it is meant for all of it. */
export type RecordsCommand =
  { type: 'retryRecords'; key?: string } | { type: 'discardRecord'; key: string } | { type: 'signIn' };

export interface TabServicesOptions extends LeaderLinkOptions {
  agent: Agent;
  /** Of the account and the agent, in storage. */
  name: string;
  channel: TabChannel;
  leads: () => boolean;
  epoch: () => number;
  /** What this tab knows, if it has signed in to the platform. */
  told: () => LeaderSnapshot | undefined;
  show: (snapshot: LeaderSnapshot) => void;
  /** A newer version of the app is in use in another tab: this one leads no more. */
  outdated: () => void;
  logIn: () => Promise<void>;
  logOut: () => Promise<void>;
  /** The platform tells once more which sessions are on. */
  signInAgain: () => void;
  /** This tab leads from now on. */
  takeOver: () => Promise<void>;
}

const loggedLines = 500;

const isAnswer = (command: LeaderCommand): boolean =>
  command.type === 'session' && command.command.type === 'act' && command.command.act.do === 'answer';

const openStorage = ({ host, environment, name }: TabServicesOptions): Promise<SealedStore> => {
  const { account, volatile = false } = host;
  return environment.load(() => environment.storage(name, { account, volatile }));
};

/** Opens the store first: it is another file in a browser. */
export async function openTabServices(options: TabServicesOptions): Promise<TabServices> {
  const { host, environment } = options;
  const storage = await openStorage(options);
  const plain = { host: plainHost(host, environment), telephony: guardedTelephony(options.telephony) };
  return new TabServices({ ...options, ...plain }, storage);
}

/**
 * What is not needed before the first paint: in every tab the outbox, the icon's state and the way to the tab that leads;
 * in that one also the sessions' statecharts, the keeper, and the watch over calls whose events never come.
 */
export class TabServices {
  /** A12: the last lines of the masked log. */
  logged: readonly string[] = [];
  readonly #options: TabServicesOptions;
  readonly #storage: ReopenedStorage;
  readonly #outbox: SharedOutbox;
  readonly #tabs: TabCalls;
  readonly #news: PageEvents;
  readonly #lists: PlatformLists;
  /** R11: only of a CRM that takes no files. */
  readonly #recordings: KeptRecordings | undefined;
  readonly #letIndicatorGo: () => void;
  #problems: readonly RecordProblem[] = [];
  readonly #people = new RecordPeople();
  /** What every tab shows, in whichever the line is. */
  #shown: LeaderState | undefined;
  #leader: Leader | undefined;

  constructor(options: TabServicesOptions, given: SealedStore) {
    const { host, environment, channel, settings, feed, emit, tell, leads, epoch, told, show, recall } = options;
    this.#options = options;
    // What a volatile host has asked for is to be lost with it.
    const reopen = host.volatile ? undefined : () => openStorage(options);
    const storage = new ReopenedStorage(given, reopen, environment.timers, () => this.#outbox.reopened());
    this.#storage = storage;
    if (!host.capabilities.includes('uploads')) this.#recordings = new KeptRecordings(storage, environment.clock);
    this.#outbox = new SharedOutbox({
      ...{ host, environment, storage },
      unreadable: () => this.#report(unreadable),
      // Not in a call: then it is tried again with the next word of the leader's.
      takeLead: () => void options.takeOver().catch(() => undefined),
      deposed: (failure) => void this.#leader?.outboxLost(failure),
      channel: topicOf(channel, 'outbox'),
      batching: () => settings().batching,
      showTicket: (id, sessionId) => this.#showTicket(id, sessionId),
    });
    this.#tabs = new TabCalls({
      ...{ environment, leads, epoch, told, show },
      channel: topicOf(channel, 'line'),
      carryOut: (command) => this.ask(command),
    });
    this.#news = new PageEvents(emit);
    this.#lists = new PlatformLists({
      environment,
      ask: (command) => this.ask(command),
      changed: () => feed().changed(),
      nameOf: async (id) => (recall.contact(id) ?? (await host.getContact(id, { priority: 'background' })))?.name,
    });
    this.#outbox.subscribe((entry) => {
      this.#log(logged.entry(entry));
      this.#news.count(entry, this.records.records, (count) => tell({ type: 'records.counted', count }));
    });
    this.#letIndicatorGo = showIndicator(host.panel, feed());
  }

  get records(): RecordsView {
    const durable = this.#outbox.durable || this.#options.host.volatile === true;
    const state = this.#shown ?? this.#options.told()?.state;
    if (state && state !== this.#shown) this.#people.hear(state);
    const whoIs = (sessionId: string) => this.#people.of(sessionId);
    const records = [
      ...unrecordedSessions(state?.unrecorded, whoIs),
      ...recordsOnTheirWay(this.#outbox.entries, whoIs),
    ];
    return { records, durable, problems: this.#problems, ...(this.#recordings && { recordings: this.#recordings }) };
  }

  /** What this tab keeps is lost with it, and another has the store that is not: that one is to lead. */
  get mustFollow(): boolean {
    return this.#outbox.isBesideTheStore;
  }

  /** This tab has signed in to the platform. */
  lead(snapshot: LeaderSnapshot): void {
    const { show, tell, outdated } = this.#options;
    this.#log(logged.tab('leads'));
    this.#leader?.stop();
    this.#leader = new Leader({
      ...this.#options,
      state: snapshot.state,
      profile: { ...snapshot.profile, activeSessions: activeSessionsOf(snapshot.profile) },
      outbox: this.#outbox,
      storage: this.#storage,
      recordings: this.#recordings,
      changed: (state) => {
        show({ profile: snapshot.profile, state });
        this.#tabs.tell();
      },
      // The form waits for the call that it asked for; the event may come before the answer.
      created: ({ key, sessionId, at }) => tell({ type: 'call.created', key, sessionId, at }),
      outdated,
      heard: (event) => this.#log(logged.platform(event)),
      report: (problem) => this.#report(problem),
    });
    this.#lists.refresh();
  }

  /** Another tab has the line. */
  follow(): void {
    this.#log(logged.tab('follows'));
    this.#leader?.stop();
    this.#leader = undefined;
    this.#outbox.follow();
  }

  /** Resolves when the leading tab has told all that it knows. */
  askLeader(): Promise<void> {
    return this.#tabs.ask();
  }

  /** Every tab shows what this one does. */
  tell(): void {
    this.#tabs.tell();
  }

  /** Carried out in the tab that leads. Rejects as the platform does. */
  async ask(command: LeaderCommand): Promise<unknown> {
    const { leads, logIn, takeOver } = this.#options;
    // A9: whoever answers has the media. Where the line cannot be had, the tab that has it answers.
    if (isAnswer(command)) await takeOver().catch(() => undefined);
    if (!leads()) return this.#tabs.send(command);
    if (command.type === 'logIn') return logIn();
    if (command.type === 'logOut') return this.#logOut(command.discard);
    if (!this.#leader) throw new TelephonyError('offline', 'Nobody is logged in to the platform.');
    return this.#leader.carryOut(command);
  }

  /** R10: once the call is over; where it could not be ended, that is said where it is, and nobody is called. */
  callBack(sessionId: string, call: () => void): void {
    const context = () => this.#options.feed().snapshot.agent.context;
    const isOn = () => own(context().calls, sessionId)?.on === true;
    if (!isOn()) return call();
    const end: LeaderCommand = { type: 'session', sessionId, command: { type: 'act', act: { do: 'end' } } };
    void this.ask(end).catch(() => watching());
    const watching = this.#options.feed().subscribe(() => {
      if (isOn() && !own(context().sessions, sessionId)?.context.actFailure) return;
      watching();
      if (!isOn()) call();
    });
  }

  list<Name extends ListName>(name: Name): PlatformList<ListItems[Name]> {
    return this.#lists.list(name);
  }

  news(before: LeaderSnapshot | undefined, { state }: LeaderSnapshot): void {
    this.#shown = state;
    this.#people.hear(state);
    this.#news.tell(before?.state, state);
    if (before?.state.unrecorded !== state.unrecorded) this.#recount();
    if (!before) return;
    const { history, voicemails } = before.state.listed;
    if (history !== state.listed.history) this.#lists.refresh('history', 'statistics');
    if (voicemails !== state.listed.voicemails) this.#lists.refresh('voicemails');
  }

  placed(call: Placed): void {
    this.#leader?.placed(call);
  }

  command(command: RecordsCommand): void {
    // Where nobody leads for the moment, what is held is asked for again by whoever does next.
    const ofUnrecorded = (command: LeaderCommand) => void this.ask(command).catch(() => undefined);
    const retry = (key?: string) => {
      if (key === undefined || unrecordedSessionOf(key) === undefined) this.#outbox.retry(key);
      ofUnrecorded({ type: 'retryUnrecorded' });
    };
    if (command.type === 'retryRecords') return retry(command.key);
    if (command.type === 'signIn')
      return void this.#options.host.signIn?.().then(
        () => retry(),
        () => undefined,
      );
    const sessionId = unrecordedSessionOf(command.key);
    if (sessionId === undefined) void this.#outbox.discard(command.key);
    else ofUnrecorded({ type: 'discardUnrecorded', sessionId });
  }

  stop(): void {
    const outbox = this.#outbox;
    this.#storage.stop();
    this.#letIndicatorGo();
    this.#lists.stop();
    this.#leader?.stop();
    // What waits for its window does not wait for a page that is gone.
    if (outbox.leads) void outbox.flush().finally(() => outbox.stop());
    else outbox.stop();
  }

  async #logOut(discard: boolean): Promise<void> {
    await this.#leader?.sendAll({ discard });
    this.#recount();
    this.#log(logged.tab('logged out'));
    this.#leader?.stop();
    this.#leader = undefined;
    await this.#options.logOut();
  }

  #report(problem: KeeperProblem): void {
    const { emit, environment, feed } = this.#options;
    const { code, message, cause } = problem;
    this.#log(logged.problem(problem));
    this.#problems = withProblem(this.#problems, problem, environment.clock.now());
    emit({ type: 'error', code, message, cause });
    feed().changed();
  }

  #recount(): void {
    this.#news.recount(this.records.records, (count) => this.#options.tell({ type: 'records.counted', count }));
  }

  #log(log: ReturnType<typeof logged.platform>): void {
    const at = new Date(this.#options.environment.clock.now()).toISOString();
    const message = oneLine(log.message);
    this.logged = [...this.logged.slice(1 - loggedLines), `${at} ${log.level} ${message}`];
    this.#options.emit({ type: 'log', ...log, message });
  }

  async #showTicket(ticketId: string, sessionId: string): Promise<void> {
    const { emit, host } = this.#options;
    let prevented = false;
    emit({ type: 'screen-pop', ticketId, sessionId, preventDefault: () => (prevented = true) });
    if (!prevented) await host.openTicket(ticketId);
  }
}
