import type { Environment, TabChannel, Tabs } from '../../environment/environment.js';
import { TabRequests } from '../../environment/tab-requests.js';

/** Milliseconds. Followers ping the leader every `pingEvery`, and replace it after a silence of `silentFor`. */
const pingEvery = 5000;
const silentFor = 15_000;
/**
 * Milliseconds. How long a tab waits for an answer to `take`. A leader that yields waits equally long for the other tab
 * to lead.
 */
const answerWithin = 3000;

type Message = { type: 'ping' } | { type: 'pong'; epoch: number };

export interface LeaderElectionOptions {
  locks: Tabs['locks'];
  channel: TabChannel;
  environment: Pick<Environment, 'clock' | 'timers' | 'random'>;
  /** Is called when this tab becomes the leader, or stays the leader because the other tab did not lead in time. */
  gained: () => void;
  /** Is called when this tab is no longer the leader. */
  lost: () => void;
  /** Whether this tab may yield to another tab. False during a call. */
  mayYield: () => boolean;
  /** Stops leading and signs out of the platform, before another tab leads. */
  yielding: () => Promise<void>;
}

/**
 * Elects the leader among an agent's tabs: the tab that holds the lock. When the leader's tab closes, another tab leads
 * at once. When the leader hangs, another tab leads after 15 s. Each leader has a higher epoch than earlier leaders, so
 * that followers recognise an earlier leader's messages.
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

  /** This tab's epoch if this tab leads. Otherwise the epoch of the last leader that answered. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Resolves when this tab leads, or a leader has answered. */
  settled(): Promise<void> {
    return this.#leads || this.#epoch > 0 ? Promise.resolve() : new Promise((resolve) => this.#settle.push(resolve));
  }

  /** Makes this tab the leader, unless the leader is in a call. Resolves with true if this tab leads. */
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

  /** Gives up the lead for good, so that another tab can lead. */
  resign(): void {
    this.#resigned = true;
    this.#leads = false;
    this.#waiting?.abort();
    this.#release();
  }

  /** Ends this tab's election, so that another tab can lead. */
  stop(): void {
    this.#stopped = true;
    this.#options.environment.timers.clearTimeout(this.#ping);
    this.#waiting?.abort();
    this.#release();
  }

  get #now(): number {
    return this.#options.environment.clock.now();
  }

  /** Waits for the lock, or steals it. Each request replaces the one before. */
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
    // If the tab that asked has closed and does not steal the lock, this tab leads on.
    environment.timers.setTimeout(() => this.#leads && !this.#stopped && gained(), answerWithin);
    return 'yours';
  }

  /** While this tab follows, pings the leader, and replaces a leader that does not answer. */
  #watch(): void {
    const { timers } = this.#options.environment;
    this.#ping = timers.setTimeout(() => {
      if (!this.#leads && !this.#resigned) {
        // If the system clock has gone back, the silence begins now.
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
