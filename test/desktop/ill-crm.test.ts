import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../src/environment/seeded-random.js';
import { howMany, seedOf } from '../support/counts.js';
import { crmData, MIA, MIAS, SHARED } from '../support/crm-data.js';
import { IllHost } from '../support/arbitrary-answers.js';
import { TestTab } from '../support/test-tab.js';
import { recorded } from '../support/recorded.js';

const counts = { calls: 0, wrong: new Map<string, number>(), waited: 0 };

async function callIn(tab: TestTab, number: string, random: () => number): Promise<string> {
  const id = tab.telephony.incoming({ number, answered: true });
  await tab.wait(1000 + random() * 20_000);
  tab.telephony.customData(id, { order: '7' });
  await tab.wait(random() * 20_000);
  if (tab.telephony.sessions().some((one) => one.id === id && one.phase !== 'ended')) tab.telephony.hangUp(id);
  await tab.wait(1000 + random() * 20_000);
  counts.calls++;
  return id;
}

async function callOut(tab: TestTab): Promise<string | undefined> {
  await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
  await tab.form({ type: 'call' });
  await tab.wait(40_000);
  const call = tab.telephony.sessions().findLast(({ direction }) => direction === 'outbound');
  if (call && call.phase !== 'ended') tab.telephony.hangUp(call.id);
  await tab.wait(5000);
  tab.desktop.send({ type: 'dismissCall' });
  await tab.form({ type: 'cancel' });
  return call?.id;
}

async function campaign(seed: number): Promise<void> {
  const random = seededRandom(seed);
  let ill!: IllHost;
  const tab = await TestTab.start({ host: { data: crmData }, wrap: (host) => (ill = new IllHost(host, random)).host });
  const numbers = [MIAS, SHARED, '+14155550999'];
  const ids: string[] = [];
  ill.illness = 0.2 + random() * 0.8;
  for (let call = 0; call < 6; call++) {
    if (random() < 0.3) await callOut(tab);
    ids.push(await callIn(tab, numbers[Math.floor(random() * 3)]!, random));
    if (random() < 0.2) tab.desktop.send({ type: 'retryRecords' });
  }
  counts.waited += tab.desktop.records.records.length;
  for (const [key, count] of ill.met) counts.wrong.set(key, (counts.wrong.get(key) ?? 0) + count);
  ill.illness = 0;
  // The longest wait for a CRM that has sent a Retry-After.
  await tab.wait(16 * 60_000);
  const states = () =>
    tab.desktop.records.records.map(({ what, state, failure }) => `${what} ${state} ${failure?.code}`);
  assert.deepEqual(
    states().filter((one) => !/ (failed|signed-out) /.test(one)),
    [],
    'what waits has a way out',
  );
  tab.desktop.send({ type: 'retryRecords' });
  await tab.wait(3 * 60_000);
  assert.deepEqual(states(), [], 'all that waited is written');
  for (const id of ids)
    for (const kind of ['call_started', 'call_finished'])
      assert.equal(recorded(tab.host, kind, id), 1, `${kind} of ${id}`);

  // The panel works, and the next calls are recorded.
  const out = await callOut(tab);
  assert.ok(out !== undefined, 'a call can be placed');
  const last = await callIn(tab, MIAS, random);
  await tab.wait(60_000);
  for (const id of [out, last])
    for (const kind of ['call_started', 'call_finished'])
      assert.equal(recorded(tab.host, kind, id), 1, `${kind} of ${id}`);
  assert.deepEqual(states(), []);
}

describe('Q8 B5 a CRM that gives random answers', () => {
  const seed = seedOf(1);
  const runs = howMany({ all: 60, long: 5000, least: 8 });
  it(`B5 Q8 after it recovers, the panel works, each call is recorded once, and no record is still being sent (seed ${seed})`, async () => {
    for (let run = 0; run < runs; run++)
      await campaign(seed * 10_000 + run).catch((error: Error) => {
        throw Object.assign(error, { stack: `Campaign ${seed * 10_000 + run}: ${error.stack}` });
      });
  });

  it('Q11 every method of the CRM has given wrong answers', () => {
    assert.equal(counts.calls >= runs * 6, true);
    assert.ok(counts.waited > 0, 'something waited for the CRM');
    for (const call of ['findContacts', 'findTickets', 'getTicket', 'createTicket', 'writeTickets'])
      assert.ok((counts.wrong.get(call) ?? 0) > runs, `${call}: ${JSON.stringify([...counts.wrong])}`);
    for (const call of ['getContact', 'createContact', 'openTicket'])
      assert.ok((counts.wrong.get(call) ?? 0) > 0, `${call}: ${JSON.stringify([...counts.wrong])}`);
  });
});
