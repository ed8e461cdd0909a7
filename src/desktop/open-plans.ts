import type { Environment, SealedStore } from '../environment/environment.js';
import { SealedTable, type TableChange } from '../environment/sealed-table.js';
import type { DialWish } from '../machine/leader/leader-state.js';
import type { TakenBack } from '../machine/outbound/outbound-setup.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { Telephony } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { inCommandTime } from '../keeper/command-time.js';

/** How long the platform is left in peace before it is asked again to cancel. */
const againAfter = 30_000;
/** No platform dials a plan after so long. */
const forgottenAfter = 24 * 3_600_000;

/**
 * A plan that was dialled, of which nobody knows yet whether it becomes a call. S4: no number, and no association.
 *
 *   dialled ─▶ (settled: the call is there, or refused, or cancelled; then it is forgotten)
 *      │          ▲
 *      └─▶ withdrawn: the agent cancelled it, or called again with something changed, or its page is gone
 */
interface OpenPlan {
  key: string;
  /** When it was dialled, in milliseconds since 1970. */
  at: number;
  state: 'dialled' | 'withdrawn';
}

/** An outbound call that came of a plan. */
interface PlannedCall {
  key: string;
  connected: boolean;
}

interface OpenPlansOptions {
  storage: SealedStore;
  environment: Pick<Environment, 'clock' | 'timers'>;
  telephony: Pick<Telephony, 'cancelDial' | 'dial'>;
  /** A call that a person wished for is connected. */
  connected: (call: { key: string; sessionId: string }) => void;
  /** The platform says that a plan has become a call, of which no event has told. */
  found: (sessionId: string, wish: DialWish) => void;
  /** The same of a plan of an earlier page: only a new sign-in tells which call it is. */
  missed: () => void;
}

/**
 * One wish makes one call. Runs in the tab that leads, and outlives its page: before anything else is dialled, what is
 * still open is taken back; if two calls come about all the same, the one that is connected first stays, and one that
 * only rings is cancelled. Nothing here ends a connected call: `cancelDial` leaves it on.
 */
export class OpenPlans {
  readonly #options: OpenPlansOptions;
  readonly #plans = new Map<string, OpenPlan>();
  /** S4: as they were dialled, in this page only. */
  readonly #wishes = new Map<string, DialWish>();
  readonly #calls = new Map<string, PlannedCall>();
  readonly #table: SealedTable<OpenPlan>;
  readonly #loaded: Promise<void>;
  #kept: Promise<unknown> = Promise.resolve();
  #again: unknown;
  #orphans: unknown;
  #stopped = false;

  constructor(options: OpenPlansOptions) {
    this.#options = options;
    this.#table = new SealedTable(options.storage, 'plans');
    // What cannot be read is not known; the platform still refuses a key that was cancelled.
    this.#loaded = this.#load().catch(() => undefined);
  }

