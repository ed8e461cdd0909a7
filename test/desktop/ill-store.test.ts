import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../src/environment/seeded-random.js';
import { howMany, seedOf } from '../support/counts.js';
import { crmData, MIA, MIAS, SHARED } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';
import { IllStore } from '../support/ill-store.js';
import { recorded } from '../support/recorded.js';
import { sealedStorage } from '../support/sealed-storage.js';
import { lasting } from '../support/lasting.js';

const counts = { calls: 0, refused: 0, offline: 0, reloads: 0 };

async function campaign(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const store = new IllStore(random);
  const tab = await TestTab.start({
    host: { data: crmData },
    // Its rows outlive the page, as those of a CRM do.
    wrap: lasting,
    environment: (time) => {
      const storage = sealedStorage(time, store);
      return { storage: () => Promise.resolve(storage) };
    },
  });
  const ids: string[] = [];
  store.doneAllTheSame = random() < 0.5 ? 0 : random();
  for (let call = 0; call < 6; call++) {
    store.illness = random() < 0.3 ? 0 : random();
    if (random() < 0.2) {
      tab.host.trouble = { fail: { writeTickets: 'offline', createTicket: 'offline' } };
      counts.offline++;
    } else tab.host.trouble = {};
    if (random() < 0.3) {
      await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
      await tab.form({ type: 'call' });
      await tab.wait(20_000);
      const out = tab.telephony
        .sessions()
        .findLast(({ direction, phase }) => direction === 'outbound' && phase === 'connected');
      if (out) ids.push(out.id);
      else await tab.form({ type: 'cancel' });
      if (out) tab.telephony.hangUp(out.id);
    } else {
      const id = tab.telephony.incoming({ number: [MIAS, SHARED, '+14155550999'][call % 3]!, answered: true });
      await tab.wait(1000 + random() * 20_000);
      tab.telephony.customData(id, { order: '7' });
      await tab.wait(random() * 10_000);
      tab.telephony.hangUp(id);
      ids.push(id);
    }
    await tab.wait(1000 + random() * 60_000);
    tab.desktop.send({ type: 'dismissCall' });
    counts.calls++;
    // A new page begins while the store works.
    if (random() < 0.2) {
      store.illness = 0;
      await tab.wait(120_000);
      await tab.reload();
      await tab.wait(5000);
      counts.reloads++;
    }
  }
  counts.refused += store.refused;
  store.illness = 0;
  tab.host.trouble = {};
  await tab.wait(3 * 60_000);
  const states = () => tab.desktop.records.records.map(({ key, state, failure }) => `${key} ${state} ${failure?.code}`);
  assert.deepEqual(states(), [], 'all that waited is written');
  for (const id of ids)
    for (const kind of ['call_started', 'call_finished'])
      assert.equal(recorded(tab.host, kind, id), 1, `${kind} of ${id}`);
  // Nothing waits for a new page.
  await tab.reload();
  await tab.wait(60_000);
  for (const id of ids)
    assert.equal(recorded(tab.host, 'call_finished', id), 1, `call_finished of ${id}, after a reload`);
  assert.deepEqual(states(), []);
}

describe('B5 A9 a store that closes and refuses at random', () => {
  const seed = seedOf(1);
  const runs = howMany({ all: 60, long: 5000, least: 6 });
  it(`B5 after it recovers, each call is recorded once, and nothing waits (seed ${seed})`, async () => {
    for (let run = 0; run < runs; run++)
      await campaign(seed * 10_000 + run).catch((error: Error) => {
        throw Object.assign(error, { stack: `Campaign ${seed * 10_000 + run}: ${error.stack}` });
      });
    const isExercised =
      counts.calls === runs * 6 && counts.refused > runs * 10 && counts.offline > 0 && counts.reloads > 0;
    assert.ok(isExercised, JSON.stringify(counts));
  });
});
