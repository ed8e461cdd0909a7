import type { Agent } from '../../domain/agent.js';
import { own } from '../../domain/own.js';
import { topicOf } from '../../environment/channel-topic.js';
import type { SealedStore, TabChannel } from '../../environment/environment.js';
import { inTime, pause } from '../../environment/in-time.js';
import { TabRequests } from '../../environment/tab-requests.js';
import { ReopenedStorage } from '../../environment/reopened-storage.js';
import { inCommandTime } from '../../keeper/command-time.js';
import { unreadable } from '../../keeper/problem.js';
import { ringingOf, stateAtSignIn, type LeaderCommand } from '../../machine/leader/leader-state.js';
import type { ListName } from '../../machine/list-machine.js';
import { SharedOutbox } from '../../outbox/shared-outbox.js';
import { nothingRings, TelephonyError } from '../../telephony/telephony-error.js';
import { guardedTelephony } from '../guarded-telephony.js';
import { KeptRecordings } from '../kept-recordings.js';
import { showIndicator } from '../panel-indicator.js';
import { plainHost } from '../plain-host.js';
import type { Chat, TabChats } from '../chats/tab-chats.js';
import { PlatformLists, type ListItems, type PlatformList } from '../platform-lists.js';
import { RecordPeople } from '../record-people.js';
import { recordsOnTheirWay, unrecordedSessionOf, unrecordedSessions, type RecordsView } from '../records-view.js';
import { Leader } from './leader.js';
import type { LeaderElection } from './leader-election.js';
import { PageEvents } from './page-events.js';
import type { LeaderSnapshot, PlatformSignIn } from './platform-sign-in.js';
import { TabCalls } from './tab-calls.js';
import { TabLog } from './tab-log.js';
import type { TabOptions } from './tab-options.js';

/** A person's command about records that are not in the CRM yet. Without a `key`, the command is about all of them. */
export type RecordsCommand =
  { type: 'retryRecords'; key?: string } | { type: 'discardRecord'; key: string } | { type: 'signIn' };

export interface TabServicesOptions extends TabOptions {
  agent: Agent;
  /** The name of the agent's storage, which contains the account and the agent. */
  name: string;
  channel: TabChannel;
  election: LeaderElection;
  signIn: PlatformSignIn;
}

const retryDelay = 5000;
/** Milliseconds. How long the other tabs have to say that the agent sees them. */
const answerTime = 300;
/** Milliseconds. How long a stopping desktop waits for its last records. */
const lastWork = 2000;

const isAnswer = (command: LeaderCommand): boolean =>
  (command.type === 'actOnRing' && command.act === 'answer') ||
  (command.type === 'session' && command.command.type === 'act' && command.command.act.do === 'answer');

/** Whether the command comes from the outbound form. The form's tab takes over the lead before it dials. */
const isFormCommand = (command: LeaderCommand): boolean =>
  command.type === 'dial' || (command.type === 'takeBack' && command.except !== undefined);

const openStorage = ({ host, environment, name }: TabServicesOptions): Promise<SealedStore> => {
  const { account, volatile = false } = host;
  return environment.load(() => environment.storage(name, { account, volatile }));
};

/** Opens the store, whose code a browser loads from a separate file, then the services. */
export async function openTabServices(options: TabServicesOptions): Promise<TabServices> {
  const { host, environment } = options;
  const storage = await openStorage(options);
  const plain = { host: plainHost(host, environment), telephony: guardedTelephony(options.telephony) };
  return new TabServices({ ...options, ...plain }, storage);
}

/**
 * The services of a tab that the first paint does not need: the outbox, the records view, the lists, the log, the
 * panel's icon and the messages between tabs. The leading tab also has the `Leader`.
 */
export class TabServices {
  readonly log: TabLog;
  readonly #options: TabServicesOptions;
  readonly #storage: ReopenedStorage;
  readonly #outbox: SharedOutbox;
  readonly #calls: TabCalls;
  readonly #shown: TabRequests<'shown', true>;
  readonly #pageEvents: PageEvents;
  readonly #lists: PlatformLists;
  /** R11: undefined if the CRM takes files. */
  readonly #recordings: KeptRecordings | undefined;
  readonly #people = new RecordPeople();
  /** A15: in a file of their own, which is loaded with the first chat. */
  #chats: TabChats | 'loading' | undefined;
  readonly #cleanUps: (() => void)[] = [];
  /** The last records view. Undefined after a change, until the next read of `records`. */
  #records: RecordsView | undefined;
  #leader: Leader | undefined;
  #stopped = false;

