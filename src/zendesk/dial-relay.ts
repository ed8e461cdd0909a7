import type { DialRequest } from '../domain/dial.js';
import { realTime, type Timers } from '../domain/environment.js';
import { appMessages, type DialMessage } from './app-messages.js';
import type { Framework } from './framework.js';

const again = 2000;
const mostTries = 15;

/**
 * Hands dial requests from another instance of the app to the panel in the top bar, which may not have been loaded yet:
 * a request is sent until the panel has said that it has it.
 */
export class DialRelay {
  readonly #framework: Framework;
  readonly #guid: string;
  readonly #timers: Timers;
  #waiting: { message: DialMessage; tries: number }[] = [];
  #count = 0;

  constructor(framework: Framework, guid: string, timers: Timers = realTime.timers) {
    this.#framework = framework;
    this.#guid = guid;
    this.#timers = timers;
    framework.on(appMessages.ready, () => void this.#send());
    framework.on(appMessages.dialTaken, (data) => {
      const { id } = (data ?? {}) as { id?: unknown };
      this.#waiting = this.#waiting.filter(({ message }) => message.id !== id);
    });
  }

  /** So that the first click finds the panel loaded, though nobody has opened it yet. */
  async preload(): Promise<void> {
    for (const guid of await this.#panels()) await this.#framework.invoke('preloadPane', [], guid);
  }

  async dial(request: DialRequest, { voice }: { voice: boolean }): Promise<void> {
    const id = `${this.#guid}/${++this.#count}`;
    this.#waiting.push({ message: { id, from: this.#guid, request, voice }, tries: 0 });
    for (const guid of await this.#panels()) await this.#framework.invoke('popover', ['show'], guid);
    await this.#send();
  }

  async #send(): Promise<void> {
    this.#waiting = this.#waiting.filter((one) => ++one.tries <= mostTries);
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting.map(({ message }) => message);
    for (const guid of await this.#panels().catch(() => []))
      for (const message of waiting) this.#framework.tell(guid, appMessages.dial, message);
    this.#timers.setTimeout(() => void this.#send(), again);
  }

  async #panels(): Promise<readonly string[]> {
    const all = await this.#framework.instances();
    return all.filter(({ location }) => location === 'top_bar').map(({ guid }) => guid);
  }
}
