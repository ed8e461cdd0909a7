import { createDesktop, type AgentDesktop } from '../../src/desktop/agent-desktop.js';
import { loadPhoneNumbers } from '../../src/domain/phone-loader.js';
import { screenOf } from '../../src/machine/agent/screen-view.js';
import { MemoryHost } from '../../src/memory/index.js';
import { memoryChannels, MemoryLocks } from '../../src/environment/in-memory.js';
import type { OutboundCommand } from '../../src/machine/outbound/outbound-setup.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { crmData, MIA, MIAS } from './crm-data.js';
import { withFewest } from './fewest.js';
import { sealedStorage, simulatedEnvironment } from './sealed-storage.js';
import { FarPlatform } from './two-wishes.js';
import { lasting } from './lasting.js';

/** Two tabs of one agent on a platform with slow answers, with one storage and one set of locks. */
export class TwoTabs {
  readonly time = new SimulatedTime();
  readonly platform: FarPlatform;
  readonly #host: MemoryHost;
  readonly #locks = new MemoryLocks();
  readonly #channel = memoryChannels();
  readonly #storage = sealedStorage(this.time);
  readonly #desktops: AgentDesktop[] = [];
  #pages = 0;

  private constructor() {
    const clocks = { clock: this.time, timers: this.time };
    const settings = { outbound: { promptForTicket: true, allowNewTicket: true }, calls: { recording: false } };
    this.#host = lasting(new MemoryHost({ ...clocks, data: crmData, settings }));
    this.platform = new FarPlatform({ ...clocks, ...withFewest() });
    this.platform.defaultOutcome = { outcome: 'answered', ringSeconds: 5 };
  }

  static async open(): Promise<TwoTabs> {
    await loadPhoneNumbers();
    const tabs = new TwoTabs();
    for (const tab of [0, 1]) await tabs.#openTab(tab);
    return tabs;
  }

  get leading(): AgentDesktop | undefined {
    return this.#desktops.find(({ leads }) => leads);
  }

  screen(tab: number): string {
    return screenOf(this.#desktops[tab]!.snapshot);
  }

  async reload(tab: number): Promise<void> {
    void this.#desktops[tab]!.stop();
    await this.#openTab(tab);
  }

  /** The commands of a person who calls Mia. */
  async press(tab: number, ...commands: OutboundCommand[]): Promise<void> {
    for (const command of commands) {
      this.#desktops[tab]!.send({ type: 'outbound', command });
      await this.time.advance(50);
    }
  }

  async openForm(tab: number): Promise<void> {
    this.#desktops[tab]!.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await this.time.advance(100);
    this.#desktops[tab]!.send({ type: 'replaceRequest' });
    await this.time.advance(100);
  }

  endCall(tab: number): void {
    this.#desktops[tab]!.send({ type: 'endCall' });
  }

  async #openTab(tab: number): Promise<void> {
    const page = ++this.#pages;
    const environment = {
      ...simulatedEnvironment(this.time, (id) => `page ${page} ${id}`, this.#storage),
      tabs: () => ({ locks: this.#locks, channel: this.#channel() }),
    };
    this.#desktops[tab] = createDesktop({ host: this.#host, telephony: this.platform, environment });
    this.#desktops[tab].start();
    await this.time.advance(500);
  }
}
