import type { Fault, FaultMatch, Conditions } from '../../control.js';
import { control } from './account.js';

/** The conditions and faults of the account, as the drawer has set them. */
export class ShellConditions {
  slow = false;
  indexLags = false;
  signedOut = false;
  /** Whether the account has the voice plan, and so call buttons. False until it is known. */
  voice = false;
  /** The label of the fault that the next request will have. */
  next = '';
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  async load() {
    const response = await fetch('/shell/conditions.json').catch(() => undefined);
    const now = ((await response?.json().catch(() => undefined)) ?? {}) as Partial<Conditions>;
    this.slow = (now.latencyMs ?? 0) > 0;
    this.indexLags = (now.indexLagMs ?? 0) > 0;
    this.voice = now.voice ?? true;
    this.#changed();
  }

  async set(change: Partial<Conditions>) {
    await control.setConditions(change);
    if (change.latencyMs !== undefined) this.slow = change.latencyMs > 0;
    if (change.indexLagMs !== undefined) this.indexLags = change.indexLagMs > 0;
    if (change.voice !== undefined) this.voice = change.voice;
    this.#changed();
  }

  async sign(out: boolean) {
    await (out ? control.signOut() : control.signIn());
    this.signedOut = out;
    this.#changed();
  }

  async failNext(label: string, fault: Fault, match?: FaultMatch) {
    await control.failNext(fault, match);
    this.next = label;
    this.#changed();
  }
}
