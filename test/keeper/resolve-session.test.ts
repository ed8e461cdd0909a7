import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { crmData, MIA, MIAS } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';
import { sealedStorage } from '../support/sealed-storage.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { FakePlatform, KeeperDesk, SpyJournal } from '../support/keeper-desk.js';

const call = (id: string, more: Partial<Session> = {}): Session => ({
  id,
  channel: 'ivr-call',
  direction: 'inbound',
  customerNumber: MIAS,
  platformNumber: '+18005550100',
  queue: { id: 'orders', path: ['Shop', 'Orders'] },
  ...more,
});
const onTicket = (id: string) => call(id, { record: { contactId: MIA, ticketId: '1' } });
const rating = { type: 'rating.received' as const, score: 5 };
const hiddenCall = (id: string) =>
  call(id, {
    channel: 'outbound-call',
    direction: 'outbound',
    association: { contact: { id: MIA }, ticket: 'none', enteredNumber: false },
    record: { ticketId: 'none' },
  });

/** A desktop at a platform that cannot be asked, on a journal that outlives it. */
async function unanswered() {
  const given = { journal: new SpyJournal(), platform: new FakePlatform() };
  const desk = await KeeperDesk.start(given);
  given.platform.fails = true;
  const reload = () => {
    desk.keeper.stop();
    return KeeperDesk.start({ ...given, host: desk.host, time: desk.time });
  };
  return { desk, reload, ...given };
}

const day = 24 * 3600 * 1000;
const recording = {
  url: 'https://files.example/1',
  startedAt: '2026-03-02T09:00:00.000Z',
  durationSeconds: 5,
  part: 1,
  parts: 1,
};

/** The same, beside a sealed store that outlives the desktop. */
async function remembering() {
  const time = new SimulatedTime();
  const given = { time, journal: new SpyJournal(), platform: new FakePlatform(), storage: sealedStorage(time) };
  given.platform.fails = true;
  const desk = await KeeperDesk.start(given);
  const reload = () => {
    desk.keeper.stop();
    return KeeperDesk.start({ ...given, host: desk.host });
  };
  return { desk, reload, ...given, rows: async () => (await given.storage.store.all('silent')).length };
}