  constructor(options: TabServicesOptions, opened: SealedStore) {
    const { host, environment, channel, settings, feed, emit, notifyAgent, election, signIn, recall } = options;
    this.#options = options;
    this.log = new TabLog(environment.clock, emit, () => this.#recordsChanged());
    // A volatile host's store must end with the page, so it never moves to a durable store.
    const reopen = host.volatile ? undefined : () => openStorage(options);
    const storage = new ReopenedStorage(opened, reopen, environment.timers, () => this.#outbox.reopened());
    this.#storage = storage;
    if (!host.capabilities.includes('uploads')) this.#recordings = new KeptRecordings(storage, environment.clock);
    this.#outbox = new SharedOutbox({
      ...{ host, environment, storage },
      unreadable: () => this.log.report(unreadable),
      // During a call, the leader refuses. The outbox asks again when the leader next sends its entries.
      takeLead: () => void this.takeOver().catch(() => undefined),
      deposed: (failure) => void this.#leader?.outboxLost(failure),
      channel: topicOf(channel, 'outbox'),
      batching: () => settings().batching,
      showTicket: (id, sessionId) => this.#showTicket(id, sessionId),
    });
    this.#calls = new TabCalls({
      ...{ environment, election, signIn },
      channel: topicOf(channel, 'line'),
      carryOut: (command) => this.ask(command),
    });
    this.#shown = new TabRequests({
      channel: topicOf(channel, 'shown'),
      random: environment.random,
      answer: () => (options.isShown() ? Promise.resolve(true) : undefined),
    });
    this.#pageEvents = new PageEvents(emit, (count) => notifyAgent({ type: 'records.counted', count }));
    this.#lists = new PlatformLists({
      ...{ environment, host, recall },
      ask: (command) => this.ask(command),
      changed: () => feed().changed(),
    });
    this.#cleanUps.push(
      this.#outbox.subscribe((entry) => {
        this.log.entry(entry);
        this.#recordsChanged();
        this.#pageEvents.entryChanged(entry, this.records.records);
      }),
      signIn.subscribe((now, before) => this.#snapshotChanged(now, before)),
      showIndicator(host.panel, feed()),
    );
    if (signIn.snapshot) this.#people.learn(signIn.snapshot.state);
  }

  get records(): RecordsView {
    this.#records ??= this.#readRecords();
    return this.#records;
  }

  /** Signs in to the platform, with as many tries as needed, then leads from the previous leader's state. */
  async signInAndLead(): Promise<void> {
    const { election, signIn, agent, emit, environment } = this.#options;
    while (election.leads && !this.#stopped && !signIn.snapshot?.state.loggedOut) {
      try {
        await signIn.signIn(agent);
        return this.lead();
      } catch (cause) {
        const message = 'The platform could not be reached.';
        emit({ type: 'error', code: 'not-signed-in', message, cause });
        const { snapshot } = signIn;
        if (snapshot) signIn.show({ ...snapshot, state: { ...snapshot.state, connection: 'down' } });
        await pause(environment.timers, retryDelay);
      }
    }
  }

  /** Starts the leader if this tab leads and is signed in. */
  lead(): void {
    const { election, signIn } = this.#options;
    if (!election.leads || !signIn.signedIn || !signIn.snapshot) return;
    this.log.tab('leads');
    this.#leader?.stop();
    this.#leader = new Leader({
      ...this.#options,
      snapshot: signIn.snapshot,
      outbox: this.#outbox,
      storage: this.#storage,
      recordings: this.#recordings,
      log: this.log,
      outdated: () => void this.#resign(),
      signInAgain: () => void signIn.signOut().then(() => this.signInAndLead()),
    });
    this.#lists.refresh();
  }

  /** Stops leading, because another tab leads or this tab yields. */
  follow(): void {
    this.log.tab('follows');
    this.#leader?.stop();
    this.#leader = undefined;
    this.#outbox.follow();
  }

  /** Resolves when the leader has sent its snapshot. */
  askLeader(): Promise<void> {
    return this.#calls.askForSnapshot();
  }

  /** Makes this tab the leader before a call, so that this tab has the media. Rejects with `busy-elsewhere`. */
  async takeOver(): Promise<void> {
    const { election, signIn } = this.#options;
    // This tab must not lead with its own store, because those rows end with the tab.
    if (this.#outbox.lacksSharedStore)
      throw new TelephonyError('busy-elsewhere', 'This tab cannot store records; another tab of this browser can.');
    if (!(await election.take()))
      throw new TelephonyError('busy-elsewhere', 'Another tab is in a call and stays the leader.');
    await signIn.signedIn;
    if (!election.leads) throw new TelephonyError('busy-elsewhere', 'Another tab has become the leader meanwhile.');
  }

  /** Sends a command to the leader, in this tab or another. Rejects with the platform's error. */
  async ask(command: LeaderCommand): Promise<unknown> {
    // A9: this tab takes the media before it answers a call. If this tab may not lead, the leader answers the call.
    if (isAnswer(command)) await this.takeOver().catch(() => undefined);
    if (isFormCommand(command)) await inCommandTime(this.#options.environment, 'dial', () => this.takeOver());
    if (!this.#options.election.leads) return this.#calls.send(command);
    if (command.type === 'logIn') return this.#logIn();
    if (command.type === 'logOut') return this.#logOut(command.discard);
    if (!this.#leader) throw new TelephonyError('offline', 'Nobody is logged in to the platform.');
    return this.#leader.carryOut(command.type === 'actOnRing' ? this.#onRing(command.act) : command);
  }

  /** A13: the command for the session that rings. Throws a `TelephonyError` if nothing rings. */
  #onRing(act: 'answer' | 'decline'): LeaderCommand {
    const sessionId = ringingOf(this.#options.feed().snapshot.agent.context.leader);
    if (sessionId === undefined) throw nothingRings();
    return { type: 'session', sessionId, command: { type: 'act', act: { do: act } } };
  }

  /** R10: ends the call, then calls back. If the platform refuses to end the call, its screen says so. */
  callBack(sessionId: string, call: () => void): void {
    const { feed } = this.#options;
    const leader = () => feed().snapshot.agent.context.leader;
    const isOn = () => own(leader().calls, sessionId)?.work === 'on';
    if (!isOn()) return call();
    const end: LeaderCommand = { type: 'session', sessionId, command: { type: 'act', act: { do: 'end' } } };
    void this.ask(end).catch(() => watching());
    const watching = feed().subscribe(() => {
      if (isOn() && !own(leader().sessions, sessionId)?.context.actFailure) return;
      watching();
      if (!isOn()) call();
    });
  }

  /** A13: asks the other tabs whether the agent sees their panel. */
  async isShownElsewhere(): Promise<boolean> {
    const withdrawn = new AbortController();
    const nobody = pause(this.#options.environment.timers, answerTime).then(() => withdrawn.abort());
    return (await Promise.race([this.#shown.ask('shown', withdrawn.signal), nobody])) === true;
  }

  list<Name extends ListName>(name: Name): PlatformList<ListItems[Name]> {
    return this.#lists.list(name);
  }

  /** A15: a chat in this tab. Undefined while its code is loaded; the feed tells when it is. */
  chat(sessionId: string): Chat | undefined {
    if (this.#chats === undefined) void this.#loadChats();
    return typeof this.#chats === 'object' ? this.#chats.chat(sessionId) : undefined;
  }

  command(command: RecordsCommand): void {
    // Without a leader, drops the command. The next leader asks the platform for unrecorded sessions again.
    const sendUnrecorded = (command: LeaderCommand) => void this.ask(command).catch(() => undefined);
    const retry = (key?: string) => {
      if (key === undefined || unrecordedSessionOf(key) === undefined) this.#outbox.retry(key);
      sendUnrecorded({ type: 'retryUnrecorded' });
    };
    if (command.type === 'retryRecords') return retry(command.key);
    if (command.type === 'signIn')
      return void this.#options.host.signIn?.().then(
        () => retry(),
        () => undefined,
      );
    const sessionId = unrecordedSessionOf(command.key);
    if (sessionId === undefined) void this.#outbox.discard(command.key);
    else sendUnrecorded({ type: 'discardUnrecorded', sessionId });
  }

  stop(): void {
    const outbox = this.#outbox;
    this.#stopped = true;
    this.#storage.stop();
    for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
    this.#lists.stop();
    void this.#end(this.#leader, outbox);
  }

  /** R31: writes the cards of the calls that are over, because no other page may come, and sends them at once. */
  async #end(leader: Leader | undefined, outbox: SharedOutbox): Promise<void> {
    const { timers } = this.#options.environment;
    const tooLate = () => new Error('Some records wait for the next page.');
    if (leader)
      await inTime(() => leader.finishRecords(), { timers, milliseconds: lastWork, tooLate }).catch(() => undefined);
    leader?.stop();
    if (outbox.leads) await outbox.flush().catch(() => undefined);
    outbox.stop();
  }

  async #loadChats(): Promise<void> {
    const { environment, signIn, feed } = this.#options;
    this.#chats = 'loading';
    try {
      const { TabChats } = await environment.load(() => import('../chats/tab-chats.js'));
      const changed = () => feed().changed();
      this.#chats = new TabChats({ ask: (command) => this.ask(command), state: () => signIn.snapshot?.state, changed });
    } catch {
      // The next look at a chat tries again.
      await pause(environment.timers, retryDelay);
      this.#chats = undefined;
    }
    feed().changed();
  }

  async #logIn(): Promise<void> {
    const { signIn, agent } = this.#options;
    await signIn.signIn(agent);
    this.lead();
  }

  /** Signs out of the platform. The tab keeps the lead, without events, until the agent logs in again. */
  async #logOut(discard: boolean): Promise<void> {
    const { signIn } = this.#options;
    await this.#leader?.sendAll({ discard });
    this.#recordsChanged();
    this.#pageEvents.countRecords(this.records.records);
    this.log.tab('logged out');
    this.#leader?.stop();
    this.#leader = undefined;
    await signIn.signOut();
    const { profile } = signIn.snapshot!;
    signIn.show({ profile, state: { ...stateAtSignIn(profile), status: '', loggedOut: true } });
  }

  /** Gives up the lead for good, to a newer version of the app in another tab. */
  async #resign(): Promise<void> {
    const { election, signIn, notifyAgent } = this.#options;
    election.resign();
    this.follow();
    await signIn.signOut();
    notifyAgent({ type: 'outdated' });
  }

  #snapshotChanged({ state }: LeaderSnapshot, before: LeaderSnapshot | undefined): void {
    this.#people.learn(state);
    if (typeof this.#chats === 'object') this.#chats.stateChanged(state);
    this.#pageEvents.stateChanged(state, before?.state);
    // The records view shows people's names, which come with the sessions.
    this.#recordsChanged();
    if (before?.state.unrecorded !== state.unrecorded) this.#pageEvents.countRecords(this.records.records);
    if (!before) return;
    const { history, voicemails } = before.state.listed;
    if (history !== state.listed.history) this.#lists.refresh('history', 'statistics');
    if (voicemails !== state.listed.voicemails) this.#lists.refresh('voicemails');
  }

  #recordsChanged(): void {
    this.#records = undefined;
    this.#options.feed().changed();
  }

  #readRecords(): RecordsView {
    const { host, signIn } = this.#options;
    const durable = this.#outbox.durable || host.volatile === true;
    const whoIs = (sessionId: string) => this.#people.of(sessionId);
    const records = [
      ...unrecordedSessions(signIn.snapshot?.state.unrecorded, whoIs),
      ...recordsOnTheirWay(this.#outbox.entries, whoIs),
    ];
    const recordings = this.#recordings;
    const endCards = signIn.snapshot?.state.endCards;
    return { records, durable, endCards, problems: this.log.problems, ...(recordings && { recordings }) };
  }

  async #showTicket(ticketId: string, sessionId: string): Promise<void> {
    const { emit, host } = this.#options;
    let prevented = false;
    emit({ type: 'screen-pop', ticketId, sessionId, preventDefault: () => (prevented = true) });
    if (!prevented) await host.openTicket(ticketId);
  }
}
