import { createDesktop, type AgentDesktop } from '../../src/desktop/agent-desktop.js';
import { loadPhoneNumbers } from '../../src/domain/phone-loader.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import '../../src/define.js';
import type { CcaiAgentAdapter } from '../../src/element/ccai-agent-adapter.js';
import { screenOf } from '../../src/machine/agent/screen-view.js';
import { MemoryHost, type MemoryOptions } from '../../src/memory/index.js';
import { SimulatedTelephony, type SimulatorOptions } from '../../src/simulator/index.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { firstByRole, readableText } from '../../test/support/roles.js';
import { withFewest } from '../../test/support/fewest.js';

/** One action of the way to a screen. */
export type Step = (stage: Stage) => void | Promise<void>;

/** What a screen must show: words, or a control by its role, name, value and state. */
export type Expectation =
  string | { role: string; name?: string; value?: string; disabled?: boolean; checked?: boolean };

/** A screen: the initial state, the steps to the screen, and what the screen must show. */
export interface Row {
  host?: MemoryOptions;
  telephony?: SimulatorOptions;
  settings?: SettingsInput;
  /** `none`: the element has neither host nor telephony. `host`: it has only a host. */
  ports?: 'none' | 'host';
  offline?: boolean;
  /** Whether the browser blocks sound, as it does before the first click. */
  silent?: boolean;
  /** Runs before the panel starts. */
  before?: (stage: Stage) => void;
  steps?: readonly Step[];
  expects: readonly [Expectation, ...Expectation[]];
}

/** Milliseconds to wait for an expectation. */
const patience = 4000;

/** An audio context as it is before a person's first click. */
class LockedSound {
  readonly state = 'suspended';
  resume(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * A panel with the embedded CRM and platform. Only the steps advance its simulated time, so that the screen is the same
 * each time.
 */
export class Stage {
  readonly time = new SimulatedTime();
  readonly row: Row;
  readonly host: MemoryHost;
  readonly telephony: SimulatedTelephony;
  readonly panel: CcaiAgentAdapter;
  readonly desktop: AgentDesktop | undefined;
  #online: boolean;
  #listeners = new Set<(online: boolean) => void>();
  #ids = 0;

  constructor(row: Row) {
    this.row = row;
    this.#online = !row.offline;
    const clocks = { clock: this.time, timers: this.time };
    const settings = row.settings ? { settings: row.settings } : {};
    this.host = new MemoryHost({ ...clocks, ...settings, ...row.host });
    this.telephony = new SimulatedTelephony({ ...clocks, ...withFewest(row.telephony) });
    // On a machine without a loudspeaker, the browser would report an error for every ring. Sound is not on the screen.
    Object.assign(globalThis, { AudioContext: row.silent ? LockedSound : undefined });
    row.before?.(this);
    this.panel = document.createElement('ccai-agent-adapter');
    this.panel.locale = 'en';
    if (row.ports === 'host') this.panel.host = this.host;
    if (!row.ports) {
      this.desktop = createDesktop({ host: this.host, telephony: this.telephony, environment: this.#environment() });
      this.panel.desktop = this.desktop;
    }
  }

  /** Runs the steps, and waits for the expectations. Throws if a step fails or an expectation is not met in time. */
  async play(): Promise<this> {
    // The panel reads the page's clock for texts such as “2 hours ago” and for the time of a call.
    Date.now = this.time.now;
    await loadPhoneNumbers();
    await this.pass(100);
    await this.#until(() => (this.panel.minimized || this.panel.shadowRoot?.querySelector('.panel') ? '' : 'no panel'));
    await this.#until(() => (this.#isLoading() ? 'The screens of a call are not loaded.' : ''));
    for (const step of this.row.steps ?? []) {
      await step(this);
      await this.pass(100);
    }
    for (const expectation of this.row.expects) await this.#until(() => this.#problemOf(expectation));
    return this;
  }

  /** Whether the panel loads the screens of a call, which it does in real time after the desktop has started. */
  #isLoading(): boolean {
    const starts = !this.desktop || screenOf(this.desktop.snapshot) === 'starting';
    return !starts && !customElements.get('ccai-details-screen');
  }

  /** Advances the simulated time, and runs the due timers. */
  async pass(milliseconds: number): Promise<void> {
    await this.time.advance(milliseconds);
    await turn();
    await this.time.advance(0);
    await turn();
  }

  /** Waits for an element. */
  async find(role: string, name?: string): Promise<HTMLElement> {
    await this.#until(() => (firstByRole(this.panel.shadowRoot!, role, name) ? '' : `There is no ${role} “${name}”.`));
    return firstByRole(this.panel.shadowRoot!, role, name)!;
  }

  set online(online: boolean) {
    this.#online = online;
    for (const listener of this.#listeners) listener(online);
  }

  /** Makes the simulated time follow the real time, for a person who uses the panel. */
  followRealTime(): void {
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      void this.time.advance(now - last);
      last = now;
    }, 50);
  }

  /** Waits until `problem` returns an empty text. */
  async #until(problem: () => string): Promise<void> {
    const end = performance.now() + patience;
    for (let why = problem(); why; why = problem()) {
      if (performance.now() > end) throw new Error(`${why} The screen says: ${readableText(this.panel.shadowRoot!)}`);
      await this.time.advance(0);
      await turn();
    }
  }

  #problemOf(expected: Expectation): string {
    const root = this.panel.shadowRoot!;
    if (typeof expected === 'string') return readableText(root).includes(expected) ? '' : `“${expected}” is not shown.`;
    const { role, name, value, disabled, checked } = expected;
    const found = firstByRole(root, role, name) as HTMLInputElement | undefined;
    const what = `${role} “${name ?? ''}”`;
    if (!found) return `There is no ${what}.`;
    const content = 'value' in found && found.localName === 'input' ? found.value : found.textContent;
    if (value !== undefined && content?.replace(/\s+/g, ' ').trim() !== value)
      return `The ${what} contains “${content}”, not “${value}”.`;
    if (disabled !== undefined && found.matches(':disabled') !== disabled)
      return `The ${what} is ${disabled ? 'not ' : ''}disabled.`;
    return checked !== undefined && found.checked !== checked
      ? `The ${what} is ${found.checked ? '' : 'not '}ticked.`
      : '';
  }

  #environment() {
    const connectivity = {
      subscribe: (listener: (online: boolean) => void) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
    };
    const random = () => `story-${++this.#ids}`;
    Object.defineProperty(connectivity, 'online', { get: () => this.#online });
    return {
      clock: this.time,
      timers: this.time,
      random,
      load: this.time.during,
      connectivity: connectivity as typeof connectivity & { readonly online: boolean },
    };
  }
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve));
