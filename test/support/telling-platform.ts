import { SimulatedTelephony } from '../../src/simulator/index.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import type { Desk } from './desk.js';

/** A platform that tells what it is given, beside its own. */
export class Telling extends SimulatedTelephony {
  readonly #listeners = new Set<(event: PlatformEvent) => void>();
  #told = 0;

  override subscribe(listener: (event: PlatformEvent) => void): () => void {
    this.#listeners.add(listener);
    const stop = super.subscribe(listener);
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }

  tell(desk: Desk, event: object): void {
    const whole = { id: `told-${++this.#told}`, at: new Date(desk.time.now()).toISOString(), ...event };
    for (const listener of [...this.#listeners]) listener(whole as PlatformEvent);
  }
}

/** Names that every object has, and others that something may take for its own. */
export const hostileIds = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'a\nb',
  'x/ticket',
  ' ',
  '%',
  '🙂',
];
