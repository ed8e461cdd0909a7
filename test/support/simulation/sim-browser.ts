import { MemoryLocks } from '../../../src/environment/in-memory.js';
import { simChannels, type SimStore } from './sim-store.js';
import { SimTab, type TabParts } from './sim-tab.js';
import type { SimContext } from './sim-context.js';

/** A browser on the agent's machine: its tabs, and the store, locks and channel that they share. */
export class SimBrowser {
  readonly store: SimStore;
  readonly locks = new MemoryLocks();
  tabs: SimTab[] = [];
  readonly #channel = simChannels();
  readonly #context: SimContext;
  readonly #parts: Pick<TabParts, 'send' | 'platform'> & Partial<TabParts>;
  #opened = 0;

  constructor(context: SimContext, store: SimStore, parts: Pick<TabParts, 'send' | 'platform'> & Partial<TabParts>) {
    this.#context = context;
    this.store = store;
    this.#parts = parts;
  }

  open(parts: Partial<TabParts> = {}): SimTab {
    const { clock, time } = this.#context;
    const tab = new SimTab({
      ...{ name: `tab ${++this.#opened}`, clock, steady: time, timers: time },
      ...{ store: this.store, locks: this.locks, channel: this.#channel(), ...this.#parts, ...parts },
    });
    this.tabs.push(tab);
    return tab;
  }

  /** Crashes one tab. */
  crash(tab: SimTab): void {
    this.tabs = this.tabs.filter((one) => one !== tab);
    tab.crash();
  }

  /** Crashes all tabs. */
  crashAll(): void {
    for (const tab of [...this.tabs]) this.crash(tab);
  }

  get leader(): SimTab | undefined {
    return this.tabs.find(({ outbox }) => outbox.leads);
  }
}
