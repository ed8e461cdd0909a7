import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../src/environment/seeded-random.js';
import { howMany, seedOf } from '../support/counts.js';
import { crmData, MIA, MIAS, SHARED } from '../support/crm-data.js';
import { IllHost } from '../support/arbitrary-answers.js';
import { Desk } from '../support/desk.js';
import { recorded } from '../support/recorded.js';

const counts = { calls: 0, wrong: new Map<string, number>(), waited: 0 };

async function callIn(desk: Desk, number: string, random: () => number): Promise<string> {
  const id = desk.telephony.incoming({ number, answered: true });
  await desk.wait(1000 + random() * 20_000);
  desk.telephony.customData(id, { order: '7' });
  await desk.wait(random() * 20_000);
  if (desk.telephony.sessions().some((one) => one.id === id && one.phase !== 'ended')) desk.telephony.hangUp(id);
  await desk.wait(1000 + random() * 20_000);
  counts.calls++;
  return id;
}

async function callOut(desk: Desk): Promise<string | undefined> {
  await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
  await desk.form({ type: 'call' });
  await desk.wait(40_000);
  const call = desk.telephony.sessions().findLast(({ direction }) => direction === 'outbound');
  if (call && call.phase !== 'ended') desk.telephony.hangUp(call.id);
  await desk.wait(5000);
  desk.desktop.send({ type: 'dismissCall' });
  await desk.form({ type: 'cancel' });
  return call?.id;
}

async function campaign(seed: number): Promise<void> {
  const random = seededRandom(seed);
  let ill!: IllHost;
  const desk = await Desk.start({ host: { data: crmData }, wrap: (host) => (ill = new IllHost(host, random)).host });
  const numbers = [MIAS, SHARED, '+14155550999'];
  const ids: string[] = [];
  ill.illness = 0.2 + random() * 0.8;
  for (let call = 0; call < 6; call++) {
    if (random() < 0.3) await callOut(desk);
    ids.push(await callIn(desk, numbers[Math.floor(random() * 3)]!, random));
    if (random() < 0.2) desk.desktop.send({ type: 'retryRecords' });
  }
  counts.waited += desk.desktop.records.records.length;
  for (const [key, count] of ill.met) counts.wrong.set(key, (counts.wrong.get(key) ?? 0) + count);
  ill.illness = 0;
  // The longest wait for a CRM that has sent a Retry-After.
  await desk.wait(16 * 60_000);
  const states = () =>
    desk.desktop.records.records.map(({ what, state, failure }) => `${what} ${state} ${failure?.code}`);
  assert.deepEqual(
    states().filter((one) => !/ (failed|signed-out) /.test(one)),
    [],
    'what waits has a way out',
  );
  desk.desktop.send({ type: 'retryRecords' });
  await desk.wait(3 * 60_000);
  assert.deepEqual(states(), [], 'all that waited is written');
  for (const id of ids)
    for (const kind of ['call_started', 'call_finished'])
      assert.equal(recorded(desk.host, kind, id), 1, `${kind} of ${id}`);

  // The panel works, and the next calls are recorded.
  const out = await callOut(desk);
  assert.ok(out !== undefined, 'a call can be placed');
  const last = await callIn(desk, MIAS, random);
  await desk.wait(60_000);
  for (const id of [out, last])
    for (const kind of ['call_started', 'call_finished'])
      assert.equal(recorded(desk.host, kind, id), 1, `${kind} of ${id}`);
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
