import type { Environment, TabChannel } from '../../environment/environment.js';
import { toFailure, type Failure } from '../../domain/failure.js';
import type { LeaderCommand } from '../../machine/leader/leader-state.js';
import { TelephonyError } from '../../telephony/telephony-error.js';
import { inCommandTime } from '../../keeper/command-time.js';
import type { LeaderSnapshot } from './leader-link.js';

const askEvery = 1000;

type Message =
  | { type: 'ask' }
  | ({ type: 'line'; epoch: number } & LeaderSnapshot)
  | { type: 'command'; id: string; command: LeaderCommand }
  | { type: 'answer'; id: string; failure?: Failure; value?: unknown };

type Answer = Pick<Extract<Message, { type: 'answer' }>, 'failure' | 'value'>;

interface TabCallsOptions {
  channel: TabChannel;
  environment: Environment;
  leads: () => boolean;
  epoch: () => number;
  /** What this tab knows, if it leads and has signed in. */
  told: () => LeaderSnapshot | undefined;
  /** In the leading tab: does what a person in another tab wants. */
  carryOut: (command: LeaderCommand) => Promise<unknown>;
  /** In the others: what the leading tab tells. */
  show: (snapshot: LeaderSnapshot) => void;
}

/** Between the tab that leads and the others: it tells what the line has become, and does what a person wants in any. */
export class TabCalls {
  readonly #options: TabCallsOptions;
  readonly #answers = new Map<string, (answer: Answer) => void>();
  #asked: (() => void)[] = [];
  #shown = 0;

  constructor(options: TabCallsOptions) {
    this.#options = options;
    options.channel.subscribe((message) => void this.#hear(message as Message));
  }

  /** To all other tabs. */
  tell(): void {
    const line = this.#options.told();
    if (line && this.#options.leads()) this.#post({ type: 'line', epoch: this.#options.epoch(), ...line });
  }

  /** Resolves when the leading tab has told all that it knows; it may still be getting ready. */
  async ask(): Promise<void> {
    const { environment } = this.#options;
    const { timers } = environment;
    let again: unknown;
    const repeat = () => {
      this.#post({ type: 'ask' });
      again = timers.setTimeout(repeat, askEvery);
    };
    const told = new Promise<void>((resolve) => this.#asked.push(resolve));
    repeat();
    try {
      await inCommandTime(environment, 'tell what it knows, in the tab that has the line', () => told);
    } finally {
      timers.clearTimeout(again);
    }
  }

  /** Carried out by the leading tab; rejects as it does there. */
  async send(command: LeaderCommand): Promise<unknown> {
    const { environment } = this.#options;
    const id = environment.random();
    const answer = new Promise<Answer>((resolve) => this.#answers.set(id, resolve));
    this.#post({ type: 'command', id, command });
    try {
      const { failure, value } = await inCommandTime(environment, 'do it in the tab that has the line', () => answer);
      if (failure) throw new TelephonyError(failure.code as TelephonyError['code'], failure.message);
      return value;
    } finally {
      this.#answers.delete(id);
    }
  }

  async #hear(message: Message): Promise<void> {
    switch (message.type) {
      case 'ask':
        return this.tell();
      case 'line':
        // A tab that leads no more may still be talking.
        if (this.#options.leads() || message.epoch < this.#shown) return;
        this.#shown = message.epoch;
        this.#options.show({ state: message.state, profile: message.profile });
        for (const told of this.#asked.splice(0)) told();
        return;
      case 'command':
        if (this.#options.leads() && this.#options.told()) await this.#obey(message.id, message.command);
        return;
      case 'answer':
        this.#answers.get(message.id)?.(message);
    }
  }

  async #obey(id: string, command: LeaderCommand): Promise<void> {
    try {
      const value = await this.#options.carryOut(command);
      this.#post({ type: 'answer', id, value });
    } catch (error) {
      this.#post({ type: 'answer', id, failure: toFailure(error) });
    }
  }

  #post(message: Message): void {
    this.#options.channel.post(message);
  }
}
