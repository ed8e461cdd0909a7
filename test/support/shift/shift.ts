import { createDesktop, type AgentDesktop } from '../../../src/desktop/agent-desktop.js';
import { loadPhoneNumbers } from '../../../src/domain/phone-loader.js';
import type { SettingsInput } from '../../../src/domain/settings.js';
import { screenOf } from '../../../src/machine/agent/screen-view.js';
import { MemoryHost } from '../../../src/memory/index.js';
import { MemoryStore, openSealing } from '../../../src/environment/in-memory.js';
import { allCapabilities } from '../../../src/simulator/index.js';
import { SimulatedTime } from '../../../src/testing/simulated-time.js';
import { simulatedEnvironment } from '../sealed-storage.js';
import { Chance } from './chance.js';
import { Notes } from './notes.js';
import { offered } from './offered.js';
import { sensible } from './sensible-agent.js';
import { ShiftPlatform } from './shift-platform.js';
import { Surroundings } from './surroundings.js';
import { Watcher } from './watcher.js';

const hours = 8;
const hour = 3_600_000;
/** The most presses until the agent is Available: with one session, and for each further session. */
const mostPresses = { one: 8, more: 2 };
/** Milliseconds in which everything ends: late events, a colleague's call, a wrap-up that nobody saves. */
const settlesIn = 240_000;
/** `pause`: the most milliseconds between two steps. Without a call, a shift is mostly waiting. */
const idle = { calm: true, pause: 300_000 };
const busy = { calm: false, pause: 30_000 };

export interface Shift {
  violations: readonly string[];
  /** The number of presses on each control, and other counts. */
  counts: Readonly<Record<string, number>>;
}

const settingsOf = (chance: Chance): SettingsInput => ({
  outbound: { promptForTicket: chance.hits(0.3) },
  batching: { comments: chance.hits(0.5), updates: chance.hits(0.5), windowSeconds: 10 },
  calls: {
    autoAnswer: chance.hits(0.2),
    maxChats: 2,
    wrapUpSeconds: chance.hits(0.2) ? { inbound: 0, outbound: 0 } : { inbound: 30, outbound: 30 },
    notesRequired: chance.hits(0.2),
    ...(chance.hits(0.4)
      ? {
          dispositions: [
            { code: 'help', label: 'Helped' },
            { code: 'sale', label: 'Sold' },
          ],
          dispositionsRequired: chance.hits(0.3),
        }
      : {}),
  },
});

/** Simulates an agent's eight hours at the panel. The agent presses random controls, and requests fail at times. */
export async function workShift(seed: number, log: (line: string) => void = () => {}): Promise<Shift> {
  await loadPhoneNumbers();
  const work = new AtPanel(seed, log);
  await work.begin();
  for (let count = 1; count <= hours && work.watcher.violations.length === 0; count++) {
    await work.hour();
    await work.getFree();
  }
  await work.end();
  return { violations: work.watcher.violations, counts: work.counts };
}

class AtPanel {
  readonly time = new SimulatedTime();
  readonly chance: Chance;
  readonly host: MemoryHost;
  readonly platform: ShiftPlatform;
  readonly desktop: AgentDesktop;
  readonly notes = new Notes();
  readonly watcher: Watcher;
  readonly counts: Record<string, number> = {};
  readonly #around: Surroundings;
  readonly #log: (line: string) => void;

  constructor(seed: number, log: (line: string) => void) {
    const chance = (this.chance = new Chance(seed));
    this.#log = log;
    const clocks = { clock: this.time, timers: this.time };
    this.host = new MemoryHost({ ...clocks, seed, settings: settingsOf(chance) });
    this.platform = new ShiftPlatform({ ...clocks, seed, profile: { capabilities: allCapabilities } }, chance);
    const storage = { store: new MemoryStore(), crypto: openSealing };
    this.desktop = createDesktop({
      host: this.host,
      telephony: this.platform,
      environment: simulatedEnvironment(this.time, (id) => `shift-${seed}-${id}`, storage),
    });
    this.watcher = new Watcher(this.desktop, this.platform, this.time.now);
    this.#around = new Surroundings(chance, this.platform, this.host, chance.pick([0, 0.2, 0.5, 1]));
  }

