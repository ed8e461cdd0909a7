import type { Clock, Timers } from '../environment/environment.js';
import type { PlatformEvent } from '../telephony/platform-event.js';

/** The probabilities, 0 to 1, that an event is late, is delivered twice, is lost, or overtakes other events. */
export interface Disorder {
  late: number;
  twice: number;
  lost: number;
  shuffled: number;
}

export const noDisorder: Disorder = { late: 0, twice: 0, lost: 0, shuffled: 0 };

/** Faults for a demo: some events are late, and a few are delivered twice. */
export const mildDisorder: Disorder = { ...noDisorder, late: 0.1, twice: 0.05 };

interface DeliveryOptions {
  clock: Clock;
  timers: Timers;
  random: () => number;
  /** Makes the event for the listeners from the stored event, which is JSON. */
  prepare: (event: PlatformEvent) => PlatformEvent;
  onDelivered: () => void;
}

interface PendingDelivery {
  event: PlatformEvent;
  at: number;
  timer?: unknown;
  sessionId: string;
  /** Whether the event is delivered in order with the other ordered events of its session. */
  ordered: boolean;
}

/** The most events that wait for a listener. Beyond this number the oldest event is dropped. */
const queueLimit = 5_000;

/** Delivers events to listeners after a short delay, in order within each session, with the faults of `disorder`. */
export class EventDelivery {
  disorder: Disorder;
  #clock: Clock;
  #timers: Timers;
  #random: () => number;
  #prepare: (event: PlatformEvent) => PlatformEvent;
  #onDelivered: () => void;
  #isOpen = false;
  #isRunning = false;
  #listeners = new Set<(event: PlatformEvent) => void>();
  #pending = new Set<PendingDelivery>();
  #lastDueBySession = new Map<string, number>();
  #queue: PlatformEvent[] = [];
  /** The events of `deliverNow` that wait for the first listener. */
  #localEvents: PlatformEvent[] = [];

  constructor({ clock, timers, random, prepare, onDelivered }: DeliveryOptions, disorder: Partial<Disorder> = {}) {
    this.#clock = clock;
    this.#timers = timers;
    this.#random = random;
    this.#prepare = prepare;
    this.#onDelivered = onDelivered;
    this.disorder = { ...noDisorder, ...disorder };
  }

  /** Whether events are delivered. While they are not, they are queued. */
  get open(): boolean {
    return this.#isOpen;
  }
  set open(open: boolean) {
    this.#isOpen = open;
    if (open) this.#timers.setTimeout(() => this.#deliverQueue(), 0);
  }

  /** The queued events, then the pending events. */
  get undelivered(): readonly PlatformEvent[] {
    return [...this.#queue, ...[...this.#pending].map(({ event }) => event)];
  }

  /** Replaces the queue with stored events. */
  load(events: readonly PlatformEvent[]): void {
    this.#queue = [...events];
  }

  start(): void {
    this.#isRunning = true;
  }

  /** Stops the delivery until the next `start`, and queues the pending events. */
  halt(): void {
    this.#isRunning = false;
    this.#isOpen = false;
    const pending = [...this.#pending].sort((first, second) => first.at - second.at);
    for (const { timer } of pending) this.#timers.clearTimeout(timer);
    this.#pending.clear();
    this.#lastDueBySession.clear();
    for (const { event } of pending) this.#enqueue(event);
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    const own = (event: PlatformEvent): void => listener(event);
    this.#listeners.add(own);
    if (this.#localEvents.length)
      this.#timers.setTimeout(() => this.#localEvents.splice(0).forEach((event) => this.#deliver(event)), 0);
    if (this.#queue.length) this.#timers.setTimeout(() => this.#deliverQueue(), 0);
    return () => void this.#listeners.delete(own);
  }

  send(event: PlatformEvent): void {
    if (!this.#isRunning) return this.#enqueue(event);
    const { late, twice, lost, shuffled } = this.disorder;
    if (this.#happens(lost)) return;
    const sessionId = 'sessionId' in event ? event.sessionId : '';
    const ordered = !this.#happens(shuffled);
    const delay = 1 + this.#random() * 15 + (this.#happens(late) ? 500 + this.#random() * 3_000 : 0);
    const due = Math.ceil(this.#clock.now() + delay);
    const at = ordered ? Math.max(due, this.#lastDueBySession.get(sessionId) ?? 0) : due;
    if (ordered) this.#lastDueBySession.set(sessionId, at);
    this.#deliverLater({ event, at, sessionId, ordered });
    if (this.#happens(twice))
      this.#deliverLater({ event, at: at + 1 + Math.floor(this.#random() * 2_000), sessionId, ordered: false });
  }

  /** Delivers an event without delay or faults: one that the panel's side observes itself, such as a lost connection. */
  deliverNow(event: PlatformEvent): void {
    if (this.#listeners.size > 0) this.#deliver(event);
    else this.#localEvents.push(event);
  }

  #deliverLater(delivery: PendingDelivery): void {
    this.#pending.add(delivery);
    const { at, sessionId, ordered } = delivery;
    delivery.timer = this.#timers.setTimeout(() => {
      const next = ordered ? this.#firstPendingOf(sessionId) : delivery;
      if (!next) return;
      this.#pending.delete(next);
      if (this.#lastDueBySession.get(sessionId) === at) this.#lastDueBySession.delete(sessionId);
      this.#enqueue(next.event);
      this.#deliverQueue();
    }, at - this.#clock.now());
  }

  #enqueue(event: PlatformEvent): void {
    this.#queue.push(event);
    if (this.#queue.length > queueLimit) this.#queue.shift();
  }

  #firstPendingOf(sessionId: string): PendingDelivery | undefined {
    for (const delivery of this.#pending) if (delivery.ordered && delivery.sessionId === sessionId) return delivery;
    return undefined;
  }

  #deliverQueue(): void {
    while (this.#queue.length && this.#isOpen && this.#listeners.size) {
      this.#deliver(this.#queue.shift()!);
      this.#onDelivered();
    }
  }

  #deliver(event: PlatformEvent): void {
    const prepared = this.#prepare(event);
    for (const listener of [...this.#listeners]) listener(prepared);
  }

  #happens(probability: number): boolean {
    return probability > 0 && this.#random() < probability;
  }
}
