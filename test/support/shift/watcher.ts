import type { AgentDesktop } from '../../../src/desktop/agent-desktop.js';
import { screenOf } from '../../../src/machine/agent/screen-view.js';
import type { Offer } from './offer.js';
import type { ShiftPlatform } from './shift-platform.js';

/** The most milliseconds until the effect of a press, and until the end of an action in progress. */
const patience = 30_000;

interface Pressed {
  offer: Offer;
  at: number;
  changes: number;
}

/** Checks the invariants at each step of a shift. */
export class Watcher {
  readonly violations: string[] = [];
  readonly #desktop: AgentDesktop;
  readonly #platform: ShiftPlatform;
  readonly #now: () => number;
  #pressed: Pressed[] = [];
  #changes = 0;
  readonly #waitsSince = new Map<string, number>();
  readonly #severalSince = new Map<string, number>();
  readonly #heldSince = new Map<string, number>();

  constructor(desktop: AgentDesktop, platform: ShiftPlatform, now: () => number) {
    this.#desktop = desktop;
    this.#platform = platform;
    this.#now = now;
    desktop.subscribe(() => this.#changes++);
    desktop.onEvent(({ type }) => void (type !== 'log' && this.#changes++));
  }

  report(what: string): void {
    const hours = ((this.#now() % 86_400_000) / 3_600_000 - 9).toFixed(4);
    this.violations.push(`${what} (hour ${hours})`);
  }

  press(offer: Offer): void {
    // A repeated or reversed press replaces the earlier one.
    this.#pressed = this.#pressed.filter(({ offer: { name } }) => name !== offer.name);
    this.#pressed.push({ offer, at: this.#now(), changes: this.#changes });
    offer.press();
  }

  look(): void {
    const now = this.#now();
    const { agent, outbound } = this.#desktop.snapshot;
    const inError = [agent, outbound].some((one) => (one?.status as string | undefined) === 'error');
    if (inError) this.report('an actor is in error');
    const calls = Object.entries(agent.context.leader.calls).filter(([, { work, chat }]) => work === 'on' && !chat);
    const several = calls.length > 1 ? calls.map(([id]) => id) : [];
    // The event of a call's end may be lost. The desktop finds out when it asks the platform.
    if (this.#longer(this.#severalSince, several, now).length > 0) this.report(`${several.length} calls at once`);
    // No effect can be seen while the connection is down.
    if (agent.context.leader.connection === 'down') return this.#startAnew();
    this.#lookForEffects(now);
    for (const { since, what } of this.#longer(this.#waitsSince, this.#waits(), now))
      this.report(`${what} since ${Math.round((now - since) / 1000)} s`);
    for (const { what } of this.#longer(this.#heldSince, this.#platform.leftOnHold(), now))
      this.report(`the customer of ${what} is left on hold`);
  }

  /** Forgets the presses and waits so far. */
  #startAnew(): void {
    this.#pressed = [];
    this.#waitsSince.clear();
    this.#heldSince.clear();
  }

  #lookForEffects(now: number): void {
    const isSeen = ({ offer, changes }: Pressed) => (offer.leadsTo ? offer.leadsTo() : this.#changes > changes);
    this.#pressed = this.#pressed.filter((one) => !isSeen(one));
    const late = this.#pressed.filter(({ at }) => now - at > patience);
    for (const { offer } of late) this.report(`“${offer.name}” led to nothing`);
    this.#pressed = this.#pressed.filter((one) => !late.includes(one));
  }

  /** Returns what has lasted longer than `patience`. Each is returned once. */
  #longer(since: Map<string, number>, there: readonly string[], now: number) {
    for (const what of since.keys()) if (!there.includes(what)) since.delete(what);
    for (const what of there) if (!since.has(what)) since.set(what, now);
    const long = [...since].filter(([, at]) => now - at > patience).map(([what, at]) => ({ what, since: at }));
    for (const { what } of long) since.set(what, Infinity);
    return long;
  }

  /** The actions that the screen shows as in progress. */
  #waits(): readonly string[] {
    const { agent } = this.#desktop.snapshot;
    const { leader, wantedStatus } = agent.context;
    const screen = screenOf(this.#desktop.snapshot);
    const asked = Object.entries(leader.sessions).flatMap(([id, { context, value }]) =>
      Object.entries(context.asked)
        .filter(([, how]) => how !== undefined)
        .map(([act, how]) => `${act} is ${how} in ${(value as { phase: string }).phase} of ${id}`),
    );
    return [
      ...asked,
      ...(screen === 'loading' || screen === 'starting' ? [`the screen is ${screen}`] : []),
      ...(wantedStatus === undefined ? [] : [`the status changes to ${wantedStatus}`]),
    ];
  }
}