  /** Kept before it is dialled. */
  async open(wish: DialWish): Promise<void> {
    const { key } = wish.plan;
    this.#wishes.set(key, wish);
    await this.#loaded;
    if (this.#plans.get(key)?.state !== 'dialled')
      this.#set({ key, at: this.#options.environment.clock.now(), state: 'dialled' });
    await this.#kept;
  }

  /** Undefined once it is settled, and for one of an earlier page. */
  wishOf(key: string): DialWish | undefined {
    return this.#wishes.get(key);
  }

  isOpen(key: string): boolean {
    return this.#plans.has(key);
  }

  /** It is a call, or it will never be one. */
  settle(key: string): void {
    this.#wishes.delete(key);
    // Another tab leads by now, and is the one that knows.
    if (!this.#plans.delete(key) || this.#stopped) return;
    this.#keep({ remove: [key] });
  }

  /**
   * Takes back all that is open but `except`. Rejects where the platform does not say what became of one, and with
   * `busy-elsewhere` where a call is connected that is none of them.
   */
  async takeBack(except?: string): Promise<TakenBack> {
    await this.#loaded;
    const others = [...this.#plans.keys()].filter((key) => key !== except);
    const answers = await Promise.all(others.map((key) => this.#withdraw(key)));
    if (answers.includes('connected')) return { isConnected: true };
    if (except !== undefined && [...this.#calls.values()].some(({ connected }) => connected))
      throw new TelephonyError('busy-elsewhere', 'A call is on.');
    return { isConnected: false };
  }

  /** What the platform tells of calls. */
  follow(event: PlatformEvent): void {
    if (event.type === 'session.created') this.created(event.key, event.sessionId);
    if (event.type === 'session.connected') this.#connected(event.sessionId);
    if (event.type === 'session.ended' || event.type === 'session.closed') this.#calls.delete(event.sessionId);
    if (event.type === 'connection.restored') this.#retry();
  }

  /** The platform has taken a call on. */
  created(key: string, sessionId: string): void {
    if (!this.#calls.has(sessionId)) this.#calls.set(sessionId, { key, connected: false });
    const isLate = this.#plans.get(key)?.state === 'withdrawn';
    const isSecond = [...this.#calls].some(([id, { connected }]) => id !== sessionId && connected);
    if (isLate || isSecond) this.#withdraw(key).catch(() => undefined);
    else this.settle(key);
  }

  /** The first one that is connected stays: of the others none may ring on, or begin. */
  #connected(sessionId: string): void {
    const call = this.#calls.get(sessionId);
    if (!call || call.connected) return;
    call.connected = true;
    this.settle(call.key);
    const ringing = [...this.#calls.values()].filter((one) => !one.connected).map(({ key }) => key);
    for (const key of new Set([...ringing, ...this.#plans.keys()])) this.#withdraw(key).catch(() => undefined);
    this.#options.connected({ key: call.key, sessionId });
  }

  /** A call that was connected before this tab led; whose plan it was is not known. */
  resumed(sessionId: string): void {
    this.#calls.set(sessionId, { key: '', connected: true });
  }

  /** What was withdrawn and not answered is asked for once more: the platform can be reached again. */
  #retry(): void {
    for (const { key, state } of this.#plans.values())
      if (state === 'withdrawn') this.#withdraw(key).catch(() => undefined);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of [this.#again, this.#orphans]) this.#options.environment.timers.clearTimeout(timer);
  }

  /** Gone: there is no call of it, and never will be. Connected: it is one, and stays. */
  async #withdraw(key: string): Promise<'gone' | 'connected'> {
    const { environment, telephony } = this.#options;
    const plan = this.#plans.get(key);
    if (plan?.state === 'dialled') this.#set({ ...plan, state: 'withdrawn' });
    const cancelled = telephony.cancelDial(key).then(
      () => 'gone' as const,
      (error: unknown) => {
        if (!isConnected(error)) throw error;
        return this.#find(key).then(() => 'connected' as const);
      },
    );
    // It may be answered after nobody waits for it any more.
    cancelled.then(
      () => this.settle(key),
      () => this.#askAgain(),
    );
    try {
      return await inCommandTime(environment, 'cancel', () => cancelled);
    } catch (error) {
      this.#askAgain();
      throw error;
    }
  }

  /** Dialled once more with its own key, a call that is on says which one it is. */
  async #find(key: string): Promise<void> {
    const calls = [...this.#calls.values()];
    if (calls.some((call) => call.key === key || (call.key === '' && call.connected))) return;
    const wish = this.#wishes.get(key);
    if (!wish) return this.#options.missed();
    const { sessionId } = await this.#options.telephony.dial(wish.plan);
    this.settle(key);
    this.#options.found(sessionId, wish);
    this.#connected(sessionId);
  }

  #askAgain(): void {
    const { timers } = this.#options.environment;
    if (this.#stopped) return;
    timers.clearTimeout(this.#again);
    this.#again = timers.setTimeout(() => this.#retry(), againAfter);
  }

  async #load(): Promise<void> {
    const { environment } = this.#options;
    const { rows } = await this.#table.open({ isUnreadable: () => true });
    for (const { value: plan } of rows) {
      if (this.#plans.has(plan.key)) continue;
      this.#plans.set(plan.key, plan);
      if (plan.at < environment.clock.now() - forgottenAfter) this.settle(plan.key);
    }
    this.#retry();
    // The form that waited for these may be gone with its page: what nothing has come of by then is not wished for.
    const orphans = [...this.#plans.keys()];
    this.#orphans = environment.timers.setTimeout(() => {
      for (const key of orphans) if (this.isOpen(key)) this.#withdraw(key).catch(() => undefined);
    }, againAfter);
  }

  #set(plan: OpenPlan): void {
    this.#plans.set(plan.key, plan);
    this.#keep({ put: [{ key: plan.key, value: plan }] });
  }

  /** One after the other. Where the browser refuses, this page still knows. */
  #keep(change: TableChange<OpenPlan>): void {
    this.#kept = this.#kept.then(() => this.#table.change(change)).catch(() => undefined);
  }
}

/** As `cancelDial` says it. */
const isConnected = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'not-available';
