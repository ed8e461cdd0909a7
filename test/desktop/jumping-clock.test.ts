import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../src/environment/seeded-random.js';
import { howMany, seedOf } from '../support/counts.js';
import { crmData, MIA, MIAS, SHARED } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';
import { recorded } from '../support/recorded.js';

const hour = 3_600_000;
const windowSeconds = 10;
/** In true time, plus the second between two checks of this test. */
const longest = (windowSeconds + 5) * 1000 + 1000;
const counts = { calls: 0, back: 0, ahead: 0, records: 0, longest: 0 };

async function shift(seed: number): Promise<void> {
  const random = seededRandom(seed);
  let wrong = 0;
  const tab = await TestTab.start({
    host: { data: crmData },
    settings: { batching: { comments: true, updates: true, windowSeconds }, tickets: { append: false } },
    environment: (time) => ({ clock: { now: () => time.now() + wrong, steady: time.now } }),
  });
  /** When each record began to wait, in true time. */
  const since = new Map<string, number>();
  const look = () => {
    const now = tab.time.now();
    const there = tab.desktop.records.records.map(({ key }) => key);
    for (const key of there) {
      if (!since.has(key)) counts.records++;
      since.set(key, since.get(key) ?? now);
      const waited = now - since.get(key)!;
      counts.longest = Math.max(counts.longest, waited);
      assert.ok(waited <= longest, `${key} waits for ${waited} ms`);
    }
    for (const key of since.keys()) if (!there.includes(key)) since.delete(key);
  };
  const goOn = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      if (random() < 0.1) {
        const before = wrong;
        wrong = random() < 0.2 ? 0 : Math.round((random() * 2 - 1) * 6 * hour);
        counts[wrong < before ? 'back' : 'ahead']++;
      }
      await tab.wait(1000);
      look();
    }
  };
  const ids: string[] = [];
  for (let call = 0; call < 8; call++) {
    if (call % 4 === 3) {
      await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
      await tab.form({ type: 'call' });
      await goOn(15);
      ids.push(tab.telephony.sessions().findLast(({ direction }) => direction === 'outbound')!.id);
    } else {
      ids.push(tab.telephony.incoming({ number: [MIAS, SHARED, '+14155550999'][call % 3]!, answered: true }));
      await goOn(1 + Math.floor(random() * 30));
    }
    tab.telephony.customData(ids.at(-1)!, { order: '7' });
    tab.telephony.customData(ids.at(-1)!, { colour: 'red' });
    await goOn(Math.floor(random() * 10));
    tab.telephony.hangUp(ids.at(-1)!);
    await goOn(1 + Math.floor(random() * 20));
    tab.desktop.send({ type: 'dismissCall' });
    counts.calls++;
  }
  await goOn(windowSeconds + 6);
  assert.deepEqual(tab.desktop.records.records, []);
  for (const id of ids)
    for (const kind of ['call_started', 'call_finished'])
      assert.equal(recorded(tab.host, kind, id), 1, `${kind} of ${id}`);
}

describe('B5 A9 a clock that jumps both ways', () => {
  const seed = seedOf(1);
  const runs = howMany({ all: 50, long: 5000 });
  it(`B2 B5 nothing is lost or written twice, and no record waits longer than its window and 5 s (seed ${seed})`, async () => {
    for (let run = 0; run < runs; run++)
      await shift(seed * 10_000 + run).catch((error: Error) => {
        throw Object.assign(error, { stack: `Shift ${seed * 10_000 + run}: ${error.stack}` });
      });
    const isExercised =
      counts.calls === runs * 8 && counts.back > runs * 3 && counts.ahead > runs * 3 && counts.records > runs * 16;
    assert.ok(isExercised && counts.longest >= windowSeconds * 500, JSON.stringify(counts));
  });
});
