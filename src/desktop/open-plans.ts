import type { Environment, SealedStore } from '../environment/environment.js';
import { SealedTable, type TableChange } from '../environment/sealed-table.js';
import type { DialWish } from '../machine/leader/leader-state.js';
import type { TakenBack } from '../machine/outbound/outbound-setup.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { Telephony } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { inCommandTime } from '../keeper/command-time.js';

/** The time between a failed cancellation and the next try, in milliseconds. */
const retryDelay = 30_000;
/** After this time no platform dials a plan any more. */
const forgottenAfter = 24 * 3_600_000;

/**
 * A dialled plan whose outcome is unknown. S4: it has no number and no association.
 *
 *   dialled ─▶ (settled: it is a call, or was refused or cancelled. It is then removed.)
 *      │          ▲
 *      └─▶ withdrawn: the agent cancelled it, or changed something and called again, or its page is gone
 */
interface OpenPlan {
  key: string;
  /** When it was dialled, in milliseconds since 1970. */
  at: number;
  state: 'dialled' | 'withdrawn';
}

/** An outbound call that a plan has become. */
interface PlannedCall {
  key: string;
  connected: boolean;
}

interface OpenPlansOptions {
  storage: SealedStore;
  environment: Pick<Environment, 'clock' | 'timers'>;
  telephony: Pick<Telephony, 'cancelDial' | 'dial'>;
  /** A call that a person wanted is connected. */
  connected: (call: { key: string; sessionId: string }) => void;
  /** A plan has become a call, and the platform has not sent an event about it. */
  found: (sessionId: string, wish: DialWish) => void;
  /** A plan of an earlier page has become a call. Only a new sign-in tells which call it is. */
  missed: () => void;
}

/**
 * Makes sure that one wish to call makes at most one call. Runs in the leader, and its store outlives the page. Open
 * plans are cancelled before another plan is dialled. If two calls begin all the same, the one that is connected first
 * stays, and one that still rings is cancelled. `cancelDial` leaves a connected call on, so none is ended here.
 */
export class OpenPlans {
  readonly #options: OpenPlansOptions;
  readonly #plans = new Map<string, OpenPlan>();
  /** S4: the complete plans, in memory only. */
  readonly #wishes = new Map<string, DialWish>();
  readonly #calls = new Map<string, PlannedCall>();
  readonly #table: SealedTable<OpenPlan>;
  readonly #loaded: Promise<void>;
  #lastChange: Promise<unknown> = Promise.resolve();
  #retryTimer: unknown;
  #orphanTimer: unknown;
  #stopped = false;

  constructor(options: OpenPlansOptions) {
    this.#options = options;
    this.#table = new SealedTable(options.storage, 'plans');
    // Plans that cannot be read count as unknown. The platform still refuses their keys if they were cancelled.
    this.#loaded = this.#load().catch(() => undefined);
  }

