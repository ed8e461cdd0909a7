import { SimulatedTelephony } from '../../src/simulator/index.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import type { TestTab } from './test-tab.js';

/** The embedded platform. It also emits events that a test makes. */
export class EmittingPlatform extends SimulatedTelephony {
  readonly #listeners = new Set<(event: PlatformEvent) => void>();
  #count = 0;

  override subscribe(listener: (event: PlatformEvent) => void): () => void {
    this.#listeners.add(listener);
    const stop = super.subscribe(listener);
    return () => {
      this.#listeners.delete(listener);
      stop();
    };
  }

  emit(tab: TestTab, event: object): void {
    const whole = { id: `emitted-${++this.#count}`, at: new Date(tab.time.now()).toISOString(), ...event };
    for (const listener of [...this.#listeners]) listener(whole as PlatformEvent);
  }
}

/** Ids that are names of properties of every object, or contain characters with a special meaning elsewhere. */
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
