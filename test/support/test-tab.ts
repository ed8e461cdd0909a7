import type { DesktopEvent } from '../../src/desktop/desktop-event.js';
import { createDesktop, type AgentDesktop } from '../../src/desktop/agent-desktop.js';
import type { Environment } from '../../src/environment/environment.js';
import type { DialRequest } from '../../src/domain/dial.js';
import { loadPhoneNumbers } from '../../src/domain/phone-loader.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import type { OutboundCommand } from '../../src/machine/outbound/outbound-setup.js';
import { detailsView } from '../../src/machine/outbound/form-view.js';
import { screenOf } from '../../src/machine/agent/screen-view.js';
import { MemoryHost } from '../../src/memory/index.js';
import { SimulatedTelephony } from '../../src/simulator/index.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { withFewest } from './fewest.js';
import { sealedStorage, simulatedEnvironment } from './sealed-storage.js';

type MemoryOptions = NonNullable<ConstructorParameters<typeof MemoryHost>[0]>;
type SimulatorOptions = NonNullable<ConstructorParameters<typeof SimulatedTelephony>[0]>;

/** A tab of the agent, without a screen: a desktop on the embedded CRM and platform, on simulated time. */
export class TestTab {
  readonly time = new SimulatedTime();
  readonly events: DesktopEvent[] = [];
  readonly host: MemoryHost;
  readonly telephony: SimulatedTelephony;
  desktop: AgentDesktop;
  readonly #storage = sealedStorage(this.time);
  readonly #wrapped: MemoryHost;
  readonly #environment: Partial<Environment>;

  constructor(
    given: {
      host?: MemoryOptions;
      telephony?: SimulatorOptions;
      settings?: SettingsInput;
      Platform?: typeof SimulatedTelephony;
      /** Wraps the CRM that the desktop gets. */
      wrap?: (host: MemoryHost) => MemoryHost;
      /** Replaces parts of the page's environment. */
      environment?: (time: SimulatedTime) => Partial<Environment>;
    } = {},
  ) {
    const clocks = { clock: this.time, timers: this.time };
    this.host = new MemoryHost({
      ...clocks,
      settings: { batching: { comments: false, updates: false }, ...given.settings },
      ...given.host,
    });
    this.#wrapped = given.wrap?.(this.host) ?? this.host;
    this.#environment = given.environment?.(this.time) ?? {};
    this.telephony = new (given.Platform ?? SimulatedTelephony)({ ...clocks, ...withFewest(given.telephony) });
    this.desktop = this.open();
  }

  static async start(given: ConstructorParameters<typeof TestTab>[0] = {}): Promise<TestTab> {
    await loadPhoneNumbers();
    const tab = new TestTab(given);
    await tab.wait(50);
    return tab;
  }

  /** Starts a new desktop on the same ports, as a reload does. */
  open(): AgentDesktop {
    this.desktop = createDesktop({
      host: this.#wrapped,
      telephony: this.telephony,
      environment: {
        ...simulatedEnvironment(
          this.time,
          (id) => `flow-${id}-${this.time.now()}`,
          this.host.volatile ? sealedStorage(this.time) : this.#storage,
        ),
        ...this.#environment,
      },
    });
    this.desktop.onEvent((event) => this.events.push(event));
    this.desktop.start();
    return this.desktop;
  }

  /** Reloads the page. The browser's storage stays. */
  async reload(): Promise<this> {
    await this.desktop.stop();
    this.open();
    return this.wait();
  }

  /** Lets time pass until every answer has come. */
  async wait(milliseconds = 100): Promise<this> {
    await this.time.advance(milliseconds);
    return this;
  }

  async dial(request: DialRequest): Promise<this> {
    this.host.requestDial(request);
    return this.wait();
  }

  async form(...commands: OutboundCommand[]): Promise<this> {
    for (const command of commands) {
      this.desktop.send({ type: 'outbound', command });
      await this.wait();
    }
    return this;
  }

  get screen() {
    return screenOf(this.desktop.snapshot);
  }

  get details() {
    return detailsView(this.desktop.snapshot.outbound!);
  }

  get missing(): readonly string[] {
    return this.details.form.missing.map(({ code }) => code);
  }

  get session() {
    return this.desktop.snapshot.session!;
  }

  get phase(): string {
    return (this.session.value as { phase: string }).phase;
  }

  get failure() {
    return this.desktop.snapshot.outbound?.context.failure;
  }

  /** Waits until the customer has answered. */
  async connect(): Promise<this> {
    for (let second = 0; second < 60 && this.phase !== 'connected'; second++) await this.wait(1000);
    return this;
  }

  async hangUp(): Promise<this> {
    this.desktop.send({ type: 'endCall' });
    return this.wait(10_000);
  }

  /** The start, handover and end cards on a ticket, with their feet. */
  written(ticketId: string): string[] {
    return this.host
      .comments(ticketId)
      .map(({ body }) => body)
      .filter((body) => /\n(call|chat)_\w+ · .*$/.test(body));
  }

  /** The words of the feet of these cards. */
  feet(ticketId: string): string[] {
    return this.written(ticketId).map((body) => body.split('\n').at(-1)!.split(' · ')[0]!);
  }
}
