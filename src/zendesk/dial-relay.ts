import type { DialRequest } from '../domain/dial.js';
import { realTime, type Timers } from '../environment/environment.js';
import { appMessages, type DialMessage } from './app-messages.js';
import type { Framework } from './framework.js';

/** Milliseconds between two tries. */
const repeatAfter = 2000;
const mostTries = 15;

/**
 * Sends dial requests from another instance of the app to the panel in the top bar. The panel may not be loaded yet: a
 * request is repeated until the panel confirms it.
 */
export class DialRelay {
  readonly #framework: Framework;
  readonly #guid: string;
  readonly #timers: Timers;
  /** The requests that the panel has not confirmed. */
  #waiting: { message: DialMessage; tries: number; done: (taken: boolean) => void }[] = [];
  #timer: unknown;
  #count = 0;

  constructor(framework: Framework, guid: string, timers: Timers = realTime.timers) {
    this.#framework = framework;
    this.#guid = guid;
    this.#timers = timers;
    framework.on(appMessages.ready, () => void this.#send());
    framework.on(appMessages.dialTaken, (data) => {
      const { id } = (data ?? {}) as { id?: unknown };
      for (const { message, done } of this.#waiting) if (message.id === id) done(true);
      this.#waiting = this.#waiting.filter(({ message }) => message.id !== id);
    });
  }

  /**
   * Loads the panel before the agent opens it, so that a call rings and the first click on a number reaches it (A13).
   * Rejects if Zendesk has no panel yet, or does not load it.
   */
  async preload(): Promise<void> {
    const panels = await this.#panels();
    if (panels.length === 0) throw new Error('Zendesk has no panel yet.');
    for (const guid of panels) await this.#framework.invoke('preloadPane', [], guid);
  }

  /** Resolves with true when the panel confirms the request, and with false after half a minute without confirmation. */
  async dial(request: DialRequest, { voice }: { voice: boolean }): Promise<boolean> {
    const id = `${this.#guid}/${++this.#count}`;
    const taken = new Promise<boolean>((done) =>
      this.#waiting.push({ message: { id, from: this.#guid, request, voice }, tries: 0, done }),
    );
    await this.#send();
    // Opens the popover. A failure is ignored, because the panel also opens itself for a request.
    for (const guid of await this.#panels()) this.#framework.invoke('popover', ['show'], guid).catch(() => undefined);
    return taken;
  }

  async #send(): Promise<void> {
    this.#timers.clearTimeout(this.#timer);
    for (const one of this.#waiting) if (++one.tries > mostTries) one.done(false);
    this.#waiting = this.#waiting.filter(({ tries }) => tries <= mostTries);
    if (this.#waiting.length === 0) return;
    this.#timer = this.#timers.setTimeout(() => void this.#send(), repeatAfter);
    const waiting = this.#waiting.map(({ message }) => message);
    for (const guid of await this.#panels())
      for (const message of waiting) this.#framework.send(guid, appMessages.dial, message);
  }

  /** The panels' instance ids. Empty if Zendesk does not answer: the next try asks again. */
  async #panels(): Promise<readonly string[]> {
    const all = await this.#framework.instances().catch(() => []);
    return all.filter(({ location }) => location === 'top_bar').map(({ guid }) => guid);
  }
}