describe('RecordKeeper: events of an unknown session', () => {
  it('R17 B5 a rating that comes while the platform cannot be reached survives a reload, and is written once', async () => {
    const { desk, platform, journal, reload } = await unanswered();
    platform.set(onTicket('old'), 'ended');
    await desk.hear(call('old'), rating);
    const after = await reload();
    await after.wait(60_000);
    assert.deepEqual(after.written('1'), []);
    platform.fails = false;
    await after.wait(120_000);
    assert.deepEqual(after.written('1'), ['rating_received']);
    assert.equal(journal.kept.size, 0);
    assert.deepEqual([...desk.problems, ...after.problems], []);
  });

  it('R17 B5 a rating survives a reload too if the CRM cannot be asked for its ticket', async () => {
    const { desk, platform, reload } = await unanswered();
    platform.fails = false;
    desk.host.signOut();
    await desk.hear({ id: 'earlier' }, rating);
    const after = await reload();
    await desk.host.signIn();
    await after.wait(120_000);
    assert.deepEqual(after.written('2'), ['rating_received']);
    assert.match(after.host.comments('2')[0]!.body, /Rated 5 of 5/);
  });

  it('R19 an API response during routing survives a reload before the call is assigned', async () => {
    const { desk, platform, reload } = await unanswered();
    platform.fails = false;
    platform.set(call('a'));
    await desk.hear(call('a'), { type: 'api.responded', name: 'Orders', data: { open: 2 }, id: 'x1' });
    await desk.wait(2000);
    const after = await reload();
    after.settings.tickets.apiResponses = 'pairs';
    await after.assigned(call('a'));
    assert.deepEqual(after.written('2'), ['call_started', 'api_response']);
    assert.match(after.host.comments('2')[1]!.body, /API response: Orders\nopen: 2\n/);
  });

  it('S4 R25 an event of a call without a ticket is removed once the platform has described the call', async () => {
    const { desk, platform, journal } = await unanswered();
    platform.set(hiddenCall('o'), 'ended');
    await desk.hear(call('o'), rating);
    assert.deepEqual([...journal.kept.keys()], ['o'], 'nobody knows yet');
    platform.fails = false;
    await desk.wait(120_000);
    assert.equal(journal.kept.size, 0);
    platform.fails = true;
    journal.log.length = 0;
    await desk.hear(call('o'), rating);
    await desk.wait(120_000);
    assert.deepEqual(journal.log, [], 'this page knows it by now');
    assert.deepEqual([desk.keeper.waiting, desk.outbox.entries.length, desk.problems.length], [0, 0, 0]);
  });

  it('S4 R25 the platform is asked first: events of sessions that are without a ticket or unknown are never stored', async () => {
    const { desk, platform, journal } = await unanswered();
    platform.fails = false;
    platform.set(hiddenCall('o'), 'ended');
    await desk.hear(call('o'), rating);
    await desk.hear(call('forgotten'), rating);
    await desk.wait(120_000);
    assert.deepEqual(journal.log, []);
  });

  it('S4 R25 a call without a ticket that this page has had is not stored after its end, even if nobody can be asked', async () => {
    const { desk, journal } = await unanswered();
    await desk.hear(call('o'), { type: 'session.created', session: hiddenCall('o'), key: 'k' });
    await desk.hear(call('o'), { type: 'session.closed' });
    await desk.hear(call('o'), rating);
    await desk.wait(120_000);
    assert.deepEqual([journal.log, desk.keeper.waiting], [[], 0]);
  });

  it('S4 R25 what comes ten days later of a call without a ticket is ignored in another page, without a request', async () => {
    const { desk, platform, journal, storage, reload, rows } = await remembering();
    await desk.hear(call('o'), { type: 'session.created', session: hiddenCall('o'), key: 'k' });
    await desk.hear(call('o'), { type: 'session.closed' });
    const kept = await storage.store.all('silent');
    assert.equal(kept.length, 1);
    assert.ok(!/"o"|\b4155/.test(JSON.stringify(kept)), 'a digest, and nothing else');
    await desk.wait(10 * day);
    const after = await reload();
    await after.hear(call('o'), rating);
    await after.hear(call('o'), { type: 'recording.ready', recording });
    await after.wait(day);
    assert.deepEqual([platform.asked, journal.log, after.held, after.problems], [0, [], [], []]);
    assert.deepEqual([after.keeper.waiting, after.outbox.entries.length, await rows()], [0, 0, 1]);
  });

  it("S4 the digest of a call without a ticket is removed after 30 days; another call's events are looked up", async () => {
    const { desk, platform, reload, rows } = await remembering();
    await desk.hear(call('o'), { type: 'session.created', session: hiddenCall('o'), key: 'k' });
    await desk.wait(29 * day);
    await desk.hear(call('o'), rating);
    assert.equal(platform.asked, 0);
    await desk.wait(day);
    const after = await reload();
    await after.hear(call('another'), rating);
    assert.ok(platform.asked > 0);
    assert.equal(await rows(), 0);
  });

  it('S4 if the store rejects, this page still ignores the events of a call without a ticket', async () => {
    const { desk, platform, storage } = await remembering();
    const refuse = () => Promise.reject(new Error('storage is refused'));
    Object.assign(storage.store, { all: refuse, commit: refuse });
    await desk.hear(call('o'), { type: 'session.created', session: hiddenCall('o'), key: 'k' });
    await desk.hear(call('o'), rating);
    await desk.wait(day);
    assert.deepEqual([platform.asked, desk.keeper.waiting, desk.problems], [0, 0, []]);
  });

  it('S4 R25 a session that is shown as unrecorded disappears once it is introduced without a ticket', async () => {
    const { desk, journal } = await unanswered();
    await desk.hear(call('o'), { type: 'custom-data.received', data: { plan: 'gold' } });
    await desk.wait(2000);
    assert.deepEqual(
      desk.held.map(({ sessionId, failure }) => [sessionId, failure.code]),
      [['o', 'session-not-asked']],
    );
    await desk.hear(call('o'), { type: 'session.created', session: hiddenCall('o'), key: 'k' });
    assert.deepEqual([desk.held, journal.kept.size, desk.keeper.waiting], [[], 0, 0]);
  });

  it('B5 the reason for waiting is shown, and Retry asks again at once', async () => {
    const desk = await TestTab.start({
      host: { data: crmData },
      settings: { calls: { wrapUpSeconds: { inbound: 0, outbound: 0 } } },
      telephony: { profile: { capabilities: allCapabilities } },
    });
    const sessionId = desk.telephony.incoming({ number: MIAS, answered: true });
    await desk.wait(20_000);
    desk.telephony.hangUp(sessionId);
    await desk.wait(60_000);
    desk.desktop.stop();
    desk.open();
    await desk.wait(60_000);
    const getSession = desk.telephony.getSession.bind(desk.telephony);
    desk.telephony.getSession = () => Promise.reject(new Error('offline'));
    desk.telephony.rate(sessionId, 4);
    await desk.wait(2000);
    const shown = () => desk.desktop.records.records.map(({ what, state, failure }) => [what, state, failure?.code]);
    assert.deepEqual(shown(), [['call', 'waiting', 'session-not-asked']]);
    await desk.wait(50_000);
    desk.telephony.getSession = getSession;
    desk.desktop.send({ type: 'retryRecords' });
    await desk.wait(500);
    assert.deepEqual(shown(), []);
    const [ticket] = desk.host.tickets().filter(({ origin }) => origin?.sessionId === sessionId);
    assert.deepEqual(
      desk.host.comments(ticket!.id).map(({ body }) => body.split('\n').at(-1)!.split(' · ')[0]),
      ['call_started', 'call_finished', 'recording_ready', 'rating_received'],
    );
    assert.match(desk.host.comments(ticket!.id).at(-1)!.body, /Rated 4 of 5/);
  });
});

