import type { CrmHost } from '../../crm/crm-host.js';
import type { Agent } from '../../domain/agent.js';
import { alone } from '../../environment/browser-tabs.js';
import { topicOf } from '../../environment/channel-topic.js';
import type { TabChannel } from '../../environment/environment.js';
import { pause } from '../../environment/in-time.js';
import { callOn, type LeaderCommand, type LeaderState } from '../../machine/leader/leader-state.js';
import { LeaderElection } from './leader-election.js';
import { PlatformSignIn, type LeaderSnapshot } from './platform-sign-in.js';
import type { TabOptions } from './tab-options.js';
import type { TabServices } from './tab-services.js';

const afterPaint = 50;
const retryDelay = 5000;

/**
 * A tab's link to the leader. The leading tab signs in to the platform, and the other tabs show the leader's snapshots.
 * `TabServices`, a separate file, has all that the first paint does not need.
 */
export class LeaderLink {
  /** Undefined until the file of the services is loaded. */
  services: TabServices | undefined;
  readonly #options: TabOptions;
  readonly #signIn: PlatformSignIn;
  #election: LeaderElection | undefined;
  #channel: TabChannel = alone().channel;
  #loading: Promise<TabServices> | undefined;
  #opened = false;
  #gained: (() => void)[] = [];

  constructor(options: TabOptions) {
    this.#options = options;
    this.#signIn = new PlatformSignIn(options);
  }

  /** A9: whether this tab is the leader. */
  get leads(): boolean {
    return this.#election?.leads === true;
  }

  /** Signs in, or waits for the leader's snapshot. Rejects with the platform's error. */
  async open(agent: Agent): Promise<LeaderSnapshot> {
    const signIn = this.#signIn;
    this.#election ??= this.#elect(agent);
    const election = this.#election;
    await election.settled();
    if (election.leads) await signIn.signIn(agent);
    // Without a call, the services have nothing to write, so they load after the first paint. With an active session,
    // the panel must show the session at once.
    const waits = election.leads && signIn.snapshot?.profile.activeSessions.length === 0;
    this.#loading ??= this.#load(agent, election, waits);
    if (!waits) await this.#loading;
    // The leader's tab may close before it sends a snapshot. This tab may then become the leader.
    while (election.leads ? !signIn.signedIn : !signIn.snapshot)
      if (election.leads) await signIn.signIn(agent);
      else await Promise.race([this.services!.askLeader(), this.#gains()]);
    this.#opened = true;
    this.whenLoaded((services) => services.lead());
    return signIn.snapshot!;
  }

  whenLoaded(run: (services: TabServices) => void): void {
    if (this.services) run(this.services);
    else void this.#loading?.then(run);
  }

  /** Sends a command to the leader. Rejects with the platform's error. */
  async ask(command: LeaderCommand): Promise<unknown> {
    return (await this.#loading)?.ask(command);
  }

  /** Sends a command without waiting for the answer. The session's screen shows the outcome. */
  send(command: LeaderCommand): void {
    this.ask(command).catch((cause: unknown) => {
      const message = 'The leading tab did not carry out a command.';
      this.#options.emit({ type: 'error', code: 'not-done', message, cause });
    });
  }

  subscribe(listener: (state: LeaderState) => void): () => void {
    const { snapshot } = this.#signIn;
    if (snapshot) listener(snapshot.state);
    return this.#signIn.subscribe(({ state }) => listener(state));
  }

  setRules(): void {
    this.#signIn.setRules();
  }

  async stop(): Promise<void> {
    this.whenLoaded((services) => services.stop());
    await this.#signIn.signOut();
    this.#election?.stop();
    this.#channel.close();
  }

  #elect(agent: Agent): LeaderElection {
    const { host, environment } = this.#options;
    // All accounts of a CRM may share one browser storage, so the name contains the account and the agent.
    const { locks, channel } = host.volatile ? alone() : environment.tabs(nameOf(host, agent));
    this.#channel = channel;
    return new LeaderElection({
      ...{ locks, environment },
      channel: topicOf(channel, 'leader'),
      gained: () => {
        for (const gained of this.#gained.splice(0)) gained();
        if (this.#opened) this.whenLoaded((services) => void services.signInAndLead());
      },
      lost: () => void this.#stopLeading().then(() => this.services?.askLeader().catch(() => undefined)),
      mayYield: () => !this.#signIn.snapshot || callOn(this.#signIn.snapshot.state) === undefined,
      yielding: () => this.#stopLeading(),
    });
  }

  #gains(): Promise<void> {
    return new Promise((resolve) => this.#gained.push(resolve));
  }

  async #stopLeading(): Promise<void> {
    this.services?.follow();
    await this.#signIn.signOut();
  }

  async #load(agent: Agent, election: LeaderElection, waits: boolean): Promise<TabServices> {
    const { environment, host } = this.#options;
    if (waits) await pause(environment.timers, afterPaint);
    const { openTabServices } = await this.#untilLoaded(() => environment.load(() => import('./tab-services.js')));
    const [name, channel, signIn] = [nameOf(host, agent), this.#channel, this.#signIn];
    this.services = await openTabServices({ ...this.#options, agent, name, channel, election, signIn });
    return this.services;
  }

  /** Repeats a failed load until it succeeds, because records wait for the file. */
  async #untilLoaded<T>(load: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await load();
      } catch (cause) {
        const message = 'A file could not be loaded; trying again.';
        this.#options.emit({ type: 'error', code: 'not-loaded', message, cause });
        await pause(this.#options.environment.timers, retryDelay);
      }
    }
  }
}

/** The name of the agent's storage. The first space ends the account, so the account's own spaces are encoded. */
const nameOf = ({ account }: CrmHost, { id }: Agent): string => `${account.replace(/[% ]/g, encodeURIComponent)} ${id}`;
