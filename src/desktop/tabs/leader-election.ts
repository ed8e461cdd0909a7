import type { Environment, TabChannel, Tabs } from '../../environment/environment.js';
import { TabRequests } from '../../environment/tab-requests.js';

/** Followers ping the leader at this interval, and replace it after this silence. Milliseconds. */
const pingEvery = 5000;
const silentFor = 15_000;
/**
 * How long a tab waits for an answer to `take`, and how long a leader that yields waits for the tab that asked.
 * Milliseconds.
 */
const answerWithin = 3000;

type Message = { type: 'ping' } | { type: 'pong'; epoch: number };

export interface LeaderElectionOptions {
  locks: Tabs['locks'];
  channel: TabChannel;
  environment: Pick<Environment, 'clock' | 'timers' | 'random'>;
  /** This tab leads from now on. */
  gained: () => void;
  /** This tab leads no more. */
  lost: () => void;
  /** Whether this tab may yield to another one: not while a call is on. */
  mayYield: () => boolean;
  /** Releases what only one tab may hold, before another tab leads. */
  yielding: () => Promise<void>;
}

/**
 * Elects the leader among an agent's tabs: the tab that holds the lock. A leader that is gone is replaced at once, one
 * that hangs after 15 s. Each leader has a higher epoch than those before it, so that messages of an earlier leader can
 * be recognised.
 */
export class LeaderElection {
  readonly #options: LeaderElectionOptions;
  #epoch = 0;
  #leads = false;
  #lastAnswerAt: number;
  #waiting: AbortController | undefined;
  #release: () => void = () => {};
  #settle: (() => void)[] = [];
  #granted: (() => void)[] = [];
  readonly #takes: TabRequests<'take', 'yours' | 'busy'>;
  #ping: unknown;
  #stopped = false;
  #resigned = false;

  constructor(options: LeaderElectionOptions) {
    this.#options = options;
    this.#lastAnswerAt = this.#now;
    this.#takes = new TabRequests({
      channel: options.channel,
      random: options.environment.random,
      answer: () => (this.#leads ? this.#yield() : undefined),
    });
    options.channel.subscribe((message) => this.#receive(message as Message));
    this.#queue(false);
    options.channel.post({ type: 'ping' } satisfies Message);
    this.#watch();
  }

  get leads(): boolean {
    return this.#leads;
  }

  /** This tab's epoch if it leads, else that of the last leader that answered. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Resolves when this tab leads, or a leader has answered. */
  settled(): Promise<void> {
    return this.#leads || this.#epoch > 0 ? Promise.resolve() : new Promise((resolve) => this.#settle.push(resolve));
  }

  /** Makes this tab the leader, unless the leader is in a call. Resolves with whether it leads. */
  async take(): Promise<boolean> {
    if (this.#leads) return true;
    if (this.#resigned) return false;
    const { timers } = this.#options.environment;
    const silence = new Promise<'silence'>((resolve) => timers.setTimeout(() => resolve('silence'), answerWithin));
    const withdrawn = new AbortController();
    const answer = await Promise.race([this.#takes.ask('take', withdrawn.signal), silence]);
    withdrawn.abort();
    if (answer !== 'yours') return false;
    return new Promise((resolve) => {
      this.#granted.push(() => resolve(true));
      timers.setTimeout(() => resolve(this.#leads), answerWithin);
      this.#queue(true);
    });
  }

  /** This tab never leads again; another tab may. */
  resign(): void {
    this.#resigned = true;
    this.#leads = false;
    this.#waiting?.abort();
    this.#release();
  }

  /** Another tab may lead. */
  stop(): void {
    this.#stopped = true;
    this.#options.environment.timers.clearTimeout(this.#ping);
    this.#waiting?.abort();
    this.#release();
  }

  get #now(): number {
    return this.#options.environment.clock.now();
  }

  /** Waits for the lock, or steals it. There is one request at a time. */
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
        this.#lastAnswerAt = this.#now;
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
    return new Promise((resolve) => (this.#release = resolve));
  }

  #isSettled(): void {
    for (const settle of this.#settle.splice(0)) settle();
  }

  #receive(message: Message): void {
    if (this.#leads) {
      if (message.type === 'ping') this.#post({ type: 'pong', epoch: this.#epoch });
      return;
    }
    if (message.type !== 'pong' || message.epoch < this.#epoch) return;
    this.#lastAnswerAt = this.#now;
    this.#epoch = message.epoch;
    this.#isSettled();
  }

  async #yield(): Promise<'yours' | 'busy'> {
    const { mayYield, yielding, gained, environment } = this.#options;
    if (!mayYield()) return 'busy';
    await yielding();
    // The tab that asked may be gone by now.
    environment.timers.setTimeout(() => this.#leads && !this.#stopped && gained(), answerWithin);
    return 'yours';
  }

  /** A follower pings the leader, and replaces it if it does not answer. */
  #watch(): void {
    const { timers } = this.#options.environment;
    this.#ping = timers.setTimeout(() => {
      if (!this.#leads && !this.#resigned) {
        // After the clock was put back, the silence counts from now.
        this.#lastAnswerAt = Math.min(this.#lastAnswerAt, this.#now);
        if (this.#now - this.#lastAnswerAt > silentFor) this.#queue(true);
        else this.#post({ type: 'ping' });
      }
      this.#watch();
    }, pingEvery);
  }

  #post(message: Message): void {
    this.#options.channel.post(message);
  }
}
