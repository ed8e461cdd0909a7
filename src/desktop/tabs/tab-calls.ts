import { toFailure, type Failure } from '../../domain/failure.js';
import type { Environment, TabChannel } from '../../environment/environment.js';
import { TabRequests } from '../../environment/tab-requests.js';
import { inCommandTime } from '../../keeper/command-time.js';
import type { LeaderCommand } from '../../machine/leader/leader-state.js';
import { TelephonyError } from '../../telephony/telephony-error.js';
import type { LeaderElection } from './leader-election.js';
import type { LeaderSnapshot, PlatformSignIn } from './platform-sign-in.js';

const askEvery = 1000;

/** `ask`: a tab wants the snapshot. `follow`: a tab has got this leader's first snapshot, and wants all changes. */
type Message =
  { type: 'ask' } | { type: 'follow'; epoch: number } | ({ type: 'snapshot'; epoch: number } & LeaderSnapshot);
type Answer = { value?: unknown } | { failure: Failure };

interface TabCallsOptions {
  channel: TabChannel;
  environment: Environment;
  election: Pick<LeaderElection, 'leads' | 'epoch'>;
  signIn: Pick<PlatformSignIn, 'signedIn' | 'snapshot' | 'show' | 'subscribe'>;
  /** Carries out another tab's command. Only the leader calls it. */
  carryOut: (command: LeaderCommand) => Promise<unknown>;
}

/**
 * Sends the leader's snapshot to the followers after each change, and the followers' commands to the leader. Copying a
 * snapshot is slow, so a leader without followers sends only its first one.
 */
export class TabCalls {
  readonly #options: TabCallsOptions;
  readonly #commands: TabRequests<LeaderCommand, Answer>;
  #asked: (() => void)[] = [];
  #newestEpoch = 0;
  #hasFollowers = false;
  /** The epoch in which this tab last sent its snapshot as the leader. */
  #sentIn: number | undefined;

  constructor(options: TabCallsOptions) {
    const { channel, environment, signIn, carryOut } = options;
    this.#options = options;
    this.#commands = new TabRequests({
      channel,
      random: environment.random,
      answer: (command) =>
        this.#ownSnapshot &&
        carryOut(command).then(
          (value): Answer => ({ value }),
          (error: unknown): Answer => ({ failure: toFailure(error) }),
        ),
    });
    channel.subscribe((message) => this.#receive(message as Message));
    signIn.subscribe(() => {
      if (this.#hasFollowers || this.#sentIn !== this.#options.election.epoch) this.#sendSnapshot();
    });
  }

  /** Resolves when the leader has sent its snapshot. Asks each second, because the leader may not be ready yet. */
  async askForSnapshot(): Promise<void> {
    const { environment } = this.#options;
    const { timers } = environment;
    let again: unknown;
    const repeat = () => {
      this.#post({ type: 'ask' });
      again = timers.setTimeout(repeat, askEvery);
    };
    const sent = new Promise<void>((resolve) => this.#asked.push(resolve));
    repeat();
    try {
      await inCommandTime(environment, 'send the leader’s snapshot', () => sent);
    } finally {
      timers.clearTimeout(again);
    }
  }

  /** Sends the command to the leader. Rejects with the leader's error. */
  async send(command: LeaderCommand): Promise<unknown> {
    const { environment } = this.#options;
    const answer = await inCommandTime(environment, 'carry out a command in the leading tab', (signal) =>
      this.#commands.ask(command, signal),
    );
    if (!('failure' in answer)) return answer.value;
    const { code, message } = answer.failure;
    throw new TelephonyError(code as TelephonyError['code'], message);
  }

  /** Undefined in a follower, and in a leader that is not signed in yet. */
  get #ownSnapshot(): LeaderSnapshot | undefined {
    const { election, signIn } = this.#options;
    const { signedIn, snapshot } = signIn;
    return election.leads && (signedIn || snapshot?.state.loggedOut) ? snapshot : undefined;
  }

  #sendSnapshot(): void {
    const snapshot = this.#ownSnapshot;
    if (!snapshot) return;
    const { epoch } = this.#options.election;
    this.#sentIn = epoch;
    this.#post({ type: 'snapshot', epoch, ...snapshot });
  }

  #receive(message: Message): void {
    if (message.type === 'ask' || message.type === 'follow') {
      if (message.type === 'follow' && message.epoch !== this.#options.election.epoch) return;
      this.#hasFollowers = true;
      return this.#sendSnapshot();
    }
    if (message.type !== 'snapshot') return;
    // Ignores a former leader, which may still send snapshots.
    if (this.#options.election.leads || message.epoch < this.#newestEpoch) return;
    if (message.epoch > this.#newestEpoch) this.#post({ type: 'follow', epoch: message.epoch });
    this.#newestEpoch = message.epoch;
    this.#options.signIn.show({ state: message.state, profile: message.profile });
    for (const sent of this.#asked.splice(0)) sent();
  }

  #post(message: Message): void {
    this.#options.channel.post(message);
  }
}
