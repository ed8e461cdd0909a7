import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmHost } from '../../src/crm/crm-host.js';
import { seededRandom } from '../../src/environment/seeded-random.js';
import { MemoryHost } from '../../src/memory/index.js';
import { inMemory, memoryChannels, MemoryLocks, MemoryStore, openSealing } from '../../src/environment/in-memory.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { howMany, seedOf } from '../support/counts.js';
import { crmData } from '../support/crm-data.js';
import { note } from '../support/intents.js';
import { outboxTab } from '../support/outbox-tab.js';

const tickets = ['1', '2', '5', '6'];
const counts = { accepted: 0, ofVolatile: 0, ledByVolatile: 0, closed: 0, settled: 0, offline: 0 };

/** What a tab whose store is lost with it has accepted is in the other's by then. */
const handedOverAfter = 40_000;

async function campaign(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const clock = new SimulatedTime();
  const host = new MemoryHost({ data: crmData, clock, timers: clock });
  const [store, locks, channel] = [new MemoryStore(), new MemoryLocks(), memoryChannels()];
  const times = (key: string) =>
    tickets
      .flatMap((id) => host.comments(id))
      .flatMap(({ body }) => body.split('\n'))
      .filter((line) => line === key).length;
  let opened = 0;
  const untrue: string[] = [];
  const open = (durable: boolean) => {
    const name = `tab ${++opened}`;
    let ids = 0;
    const tab = outboxTab({
      host: host as CrmHost,
      ...{ locks, channel: channel() },
      ...(durable ? { store, crypto: openSealing } : inMemory()),
      environment: { clock, timers: clock, random: () => `${name} ${++ids}` },
      batching: () => ({ comments: true, updates: true, windowSeconds: 10 }),
    });
    tab.outbox.subscribe(({ intent, state }) => {
      if (state !== 'settled') return;
      counts.settled++;
      if (times(intent.key) !== 1)
        untrue.push(`${name} (${durable ? 'store' : 'own'}) says that ${intent.key} is settled`);
    });
    return { ...tab, name, durable, since: -Infinity };
  };
  const keys: string[] = [];
  const accept = async (tab: ReturnType<typeof open>) => {
    const key = `note ${keys.length}`;
    keys.push(key);
    await tab.outbox.enqueue([note(key, { id: pick(tickets) })]);
    counts.accepted++;
    counts.ofVolatile += Number(!tab.durable);
    tab.since = clock.now();
  };
  const tabs: ReturnType<typeof open>[] = [];
  if (random() < 0.7) {
    const alone = open(false);
    tabs.push(alone);
    await clock.advance(1000);
    if (random() < 0.5) host.trouble = { fail: { writeTickets: 'offline' } };
    for (let count = random() * 4; count > 0; count--) await accept(alone);
    await clock.advance(random() * 20_000);
    counts.ledByVolatile += Number(alone.outbox.leads);
  }
  // From now on one tab with the store of all lives all the time.
  tabs.push(open(true));
  await clock.advance(random() < 0.5 ? 0 : 1000);
  for (let step = 0; step < 60; step++) {
    const tab = pick(tabs);
    const act = random();
    if (act < 0.4) {
      await accept(tab);
    } else if (act < 0.5 && tabs.length < 4) tabs.push(open(random() < 0.4));
    else if (act < 0.65) {
      const isHandedOver = tab.durable || clock.now() - tab.since > handedOverAfter;
      const isLast = tab.durable && tabs.filter(({ durable }) => durable).length === 1;
      if (isHandedOver && !isLast) {
        tab.stop();
        tabs.splice(tabs.indexOf(tab), 1);
        counts.closed++;
      }
    } else if (act < 0.75) {
      host.trouble = random() < 0.5 ? { fail: { writeTickets: pick(['offline', 'timeout', 'late'] as const) } } : {};
      counts.offline++;
    } else await clock.advance(random() < 0.3 ? 0 : random() * 30_000);
  }
  host.trouble = {};
  await clock.advance(5 * 60_000);
  assert.deepEqual(
    keys.filter((key) => times(key) !== 1).map((key) => `${key}: ${times(key)} times`),
    [],
  );
  assert.deepEqual(untrue, []);
  // What every tab shows.
  const waiting = tabs.flatMap(({ name, durable, outbox }) =>
    outbox.entries
      .filter(({ state }) => state !== 'settled')
      .map(
        ({ intent, state }) =>
          `${name} (${durable ? 'store' : 'own'}${outbox.leads ? ', leads' : ''}): ${intent.key} ${state}`,
      ),
  );
  assert.deepEqual(waiting, []);
  for (const tab of tabs) tab.stop();
}

describe('A9 B5 tabs, some of which have no durable store', () => {
  const seed = seedOf(1);
  const runs = howMany({ all: 400, long: 20_000 });
  it(`A9 B5 nothing is lost while a tab with the shared store lives, nothing is written twice, and settled rows are written (seed ${seed})`, async () => {
    for (let run = 0; run < runs; run++)
      await campaign(seed * 100_000 + run).catch((error: Error) => {
        throw Object.assign(error, { stack: `Campaign ${seed * 100_000 + run}: ${error.stack}` });
      });
    const { accepted, ofVolatile, ledByVolatile, closed, settled, offline } = counts;
    const isExercised =
      accepted > runs * 15 && ofVolatile > runs * 2 && ledByVolatile > runs / 2 && closed > runs && offline > runs;
    assert.ok(isExercised && settled > accepted, JSON.stringify(counts));
  });
});
