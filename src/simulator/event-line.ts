import type { Clock, Timers } from '../domain/environment.js';
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
  /** After each delivery. */
  delivered: () => void;
}

interface Transit {
  event: PlatformEvent;
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
  #delivered: () => void;
  #open = false;
  #listeners = new Set<(event: PlatformEvent) => void>();
  #transits = new Set<Transit>();
  #lastOf = new Map<string, number>();
  #kept: PlatformEvent[] = [];

  constructor({ clock, timers, random, delivered }: LineOptions, disorder: Partial<Disorder> = {}) {
    this.#clock = clock;
    this.#timers = timers;
    this.#random = random;
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

  keep(events: readonly PlatformEvent[]): void {
    this.#kept.push(...events);
    if (this.#kept.length > keptAtMost) this.#kept.splice(0, this.#kept.length - keptAtMost);
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    const own = (event: PlatformEvent): void => listener(event);
    this.#listeners.add(own);
    if (this.#kept.length) this.#timers.setTimeout(() => this.#deliverKept(), 0);
    return () => void this.#listeners.delete(own);
  }

  send(event: PlatformEvent): void {
    const { late, twice, lost, shuffled } = this.disorder;
    if (this.#hits(lost)) return;
    const lane = 'sessionId' in event ? event.sessionId : '';
    const ordered = !this.#hits(shuffled);
    const delay = 1 + this.#random() * 15 + (this.#hits(late) ? 500 + this.#random() * 3_000 : 0);
    const due = Math.ceil(this.#clock.now() + delay);
    const at = ordered ? Math.max(due, this.#lastOf.get(lane) ?? 0) : due;
    if (ordered) this.#lastOf.set(lane, at);
    this.#bring({ event, lane, ordered }, at);
    if (this.#hits(twice)) this.#bring({ event, lane, ordered: false }, at + 1 + Math.floor(this.#random() * 2_000));
  }

  /** Past the line: what this side of it sees by itself. */
  say(event: PlatformEvent): void {
    this.#deliver(event);
  }

  #bring(transit: Transit, at: number): void {
    this.#transits.add(transit);
    this.#timers.setTimeout(() => {
      const next = transit.ordered ? this.#firstOf(transit.lane) : transit;
      if (!next) return;
      this.#transits.delete(next);
      if (this.#lastOf.get(transit.lane) === at) this.#lastOf.delete(transit.lane);
      this.keep([next.event]);
      this.#deliverKept();
    }, at - this.#clock.now());
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
    for (const listener of [...this.#listeners]) listener(event);
  }

  #hits(probability: number): boolean {
    return probability > 0 && this.#random() < probability;
  }
}
