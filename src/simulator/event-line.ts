import type { Clock, Timers } from '../environment/environment.js';
import type { PlatformEvent } from '../telephony/platform-event.js';

/** Probabilities, 0 to 1, with which an event is late, comes twice, is lost, or overtakes others. */
export interface Disorder {
  late: number;
  twice: number;
  lost: number;
  shuffled: number;
}

export const order: Disorder = { late: 0, twice: 0, lost: 0, shuffled: 0 };

/** What a demo shows: some events late, a few twice. */
export const mildDisorder: Disorder = { ...order, late: 0.1, twice: 0.05 };

interface LineOptions {
  clock: Clock;
  timers: Timers;
  random: () => number;
  /** What a listener hears of an event that is JSON until then. */
  dress: (event: PlatformEvent) => PlatformEvent;
  /** After each delivery. */
  delivered: () => void;
}

interface Transit {
  event: PlatformEvent;
  at: number;
  timer?: unknown;
  lane: string;
  /** In its place among the others of its lane. */
  ordered: boolean;
}

/** What is kept for a listener that is not there, at most. */
const keptAtMost = 5_000;

/** Brings events to their listeners: each a little later, in order for each session, as disorderly as it is told. */
export class EventLine {
  disorder: Disorder;
  #clock: Clock;
  #timers: Timers;
  #random: () => number;
  #dress: (event: PlatformEvent) => PlatformEvent;
  #delivered: () => void;
  #open = false;
  #runs = false;
  #listeners = new Set<(event: PlatformEvent) => void>();
  #transits = new Set<Transit>();
  #lastOf = new Map<string, number>();
  #kept: PlatformEvent[] = [];
  /** What this side saw before anybody listened. */
  #said: PlatformEvent[] = [];

  constructor({ clock, timers, random, dress, delivered }: LineOptions, disorder: Partial<Disorder> = {}) {
    this.#clock = clock;
    this.#timers = timers;
    this.#random = random;
    this.#dress = dress;
    this.#delivered = delivered;
    this.disorder = { ...order, ...disorder };
  }

  /** While it is closed, events are kept. */
  get open(): boolean {
    return this.#open;
  }
  set open(open: boolean) {
    this.#open = open;
    if (open) this.#timers.setTimeout(() => this.#deliverKept(), 0);
  }

  /** Events on their way or kept, the oldest first. */
  get undelivered(): readonly PlatformEvent[] {
    return [...this.#kept, ...[...this.#transits].map(({ event }) => event)];
  }

  /** What was kept elsewhere takes the place of what is kept here. */
  load(events: readonly PlatformEvent[]): void {
    this.#kept = [...events];
  }

  start(): void {
    this.#runs = true;
  }

  /** What is on its way is kept, and nothing arrives until the next start. */
  halt(): void {
    this.#runs = false;
    this.#open = false;
    const transits = [...this.#transits].sort((one, other) => one.at - other.at);
    for (const { timer } of transits) this.#timers.clearTimeout(timer);
    this.#transits.clear();
    this.#lastOf.clear();
    for (const { event } of transits) this.#keep(event);
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    const own = (event: PlatformEvent): void => listener(event);
    this.#listeners.add(own);
    if (this.#said.length)
      this.#timers.setTimeout(() => this.#said.splice(0).forEach((event) => this.#deliver(event)), 0);
    if (this.#kept.length) this.#timers.setTimeout(() => this.#deliverKept(), 0);
    return () => void this.#listeners.delete(own);
  }

  send(event: PlatformEvent): void {
    if (!this.#runs) return this.#keep(event);
    const { late, twice, lost, shuffled } = this.disorder;
    if (this.#hits(lost)) return;
    const lane = 'sessionId' in event ? event.sessionId : '';
    const ordered = !this.#hits(shuffled);
    const delay = 1 + this.#random() * 15 + (this.#hits(late) ? 500 + this.#random() * 3_000 : 0);
    const due = Math.ceil(this.#clock.now() + delay);
    const at = ordered ? Math.max(due, this.#lastOf.get(lane) ?? 0) : due;
    if (ordered) this.#lastOf.set(lane, at);
    this.#bring({ event, at, lane, ordered });
    if (this.#hits(twice))
      this.#bring({ event, at: at + 1 + Math.floor(this.#random() * 2_000), lane, ordered: false });
  }

  /** Past the line: what this side of it sees by itself. */
  say(event: PlatformEvent): void {
    if (this.#listeners.size > 0) this.#deliver(event);
    else this.#said.push(event);
  }

  #bring(transit: Transit): void {
    this.#transits.add(transit);
    const { at, lane, ordered } = transit;
    transit.timer = this.#timers.setTimeout(() => {
      const next = ordered ? this.#firstOf(lane) : transit;
      if (!next) return;
      this.#transits.delete(next);
      if (this.#lastOf.get(lane) === at) this.#lastOf.delete(lane);
      this.#keep(next.event);
      this.#deliverKept();
    }, at - this.#clock.now());
  }

  #keep(event: PlatformEvent): void {
    this.#kept.push(event);
    if (this.#kept.length > keptAtMost) this.#kept.shift();
  }

  #firstOf(lane: string): Transit | undefined {
    for (const transit of this.#transits) if (transit.ordered && transit.lane === lane) return transit;
    return undefined;
  }

  #deliverKept(): void {
    while (this.#kept.length && this.#open && this.#listeners.size) {
      this.#deliver(this.#kept.shift()!);
      this.#delivered();
    }
  }

  #deliver(event: PlatformEvent): void {
    const dressed = this.#dress(event);
    for (const listener of [...this.#listeners]) listener(dressed);
  }

  #hits(probability: number): boolean {
    return probability > 0 && this.#random() < probability;
  }
}