describe('RecordKeeper: a burst of events of unknown sessions', () => {
  const many = Array.from({ length: 60 }, (_, index) => `s${index}`);

  it('R17 writes each of 60 simultaneous ratings, however long the platform takes', async () => {
    const desk = await KeeperDesk.start();
    const { getSession } = desk.platform;
    desk.platform.getSession = async (id) => {
      await new Promise<void>((resolve) => desk.time.setTimeout(resolve, 5000));
      return getSession(id);
    };
    for (const id of many) desk.platform.set(onTicket(id), 'ended');
    await Promise.all(many.map((id) => desk.hear({ id }, rating)));
    await desk.wait(60_000);
    assert.equal(desk.written('1').filter((word) => word === 'rating_received').length, 60);
    const sessions = desk.host.comments('1').map(({ body }) => body.split(' · ').at(-1)!);
    assert.deepEqual([...new Set(sessions)].sort(), [...many].sort());
    assert.deepEqual(desk.problems, []);
  });

  it('R22 of many unknown sessions, the oldest are given up and reported, and the last 50 are kept', async () => {
    const desk = await KeeperDesk.start();
    for (const id of many) desk.platform.set(call(id));
    for (const id of many) await desk.hear({ id }, { type: 'custom-data.received', data: { plan: 'gold' } });
    await desk.wait(10_000);
    assert.deepEqual([desk.problems.length, desk.keeper.waiting], [0, 60]);
    await desk.wait(600_000);
    assert.deepEqual(
      desk.problems.map(({ code, sessionId }) => `${code} ${sessionId}`),
      ['s0', 's1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9'].map((id) => `unknown-session ${id}`),
    );
    assert.equal(desk.keeper.waiting, 50);
  });

  it('R9 the end of a call that a colleague has by then goes to the ticket that the agent chose', async () => {
    const platform = new FakePlatform();
    const desk = await KeeperDesk.start({ platform });
    const theirs = call('theirs', {
      channel: 'outbound-call',
      direction: 'outbound',
      agentId: '102',
      association: { contact: { id: MIA }, ticket: { id: '2' }, enteredNumber: false },
    });
    platform.set(theirs, 'ended');
    await desk.hear(theirs, {
      type: 'session.ended',
      endedBy: 'agent',
      durations: { total: 9, talk: 5, hold: 0, wait: 4 },
    });
    await desk.wait(3_600_000);
    assert.deepEqual(desk.written('2'), ['call_finished']);
    assert.deepEqual(desk.problems, []);
  });
});
