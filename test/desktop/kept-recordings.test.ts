import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KeptRecordings, recordingsKeptFor } from '../../src/desktop/kept-recordings.js';
import { inMemory } from '../../src/environment/in-memory.js';
import { SimulatedTelephony } from '../../src/simulator/index.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { MIAS, crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';
import { recordFiles } from '../support/recorded-files.js';

class FilePlatform extends SimulatedTelephony {
  constructor(options?: ConstructorParameters<typeof SimulatedTelephony>[0]) {
    super(options);
    recordFiles(this, 1000);
  }
}

async function afterCall(capabilities: readonly 'uploads'[], ticket: 'new' | 'none' = 'new', recording = true) {
  const tab = await TestTab.start({
    host: { data: crmData, capabilities },
    settings: {
      outbound: { promptForTicket: true, allowNewTicket: true, allowNoTicket: true, allowEnteredNumber: true },
      calls: { recording },
    },
    telephony: { profile: { capabilities: ['record'] } },
    Platform: FilePlatform,
  });
  await tab.dial({ from: 'adapter', number: MIAS });
  await tab.form({ type: 'chooseContact', value: 'new' }, { type: 'chooseTicket', value: ticket }, { type: 'call' });
  await tab.wait(20_000);
  tab.desktop.send({ type: 'endCall' });
  await tab.wait(30_000);
  return tab;
}

describe('recordings that come as files', () => {
  it('R11 the panel keeps a recording that the CRM does not take, until it is removed', async () => {
    const { desktop, time } = await afterCall([]);
    const [kept, ...more] = await desktop.records.recordings!.list();
    assert.deepEqual([kept?.number, kept?.part, kept?.parts, kept?.file.size], [MIAS, 1, 1, 1000]);
    assert.deepEqual(more, []);
    await desktop.records.recordings!.remove(kept!.id);
    assert.deepEqual(await desktop.records.recordings!.list(), []);
    await time.advance(0);
  });

  it('R11 a recording that the CRM takes is not kept in the browser too', async () =>
    assert.equal((await afterCall(['uploads'])).desktop.records.recordings, undefined));

  it('S4 R25 no recording of a call without a ticket is kept', async () =>
    assert.deepEqual(await (await afterCall([], 'none')).desktop.records.recordings!.list(), []));

  it('S14 no recording is kept if calls are not recorded', async () =>
    assert.deepEqual(await (await afterCall([], 'new', false)).desktop.records.recordings!.list(), []));

  it('R11 B5 are in another tab and after a reload, once, sealed, and gone after seven days', async () => {
    const [storage, clock] = [inMemory(), new SimulatedTime()];
    const recording = {
      sessionId: 's',
      number: MIAS,
      startedAt: new Date(clock.now()).toISOString(),
      durationSeconds: 9,
    };
    const part = (of: number) => ({
      ...recording,
      part: of,
      parts: 2,
      file: new Blob(['abc'], { type: 'audio/webm' }),
    });
    const one = new KeptRecordings(storage, clock);
    for (const each of [part(1), part(2), part(1)]) await one.keep(each);
    const other = new KeptRecordings(storage, clock);
    assert.deepEqual((await other.list()).map((each) => each.part).sort(), [1, 2]);
    assert.equal(await (await other.list())[0]!.file.text(), 'abc');
    await clock.advance(recordingsKeptFor + 1);
    assert.deepEqual(await other.list(), []);
    assert.deepEqual(await storage.store.all('recordings'), []);
  });

  it('R11 B5 the store says whether it is durable, and how many files this page has kept', async () => {
    const time = new SimulatedTime();
    const kept = new KeptRecordings(inMemory(), time);
    const recording = (sessionId: string) => ({ sessionId, startedAt: '', part: 1, parts: 1, file: new Blob(['a']) });
    for (const sessionId of ['s', 's', 't', 'u']) await kept.keep(recording(sessionId));
    assert.deepEqual([kept.durable, kept.count], [false, 3]);
    await kept.remove((await kept.list())[0]!.id);
    assert.equal(kept.count, 2);
    await time.advance(recordingsKeptFor + 1);
    await kept.list();
    assert.equal(kept.count, 0);
  });

  it('R11 a value that is no file does not keep the files from being listed', async () => {
    const kept = new KeptRecordings(inMemory(), new SimulatedTime());
    const part = (of: number, file: unknown) =>
      kept.keep({ sessionId: 's', startedAt: '', part: of, parts: 3, file: file as Blob });
    await part(1, { size: 3 });
    await part(2, new Blob(['abc']));
    await part(3, 'abc');
    assert.deepEqual(
      (await kept.list()).map((each) => each.part),
      [2],
    );
  });
});
