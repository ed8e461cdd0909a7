import type { CrmHost } from '../../crm/crm-host.js';
import type { Agent } from '../../domain/agent.js';
import type { Environment, TabChannel } from '../../environment/environment.js';
import type { Settings } from '../../domain/settings.js';
import type { AgentFact } from '../../machine/agent/agent-context.js';
import {
  callOn,
  stateAtSignIn,
  type LeaderCommand,
  type LeaderState,
  type Placed,
} from '../../machine/leader/leader-state.js';
import { TelephonyError } from '../../telephony/telephony-error.js';
import type { CallRules, Telephony, TelephonyProfile } from '../../telephony/telephony.js';
import { alone } from '../../environment/browser-tabs.js';
import type { DesktopEvent } from '../desktop-event.js';
import type { Recall } from '../../keeper/record-facts.js';
import { LeaderElection } from './leader-election.js';
import type { TabServices, RecordsCommand } from './tab-services.js';
import type { ListName } from '../../machine/list-machine.js';
import type { ListItems, PlatformList } from '../platform-lists.js';
import { readProfile } from '../profile-shape.js';
import type { RecordsView } from '../records-view.js';
import type { SnapshotFeed } from '../snapshot-feed.js';
import { topicOf } from '../../environment/channel-topic.js';

const afterPaint = 50;
const againAfter = 5000;

/** The line as the leading tab tells it. JSON. */
export interface LeaderSnapshot {
  state: LeaderState;
  profile: TelephonyProfile;
}

export interface LeaderLinkOptions {
  host: CrmHost;
  telephony: Telephony;
  environment: Environment;
  recall: Recall;
  settings: () => Settings;
  feed: () => SnapshotFeed;
  emit: (event: DesktopEvent) => void;
  tell: (fact: AgentFact) => void;
}

/**
 * The line to the platform as a desktop has it: in one of the agent's tabs its own, in the others that of the tab that
 * leads. What is not needed for the first paint comes in a file of its own.
 */
export class LeaderLink {
  readonly #options: LeaderLinkOptions;
  #leadership: LeaderElection | undefined;
  #channel: TabChannel = alone().channel;
  #office: Promise<TabServices> | undefined;
  #loadedOffice: TabServices | undefined;
  #shown: LeaderSnapshot | undefined;
  #listener: ((state: LeaderState) => void) | undefined;
  /** Signed in to the platform, in this tab. */
  #signedIn: Promise<void> | undefined;
  #agent: Agent | undefined;
  #opened = false;
  #gained: (() => void)[] = [];
  #stopped = false;

  constructor(options: LeaderLinkOptions) {
    this.#options = options;
  }

  get records(): RecordsView {
    return this.#loadedOffice?.records ?? { records: [], durable: true };
  }

