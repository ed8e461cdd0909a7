import type { Environment, TabChannel, Tabs } from '../../environment/environment.js';
import { TabRequests } from '../../environment/tab-requests.js';

/** How often the leader is asked whether it is there, and after which silence it is replaced. */
const pingEvery = 5000;
const silentFor = 15_000;
/** How long an answer to `take` is waited for, and the leader for the tab that wanted to lead. */
const answerWait = 3000;

type Message = { type: 'ping' } | { type: 'pong'; epoch: number };

export interface LeaderElectionOptions {
  locks: Tabs['locks'];
  channel: TabChannel;
  environment: Pick<Environment, 'clock' | 'timers' | 'random'>;
  /** This tab leads from now on. */
  gained: () => void;
  /** It does not any more. */
  lost: () => void;
  /** Whether another tab may lead in this one's place: not while a call is on here. */
  mayYield: () => boolean;
  /** Lets go of what only one tab may hold, before another leads. */
  yielding: () => Promise<void>;
}

/**
 * Which of an agent's tabs leads: the one that holds the lock. A leader that is gone is replaced at once, one that hangs
 * after 15 s. Its epoch is higher than that of any before it, so that what a late one says can be told apart.
 */
export class LeaderElection {
  readonly #options: LeaderElectionOptions;
  #epoch = 0;
  #leads = false;
  #heard: number;
  #waiting: AbortController | undefined;
  #letGo: () => void = () => {};
  #settle: (() => void)[] = [];
  #granted: (() => void)[] = [];
  readonly #takes: TabRequests<'take', 'yours' | 'busy'>;
  #ping: unknown;
  #stopped = false;
  #resigned = false;

  constructor(options: LeaderElectionOptions) {
    this.#options = options;
    this.#heard = this.#now;
    this.#takes = new TabRequests({
      channel: options.channel,
      random: options.environment.random,
      answer: () => (this.#leads ? this.#yield() : undefined),
    });
    options.channel.subscribe((message) => this.#hear(message as Message));
    this.#queue(false);
    options.channel.post({ type: 'ping' } satisfies Message);
    this.#watch();
  }

  get leads(): boolean {
    return this.#leads;
  }

  /** Of this tab if it leads, else of the last leader that was heard. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Resolves as soon as this tab leads, or another one has said that it does. */
  settled(): Promise<void> {
    return this.#leads || this.#epoch > 0 ? Promise.resolve() : new Promise((resolve) => this.#settle.push(resolve));
  }

  /** Leads, unless the tab that does is in a call. */
  async take(): Promise<boolean> {
    if (this.#leads) return true;
    if (this.#resigned) return false;
    const { timers } = this.#options.environment;
    const silence = new Promise<'silence'>((resolve) => timers.setTimeout(() => resolve('silence'), answerWait));
    const withdrawn = new AbortController();
    const answer = await Promise.race([this.#takes.ask('take', withdrawn.signal), silence]);
    withdrawn.abort();
    if (answer !== 'yours') return false;
    return new Promise((resolve) => {
      this.#granted.push(() => resolve(true));
      timers.setTimeout(() => resolve(this.#leads), answerWait);
      this.#queue(true);
    });
  }

  /** Another tab may lead from now on, and this one never again. */
  resign(): void {
    this.#resigned = true;
    this.#leads = false;
    this.#waiting?.abort();
    this.#letGo();
  }

  /** The next one may lead. */
  stop(): void {
    this.#stopped = true;
    this.#options.environment.timers.clearTimeout(this.#ping);
    this.#waiting?.abort();
    this.#letGo();
  }

  get #now(): number {
    return this.#options.environment.clock.now();
  }

  /** Waits in line for the lock, or takes it away; one request at a time. */
  #queue(steal: boolean): void {
    this.#waiting?.abort();
    const waiting = new AbortController();
    this.#waiting = waiting;
    const options = steal ? { steal } : { signal: waiting.signal };
    void this.#options.locks
      .request('line', options, () => this.#lead())
      .then((end) => {
        if (end === 'aborted' || this.#stopped || this.#resigned) return;
        this.#leads = false;
        this.#heard = this.#now;
        this.#options.lost();
        if (this.#waiting === waiting) this.#queue(false);
      });
  }

  #lead(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#leads = true;
    this.#epoch = Math.max(this.#epoch + 1, this.#now);
    this.#options.gained();
    this.#isSettled();
    for (const grant of this.#granted.splice(0)) grant();
    return new Promise((resolve) => (this.#letGo = resolve));
  }

  #isSettled(): void {
    for (const settle of this.#settle.splice(0)) settle();
  }

  #hear(message: Message): void {
    if (this.#leads) {
      if (message.type === 'ping') this.#post({ type: 'pong', epoch: this.#epoch });
      return;
    }
    if (message.type !== 'pong' || message.epoch < this.#epoch) return;
    this.#heard = this.#now;
    this.#epoch = message.epoch;
    this.#isSettled();
  }

  async #yield(): Promise<'yours' | 'busy'> {
    const { mayYield, yielding, gained, environment } = this.#options;
    if (!mayYield()) return 'busy';
    await yielding();
    // The tab that asked may be gone by now.
    environment.timers.setTimeout(() => this.#leads && !this.#stopped && gained(), answerWait);
    return 'yours';
  }

  /** A follower asks whether the leader is there, and takes its place if it does not answer. */
  #watch(): void {
    const { timers } = this.#options.environment;
    this.#ping = timers.setTimeout(() => {
      if (!this.#leads && !this.#resigned) {
        // A clock that was put back says nothing of the silence: it counts from now.
        this.#heard = Math.min(this.#heard, this.#now);
        if (this.#now - this.#heard > silentFor) this.#queue(true);
        else this.#post({ type: 'ping' });
      }
      this.#watch();
    }, pingEvery);
  }

  #post(message: Message): void {
    this.#options.channel.post(message);
  }
}
