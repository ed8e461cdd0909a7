import type { Clock, Timers } from '../environment/environment.js';
import type { PlatformEvent } from '../telephony/platform-event.js';

/** Probabilities, 0 to 1, with which an event is late, comes twice, is lost, or overtakes others. */
export interface Disorder {
  late: number;
  twice: number;
  lost: number;
  shuffled: number;
}

export const noDisorder: Disorder = { late: 0, twice: 0, lost: 0, shuffled: 0 };

/** What a demo shows: some events late, a few twice. */
export const mildDisorder: Disorder = { ...noDisorder, late: 0.1, twice: 0.05 };

interface DeliveryOptions {
  clock: Clock;
  timers: Timers;
  random: () => number;
  /** What a listener hears of an event that is JSON until then. */
  prepare: (event: PlatformEvent) => PlatformEvent;
  /** After each delivery. */
  onDelivered: () => void;
}

interface PendingDelivery {
  event: PlatformEvent;
  at: number;
  timer?: unknown;
  sessionId: string;
  /** In its place among the others of its sessionId. */
  ordered: boolean;
}

/** What is kept for a listener that is not there, at most. */
const queueLimit = 5_000;

/** Brings events to their listeners: each a little later, in order for each session, as disorderly as it is told. */
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
  /** What this side saw before anybody listened. */
  #localEvents: PlatformEvent[] = [];

  constructor({ clock, timers, random, prepare, onDelivered }: DeliveryOptions, disorder: Partial<Disorder> = {}) {
    this.#clock = clock;
    this.#timers = timers;
    this.#random = random;
    this.#prepare = prepare;
    this.#onDelivered = onDelivered;
    this.disorder = { ...noDisorder, ...disorder };
  }

  /** While it is closed, events are kept. */
  get open(): boolean {
    return this.#isOpen;
  }
  set open(open: boolean) {
    this.#isOpen = open;
    if (open) this.#timers.setTimeout(() => this.#deliverQueue(), 0);
  }

  /** Events on their way or kept, the oldest first. */
  get undelivered(): readonly PlatformEvent[] {
    return [...this.#queue, ...[...this.#pending].map(({ event }) => event)];
  }

  /** What was kept elsewhere takes the place of what is kept here. */
  load(events: readonly PlatformEvent[]): void {
    this.#queue = [...events];
  }

  start(): void {
    this.#isRunning = true;
  }

  /** What is on its way is kept, and nothing arrives until the next start. */
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

  /** Past the line: what this side of it sees by itself. */
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