  async begin(): Promise<void> {
    this.desktop.start();
    // Opens screens, so that all files are loaded before the first customer calls.
    await this.#until(() => this.desktop.list('history') !== undefined);
    this.desktop.dial({ from: 'adapter' });
    await this.#until(() => screenOf(this.desktop.snapshot) === 'number-entry');
    this.desktop.send({ type: 'outbound', command: { type: 'cancel' } });
    this.desktop.send({ type: 'setStatus', status: 'available' });
    await this.time.advance(1000);
  }

  /** Simulates an hour, in steps of some seconds. */
  async hour(): Promise<void> {
    const { chance, time, watcher } = this;
    const end = time.now() + hour;
    this.#around.begin();
    while (time.now() < end && watcher.violations.length === 0) {
      const { calm, pause } = screenOf(this.desktop.snapshot) === 'main' ? idle : busy;
      if (chance.hits(calm ? 0.2 : 0.03)) this.#around.customer();
      if (chance.hits(0.04)) this.#around.conduct();
      if (chance.hits(0.03)) this.#around.trouble();
      const offer = chance.hits(0.6) ? chance.weighed(offered(this)) : undefined;
      if (offer) this.#press(offer);
      await time.advance(chance.between(200, pause));
      watcher.look();
    }
    this.#around.end();
  }

  /** Nobody calls, and nothing fails. The agent must be Available after a few presses. */
  async getFree(): Promise<void> {
    const { time, watcher } = this;
    if (watcher.violations.length > 0) return;
    await time.advance(settlesIn / 2);
    const { sessions } = this.desktop.snapshot.agent.context.leader;
    const most = mostPresses.one + mostPresses.more * Math.max(0, Object.keys(sessions).length - 1);
    const way: string[] = [];
    for (let offer = sensible(this); offer && way.length < most; offer = sensible(this)) {
      way.push(offer.name);
      this.#press(offer);
      await time.advance(5000);
    }
    watcher.look();
    const { snapshot } = this.desktop;
    const at = `${screenOf(snapshot)}, ${snapshot.agent.context.leader.status}`;
    if (at !== 'main, available') watcher.report(`after ${way.join(', ') || 'nothing'} the panel is at ${at}`);
    if (this.platform.status !== snapshot.agent.context.leader.status)
      watcher.report(`the platform says ${this.platform.status}, the panel ${snapshot.agent.context.leader.status}`);
    const there = [...this.platform.at('agent'), ...this.platform.at('wrap-up')].sort();
    const shown = Object.keys(snapshot.agent.context.leader.calls).sort();
    if (there.join() !== shown.join()) watcher.report(`the platform has ${there.join()}, the panel ${shown.join()}`);
  }

  /** Ends the shift. The agent's notes must be in the CRM, and no timer or listener may be left. */
  async end(): Promise<void> {
    const { time, watcher, host, desktop, platform } = this;
    if (watcher.violations.length > 0) return void (await desktop.stop());
    await host.signIn();
    const agentId = (await host.getAgent()).id;
    desktop.send({ type: 'retryRecords' });
    await time.advance(settlesIn);
    const texts = host.tickets().flatMap(({ id }) => host.comments(id).map(({ body }) => body));
    const hasTicket = (id: string) => {
      const session = platform.sessions().find((one) => one.id === id);
      // R30: the notes of a session that a colleague has by now are not checked.
      const isAnothers = session?.agentId !== undefined && session.agentId !== agentId;
      return session?.blocked !== true && session?.association?.ticket !== 'none' && !isAnothers;
    };
    for (const word of this.notes.missingIn(texts, hasTicket)) watcher.report(`the note ${word} is not in the CRM`);
    for (const { what, state } of desktop.records.records) watcher.report(`a ${what} is ${state} for good`);
    this.#count('words noted', this.notes.count);
    this.#count('sessions', platform.sessions().length);
    await desktop.stop();
    await time.advance(1000);
    if (time.pending > 0) watcher.report(`${time.pending} timers are left`);
    if (platform.listeners > 0) watcher.report(`${platform.listeners} listeners are left`);
  }

  async #until(isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < 5000 && !isSo(); turn++) await this.time.advance(1);
  }

  #press(offer: ReturnType<typeof offered>[number]): void {
    this.#count(offer.name);
    const { snapshot } = this.desktop;
    this.#log(`${new Date(this.time.now()).toISOString().slice(11, 19)} ${screenOf(snapshot)}: ${offer.name}`);
    this.watcher.press(offer);
  }

  #count(what: string, times = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + times;
  }
}