  /** Resolves when the plan is stored, so that it can be dialled. */
  async open(wish: DialWish): Promise<void> {
    const { key } = wish.plan;
    this.#wishes.set(key, wish);
    await this.#loaded;
    if (this.#plans.get(key)?.state !== 'dialled')
      this.#set({ key, at: this.#options.environment.clock.now(), state: 'dialled' });
    await this.#lastChange;
  }

  /** Undefined once the plan is settled, and for a plan of an earlier page. */
  wishOf(key: string): DialWish | undefined {
    return this.#wishes.get(key);
  }

  isOpen(key: string): boolean {
    return this.#plans.has(key);
  }

  /** The plan has become a call, or never will. */
  settle(key: string): void {
    this.#wishes.delete(key);
    // A stopped tab leaves the store to the new leader.
    if (!this.#plans.delete(key) || this.#stopped) return;
    this.#keep({ remove: [key] });
  }

  /**
   * Cancels all open plans except `except`. Rejects if the platform does not answer for one of them, and with
   * `busy-elsewhere` if another call is connected.
   */
  async takeBack(except?: string): Promise<TakenBack> {
    await this.#loaded;
    const others = [...this.#plans.keys()].filter((key) => key !== except);
    const answers = await Promise.all(others.map((key) => this.#withdraw(key)));
    if (answers.includes('connected')) return { isConnected: true };
    if (except !== undefined && [...this.#calls.values()].some(({ connected }) => connected))
      throw new TelephonyError('busy-elsewhere', 'Another call is connected.');
    return { isConnected: false };
  }

  /** Follows the platform's events about calls. */
  follow(event: PlatformEvent): void {
    if (event.type === 'session.created') this.created(event.key, event.sessionId);
    if (event.type === 'session.connected') this.#connected(event.sessionId);
    if (event.type === 'session.ended' || event.type === 'session.closed') this.#calls.delete(event.sessionId);
    if (event.type === 'connection.restored') this.#retry();
  }

  /** The platform has created the call. */
  created(key: string, sessionId: string): void {
    if (!this.#calls.has(sessionId)) this.#calls.set(sessionId, { key, connected: false });
    const isLate = this.#plans.get(key)?.state === 'withdrawn';
    const isSecond = [...this.#calls].some(([id, { connected }]) => id !== sessionId && connected);
    if (isLate || isSecond) this.#withdraw(key).catch(() => undefined);
    else this.settle(key);
  }

  /** The call that is connected first stays. All other calls and plans are cancelled. */
  #connected(sessionId: string): void {
    const call = this.#calls.get(sessionId);
    if (!call || call.connected) return;
    call.connected = true;
    this.settle(call.key);
    const ringing = [...this.#calls.values()].filter((one) => !one.connected).map(({ key }) => key);
    for (const key of new Set([...ringing, ...this.#plans.keys()])) this.#withdraw(key).catch(() => undefined);
    this.#options.connected({ key: call.key, sessionId });
  }

  /** A call that was connected before this tab led. Its plan is unknown. */
  resumed(sessionId: string): void {
    this.#calls.set(sessionId, { key: '', connected: true });
  }

  /** Asks again to cancel the withdrawn plans. */
  #retry(): void {
    for (const { key, state } of this.#plans.values())
      if (state === 'withdrawn') this.#withdraw(key).catch(() => undefined);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of [this.#retryTimer, this.#orphanTimer]) this.#options.environment.timers.clearTimeout(timer);
  }

  /** `gone`: the plan is no call and never will be. `connected`: it is a call, and stays. */
  async #withdraw(key: string): Promise<'gone' | 'connected'> {
    const { environment, telephony } = this.#options;
    const plan = this.#plans.get(key);
    if (plan?.state === 'dialled') this.#set({ ...plan, state: 'withdrawn' });
    const cancelled = telephony.cancelDial(key).then(
      () => 'gone' as const,
      (error: unknown) => {
        if (!isConnected(error)) throw error;
        return this.#findCall(key).then(() => 'connected' as const);
      },
    );
    // The answer may come after the time limit.
    cancelled.then(
      () => this.settle(key),
      () => this.#askAgain(),
    );
    try {
      return await inCommandTime(environment, 'cancel a call', () => cancelled);
    } catch (error) {
      this.#askAgain();
      throw error;
    }
  }

  /** Finds the call of a plan: dialling the plan again with its own key returns the id of its call. */
  async #findCall(key: string): Promise<void> {
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
    timers.clearTimeout(this.#retryTimer);
    this.#retryTimer = timers.setTimeout(() => this.#retry(), retryDelay);
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
    // The page whose form has dialled these plans may be closed. Plans that are still open later are cancelled.
    const orphans = [...this.#plans.keys()];
    this.#orphanTimer = environment.timers.setTimeout(() => {
      for (const key of orphans) if (this.isOpen(key)) this.#withdraw(key).catch(() => undefined);
    }, retryDelay);
  }

  #set(plan: OpenPlan): void {
    this.#plans.set(plan.key, plan);
    this.#keep({ put: [{ key: plan.key, value: plan }] });
  }

  /** Stores a change. Changes run one after the other. If the browser refuses one, it is in this page's memory only. */
  #keep(change: TableChange<OpenPlan>): void {
    this.#lastChange = this.#lastChange.then(() => this.#table.change(change)).catch(() => undefined);
  }
}

/** The code with which `cancelDial` rejects. */
const isConnected = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'not-available';
