import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KeptRecordings, type KeptRecording } from '../../src/desktop/kept-recordings.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import { SimulatedTelephony, allCapabilities } from '../../src/simulator/index.js';
import { MIAS, crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

/** Can also emit events of sessions that this platform does not have. */
class EmittingTelephony extends SimulatedTelephony {
  #listener: (event: PlatformEvent) => void = () => undefined;

  override subscribe(listener: (event: PlatformEvent) => void): () => void {
    this.#listener = listener;
    return super.subscribe(listener);
  }

  inject(event: Record<string, unknown>): void {
    this.#listener({ at: '2026-03-02T09:00:00.000Z', owner: '101', ...event } as unknown as PlatformEvent);
  }
}

const file = (text: string) => new Blob([text], { type: 'audio/webm' });
const message = (text: string) => ({
  ...{ file: file(text), startedAt: '2026-03-02T08:59:00.000Z', durationSeconds: 3, part: 1, parts: 1 },
});
const voicemail = {
  id: 'vm',
  channel: 'ivr-call',
  direction: 'inbound',
  customerNumber: MIAS,
  queue: { id: 'orders', path: ['Orders'] },
  voicemail: true,
};

async function deskWithout(uploads: boolean, calls = {}, capabilities = allCapabilities) {
  const tab = await TestTab.start({
    host: { data: crmData, capabilities: uploads ? ['uploads'] : [] },
    settings: {
      outbound: { promptForTicket: true, allowNewTicket: true, allowNoTicket: true, allowEnteredNumber: true },
      calls,
    },
    telephony: { profile: { capabilities } },
    Platform: EmittingTelephony,
  });
  const platform = tab.telephony as EmittingTelephony;
  const kept = async () =>
    Promise.all(
      ((await tab.desktop.records.recordings?.list()) ?? []).map(async ({ id: _, file: blob, ...rest }) => ({
        ...rest,
        text: await blob.text(),
      })),
    );
  return { tab, platform, kept };
}

/** How often the agent saw that a file could not be kept. */
const reportedFiles = ({ events }: TestTab) =>
  events.filter((event) => event.type === 'error' && /not-kept$/.test(event.code)).length;

describe('files that the CRM does not take', () => {
  it('R5 S14 the panel keeps the message of a voicemail, even if calls are not recorded', async () => {
    const { tab, platform, kept } = await deskWithout(false, { recording: false });
    platform.getSession = async (id) => ({ ...voicemail, id }) as never;
    platform.inject({
      type: 'voicemail.received',
      id: 'v',
      sessionId: 'vm',
      session: voicemail,
      recording: message('hi'),
    });
    await tab.wait(3000);
    assert.deepEqual(await kept(), [
      {
        sessionId: 'vm',
        kind: 'voicemail',
        number: MIAS,
        startedAt: '2026-03-02T08:59:00.000Z',
        durationSeconds: 3,
        part: 1,
        parts: 1,
        text: 'hi',
      },
    ]);
  });

  it('R5 B5 a file is kept at once, even if the platform does not name its customer', async () => {
    const { tab, platform, kept } = await deskWithout(false);
    platform.getSession = (id) => (id === 'vm' ? new Promise(() => {}) : Promise.resolve(undefined));
    platform.inject({
      type: 'voicemail.received',
      id: 'v',
      sessionId: 'vm',
      session: voicemail,
      recording: message('hi'),
    });
    await tab.wait(3000);
    assert.deepEqual(
      (await kept()).map(({ text, number }) => [text, number]),
      [['hi', undefined]],
    );
  });

  it('R5 B5 a file that the browser refuses is reported, and kept when its write is sent again', async (test) => {
    const { tab, platform, kept } = await deskWithout(false);
    const full = test.mock.method(KeptRecordings.prototype, 'keep', () => Promise.reject(new Error('full')));
    platform.getSession = async (id) => ({ ...voicemail, id }) as never;
    tab.host.trouble = { fail: { createTicket: 'offline' } };
    platform.inject({
      ...{ type: 'voicemail.received', id: 'v', sessionId: 'vm', session: voicemail, recording: message('hi') },
    });
    await tab.wait(1000);
    assert.deepEqual([reportedFiles(tab) > 0, await kept()], [true, []]);
    full.mock.restore();
    tab.host.trouble = {};
    await tab.wait(60_000);
    assert.deepEqual(
      (await kept()).map(({ text }) => text),
      ['hi'],
    );
  });

  it('R5 a file without a known number is kept, and nothing is reported', async (test) => {
    const { tab, platform, kept } = await deskWithout(false);
    const { keep } = KeptRecordings.prototype;
    test.mock.method(KeptRecordings.prototype, 'keep', function (this: KeptRecordings, file: KeptRecording) {
      return file.number === undefined ? keep.call(this, file) : Promise.reject(new Error('full'));
    });
    platform.getSession = async (id) => ({ ...voicemail, id }) as never;
    platform.inject({
      ...{ type: 'voicemail.received', id: 'v', sessionId: 'vm', session: voicemail, recording: message('hi') },
    });
    await tab.wait(3000);
    assert.deepEqual([reportedFiles(tab), (await kept()).length], [0, 1]);
  });

  it('R14 the panel keeps the files of a smart action, also several with one name, but no links', async () => {
    const { tab, platform, kept } = await deskWithout(false);
    const id = tab.telephony.incoming({ number: MIAS, answered: true });
    await tab.wait(3000);
    const attachments = [
      { name: 'photo.jpg', type: 'image/jpeg', file: file('one') },
      { name: 'photo.jpg', type: 'image/jpeg', file: file('two') },
      { name: 'plan.pdf', type: 'application/pdf', url: 'https://files.example/plan.pdf' },
    ];
    platform.inject({
      type: 'smart-action.completed',
      id: 'a',
      sessionId: id,
      kind: 'photo',
      results: {},
      attachments,
    });
    await tab.wait(3000);
    const of = { sessionId: id, kind: 'shared', name: 'photo.jpg', startedAt: '2026-03-02T09:00:00.000Z', parts: 1 };
    assert.deepEqual(
      (await kept()).sort((a, b) => a.part - b.part),
      [
        { ...of, part: 1, text: 'one', number: MIAS },
        { ...of, part: 2, text: 'two', number: MIAS },
      ],
    );
  });

  it('R5 a file that the CRM takes is not kept in the browser too', async () => {
    const { tab, platform, kept } = await deskWithout(true);
    platform.inject({
      type: 'voicemail.received',
      id: 'v',
      sessionId: 'vm',
      session: voicemail,
      recording: message('hi'),
    });
    await tab.wait(3000);
    const [ticket] = tab.host.tickets().filter(({ origin }) => origin?.sessionId === 'vm');
    assert.equal(tab.host.comments(ticket!.id).at(-1)!.recording?.file?.size, 2);
    assert.deepEqual(await kept(), []);
  });

  it('S4 R25 the recording of a call without a ticket is not kept, also after a reload', async () => {
    const { tab, platform, kept } = await deskWithout(false, {}, ['record', 'history']);
    await tab.dial({ from: 'adapter', number: MIAS });
    await tab.form({ type: 'chooseContact', value: 'new' }, { type: 'chooseTicket', value: 'none' }, { type: 'call' });
    await tab.wait(20_000);
    const sessionId = tab.session.context.session.id;
    tab.desktop.send({ type: 'endCall' });
    await tab.wait(40_000);
    tab.desktop.stop();
    await tab.wait(1000);
    tab.open();
    await tab.wait(3000);
    platform.inject({ type: 'recording.ready', id: 'r', sessionId, recording: message('late') });
    await tab.wait(60_000);
    assert.deepEqual(await kept(), []);
  });
});
