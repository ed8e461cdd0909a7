import type { Clock } from '../environment/environment.js';
import type { AgentEvent, PlatformEvent, SessionEvent } from '../telephony/platform-event.js';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type NewSessionEvent = Without<SessionEvent, 'id' | 'at' | 'owner' | 'sessionId'>;
export type NewAgentEvent = Without<AgentEvent, 'id' | 'at' | 'owner'>;

/** The most events that wait for a listener. Beyond this number the oldest event is dropped. */
const queueLimit = 5_000;

/** Delivers events to listeners in order. The events before the first listener are queued for it. */
export class EventQueue {
  #clock: Clock;
  /** Makes the events' ids unique over a reload. */
  #prefix = crypto.randomUUID();
  #count = 0;
  #listeners = new Set<(event: PlatformEvent) => void>();
  #undelivered: PlatformEvent[] = [];
  #isDelivering = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    const own = (event: PlatformEvent): void => listener(event);
    this.#listeners.add(own);
    this.#deliverSoon();
    return () => void this.#listeners.delete(own);
  }

  emit(event: NewAgentEvent, owner?: string): void {
    this.#enqueue({ ...this.#stamp(owner), ...event } as PlatformEvent);
  }

  emitForSession(sessionId: string, event: NewSessionEvent, owner?: string): void {
    this.#enqueue({ ...this.#stamp(owner), sessionId, ...event } as PlatformEvent);
  }

  #stamp(owner: string | undefined) {
    const at = new Date(this.#clock.now()).toISOString();
    return { id: `${this.#prefix}:${++this.#count}`, at, owner };
  }

  #enqueue(event: PlatformEvent): void {
    this.#undelivered.push(event);
    if (this.#undelivered.length > queueLimit) this.#undelivered.shift();
    this.#deliverSoon();
  }

  /** Delivers in a microtask, so that no listener runs within a command or within another listener. */
  #deliverSoon(): void {
    if (this.#isDelivering || !this.#undelivered.length) return;
    this.#isDelivering = true;
    queueMicrotask(() => {
      this.#isDelivering = false;
      while (this.#undelivered.length && this.#listeners.size) {
        const event = this.#undelivered.shift()!;
        for (const listener of [...this.#listeners])
          try {
            listener(event);
          } catch (error) {
            // The other listeners get the event although this one has thrown.
            queueMicrotask(() => {
              throw error;
            });
          }
      }
    });
  }
}