  /** Signs in, or is told by the tab that has. Rejects as the platform does. */
  async open(agent: Agent): Promise<LeaderSnapshot> {
    this.#agent = agent;
    this.#leadership ??= this.#openTabs(agent);
    const leadership = this.#leadership;
    await leadership.settled();
    if (leadership.leads) await this.#signIn();
    // After the first paint, if it can wait: nothing is written before a call. But a call that is on is not shown late.
    const waits = leadership.leads && this.#shown?.profile.activeSessions.length === 0;
    this.#office ??= this.#openOffice(agent, waits);
    if (!waits) await this.#office;
    // The tab that led may be gone before it has told anything.
    while (leadership.leads ? !this.#signedIn : !this.#shown)
      if (leadership.leads) await this.#signIn();
      else await Promise.race([this.#loadedOffice!.askLeader(), this.#gains()]);
    this.#opened = true;
    this.#leadOffice();
    return this.#shown!;
  }

  /** Of a dial: this tab leads from now on, so that it has the media. */
  async takeOver(): Promise<void> {
    if (this.#loadedOffice?.mustFollow)
      throw new TelephonyError('busy-elsewhere', 'This tab cannot keep records; another tab of this browser can.');
    if (!(await this.#leadership?.take()))
      throw new TelephonyError('busy-elsewhere', 'Another tab has the calls, and keeps them.');
    await this.#signedIn;
  }

  /** Carried out in the tab that leads. Rejects as the platform does. */
  async ask(command: LeaderCommand): Promise<unknown> {
    return (await this.#office)?.ask(command);
  }

  /** Undefined until it is loaded. */
  list<Name extends ListName>(name: Name): PlatformList<ListItems[Name]> | undefined {
    return this.#loadedOffice?.list(name);
  }

  get log(): readonly string[] {
    return this.#loadedOffice?.logged ?? [];
  }

  /** This tab has the line. */
  get leads(): boolean {
    return this.#leadership?.leads === true;
  }

  /** The same for what is seen on a session, whether it was done or not. */
  send(command: LeaderCommand): void {
    this.ask(command).catch((cause: unknown) => {
      const message = 'The leading tab did not do it.';
      this.#options.emit({ type: 'error', code: 'not-done', message, cause });
    });
  }

  placed(call: Placed): void {
    this.whenLoaded((office) => office.placed(call));
  }

  command(command: RecordsCommand): void {
    this.#loadedOffice?.command(command);
  }

  whenLoaded(run: (office: TabServices) => void): void {
    void this.#office?.then(run);
  }

  /** One listener: the tab's own statechart. */
  subscribe(listener: (state: LeaderState) => void): () => void {
    this.#listener = listener;
    if (this.#shown) listener(this.#shown.state);
    return () => (this.#listener = undefined);
  }

  setRules(): void {
    if (!this.#signedIn) return;
    this.#options.telephony.setRules(callRules(this.#options.settings())).catch((cause: unknown) => {
      const message = 'The platform did not take the new call rules.';
      this.#options.emit({ type: 'error', code: 'rules-refused', message, cause });
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    // It may still be on its way.
    this.whenLoaded((office) => office.stop());
    await this.#signOut();
    this.#leadership?.stop();
    this.#channel.close();
  }

  #openTabs(agent: Agent): LeaderElection {
    const { host, environment } = this.#options;
    // All sub-domains of a CRM share one storage: the name carries account and agent.
    const { locks, channel } = host.volatile ? alone() : environment.tabs(nameOf(host, agent));
    this.#channel = channel;
    return new LeaderElection({
      ...{ locks, environment },
      channel: topicOf(channel, 'leader'),
      gained: () => {
        for (const gained of this.#gained.splice(0)) gained();
        if (this.#opened) void this.#takeLead();
      },
      lost: () => void this.#follow(),
      mayYield: () => !this.#shown || callOn(this.#shown.state) === undefined,
      yielding: () => this.#letGo(),
    });
  }

  #gains(): Promise<void> {
    return new Promise((resolve) => this.#gained.push(resolve));
  }

  /** The tab that led is gone: what it had is taken up here, as soon as the platform lets this tab in. */
  async #takeLead(): Promise<void> {
    while (this.#leadership?.leads && !this.#stopped && !this.#shown?.state.loggedOut) {
      try {
        await this.#signIn();
        return this.#leadOffice();
      } catch (cause) {
        this.#options.emit({
          type: 'error',
          code: 'not-signed-in',
          message: 'The platform could not be reached.',
          cause,
        });
        if (this.#shown) this.#show({ ...this.#shown, state: { ...this.#shown.state, connection: 'down' } });
        await this.#wait(againAfter);
      }
    }
  }

  async #follow(): Promise<void> {
    await this.#letGo();
    await this.#loadedOffice?.askLeader().catch(() => undefined);
  }

  async #letGo(): Promise<void> {
    this.#loadedOffice?.follow();
    await this.#signOut();
  }

  /** A newer version of the app, in another tab, goes on. */
  async #resign(): Promise<void> {
    this.#leadership?.resign();
    await this.#letGo();
    this.#options.tell({ type: 'outdated' });
  }

  #signIn(): Promise<void> {
    const { telephony, settings } = this.#options;
    const signingIn = (async () => {
      const profile = readProfile(await telephony.connect(this.#agent!, callRules(settings())));
      const { loggedOut: _l, ...before } = this.#shown?.state ?? stateAtSignIn(profile);
      const state: LeaderState = { ...before, status: profile.status, connection: 'up' };
      this.#shown = { profile, state };
      this.#options.tell({ type: 'profile.changed', profile });
    })();
    this.#signedIn = signingIn;
    signingIn.catch(() => (this.#signedIn = undefined));
    return signingIn;
  }

  async #logIn(): Promise<void> {
    await this.#signIn();
    this.#leadOffice();
  }

  /** The tab still leads; nothing comes from the platform until somebody logs in again. */
  async #logOut(): Promise<void> {
    await this.#signOut();
    const { profile } = this.#shown!;
    this.#show({ profile, state: { ...stateAtSignIn(profile), status: '', loggedOut: true } });
    this.#loadedOffice?.tell();
  }

  async #signOut(): Promise<void> {
    if (!this.#signedIn) return;
    this.#signedIn = undefined;
    try {
      await this.#options.telephony.disconnect();
    } catch {
      // It is let go of in any case.
    }
  }

  #leadOffice(): void {
    this.whenLoaded((office) => {
      if (this.#leadership?.leads && this.#signedIn && this.#shown) office.lead(this.#shown);
    });
  }

  /** What the leading tab tells; in that tab, what its own statecharts have become. */
  #show(snapshot: LeaderSnapshot): void {
    const before = this.#shown;
    this.#shown = snapshot;
    if (before && JSON.stringify(before.profile) !== JSON.stringify(snapshot.profile))
      this.#options.tell({ type: 'profile.changed', profile: snapshot.profile });
    this.#listener?.(snapshot.state);
    this.#loadedOffice?.news(before, snapshot);
  }

  async #openOffice(agent: Agent, waits: boolean): Promise<TabServices> {
    const { environment } = this.#options;
    if (waits) await this.#wait(afterPaint);
    const { openTabServices } = await this.#untilLoaded(() => environment.load(() => import('./tab-services.js')));
    this.#loadedOffice = await openTabServices({
      ...this.#options,
      agent,
      name: nameOf(this.#options.host, agent),
      channel: this.#channel,
      leads: () => this.#leadership?.leads === true,
      epoch: () => this.#leadership?.epoch ?? 0,
      told: () => (this.#signedIn || this.#shown?.state.loggedOut ? this.#shown : undefined),
      show: (line) => this.#show(line),
      outdated: () => void this.#resign(),
      logIn: () => this.#logIn(),
      logOut: () => this.#logOut(),
      signInAgain: () => void this.#signOut().then(() => this.#takeLead()),
      takeOver: () => this.takeOver(),
    });
    return this.#loadedOffice;
  }

  /** A file that could not be fetched is fetched again: records wait, and none is lost. */
  async #untilLoaded<T>(load: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await load();
      } catch (cause) {
        const message = 'A file could not be loaded; trying again.';
        this.#options.emit({ type: 'error', code: 'not-loaded', message, cause });
        await this.#wait(againAfter);
      }
    }
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#options.environment.timers.setTimeout(resolve, milliseconds));
  }
}

/** The first space is where the account ends. */
const nameOf = ({ account }: CrmHost, { id }: Agent): string => `${account.replace(/[% ]/g, encodeURIComponent)} ${id}`;

/** S14, S16: what the platform enforces. */
const callRules = ({ calls }: Settings): CallRules => ({
  record: calls.recording,
  autoAnswer: calls.autoAnswer,
  wrapUpSeconds: calls.wrapUpSeconds,
  maxChats: calls.maxChats,
});
