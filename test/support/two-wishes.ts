import { SimulatedTelephony, type SimulatedTelephony as Simulated } from '../../src/simulator/index.js';
import type { DialPlan } from '../../src/domain/dial.js';
import type { Timers } from '../../src/environment/environment.js';

/** How a command travels: milliseconds there and back. Its answer may be lost. */
export interface Travel {
  there: number;
  back: number;
  isLost?: boolean;
}

const atOnce: Travel = { there: 0, back: 0 };

/** A platform behind a slow network. Like the worst platforms, it makes a second call beside one that is on. */
export class FarPlatform extends SimulatedTelephony {
  /** How the next commands travel, in order. */
  readonly travels: { dial: Travel[]; cancelDial: Travel[] } = { dial: [], cancelDial: [] };
  readonly dialled: string[] = [];
  readonly cancelled: string[] = [];
  readonly #timers: Timers;

  constructor(options: ConstructorParameters<typeof SimulatedTelephony>[0] = {}) {
    super(options);
    this.#timers = options.timers!;
    Object.defineProperty(this.platform.context, 'callAtAgent', { get: () => undefined });
  }

  override dial(plan: DialPlan): Promise<{ sessionId: string }> {
    this.dialled.push(plan.key);
    return this.#travel('dial', () => super.dial(plan));
  }

  override cancelDial(key: string): Promise<void> {
    this.cancelled.push(key);
    return this.#travel('cancelDial', () => super.cancelDial(key));
  }

  async #travel<T>(command: 'dial' | 'cancelDial', work: () => Promise<T>): Promise<T> {
    const { there, back, isLost } = this.travels[command].shift() ?? atOnce;
    await this.#wait(there);
    const answer = work();
    answer.catch(() => undefined);
    await this.#wait(back);
    return isLost ? new Promise<T>(() => {}) : answer;
  }

  #wait(milliseconds: number): Promise<void> {
    return milliseconds > 0
      ? new Promise((resolve) => void this.#timers.setTimeout(resolve, milliseconds))
      : Promise.resolve();
  }
}

/** The sessions of current outbound calls, by phase. */
export const callsOf = (telephony: Simulated, phase: 'connecting' | 'connected') =>
  telephony.sessions().filter((one) => one.phase === phase && one.direction === 'outbound');
