import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SimulatedTelephony } from '../../src/simulator/index.js';
import { SimulatedTime } from '../../src/testing/index.js';
import { agent, plan, rules, sharedStorage, SignedIn, signIn } from './signed-in.js';

const number = '+14155550123';

describe('several pages on one storage', () => {
  it('A9 a page that connects continues from the stored state, and the page before it has stopped', async () => {
    const storage = sharedStorage();
    const time = new SimulatedTime();
    const idle = new SignedIn({ storage }, time);
    const first = await signIn({ storage, time, profile: {} });
    const call = await first.inCall();
    const chat = first.telephony.chat({ channel: 'web-chat', answered: true, talkSeconds: 60 });
    first.telephony.voicemail({ number: '+14155550124' });
    await first.telephony.associate(call, { ticketId: '4711' });
    await first.wait(1);
    await first.telephony.disconnect();
    assert.equal(time.pending, 0);

    const { activeSessions, status } = await idle.telephony.connect(agent, rules);
    assert.deepEqual(
      activeSessions.map(({ id, phase, record }) => [id, phase, record?.ticketId]),
      [
        [call, 'connected', '4711'],
        [chat, 'connected', undefined],
      ],
    );
    assert.equal(status, 'in-call');
    assert.equal((await idle.telephony.voicemails()).items.length, 1);
    await idle.telephony.end(call);
    await idle.wait(70);
    assert.deepEqual(idle.of(call), ['ended', 'recording.ready', 'closed']);
    assert.deepEqual(idle.of(chat), ['ended', 'closed']);
    const ids = [...first.events, ...idle.events].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(!first.of(call).includes('ended'));

    await idle.telephony.disconnect();
    const back = await first.telephony.connect(agent, rules);
    assert.deepEqual([back.activeSessions, back.status], [[], 'available']);
    assert.equal((await first.telephony.getSession(call))?.phase, 'ended');
    assert.equal((await first.telephony.dial(plan)).sessionId.length > 0, true);
  });

  it('an instance that is not connected never writes', async () => {
    const storage = sharedStorage();
    const time = new SimulatedTime();
    const idle = new SimulatedTelephony({ storage, clock: time, timers: time });
    idle.incoming({ number });
    idle.voicemail({ number });
    idle.defaultOutcome = 'busy';
    await time.advance(300_000);
    assert.deepEqual([storage.writes, time.pending], [0, 0]);
    await idle.connect(agent, rules);
    await idle.disconnect();
    const { writes } = storage;
    idle.abandoned({ number });
    await time.advance(300_000);
    await idle.disconnect();
    assert.deepEqual([storage.writes, time.pending], [writes, 0]);
  });

  it('a frozen page that another has taken over from writes nothing when it wakes up', async () => {
    const storage = sharedStorage();
    const time = new SimulatedTime();
    const frozen = await signIn({ storage, time });
    const id = frozen.telephony.incoming({ number, answered: true, talkSeconds: 30 });
    await frozen.wait(5);
    const leader = await signIn({ storage, time, status: 'unavailable' });
    await leader.telephony.end(id);
    await leader.wait(1);
    const { text } = storage;
    await frozen.wait(120);
    await assert.rejects(frozen.telephony.setStatus('break'), { code: 'not-available' });
    assert.ok(!frozen.of(id).includes('ended'));
    assert.equal(JSON.parse(text).sessions[0].session.phase, 'ended');
    assert.equal(JSON.parse(storage.text).sessions[0].endedAt, JSON.parse(text).sessions[0].endedAt);
    assert.equal(leader.of(id).at(-1), 'closed');
  });

  it('A9 a frozen page that another has taken over from rejects its first command', async () => {
    const storage = sharedStorage();
    const time = new SimulatedTime();
    const frozen = await signIn({ storage, time, status: 'unavailable' });
    const leader = await signIn({ storage, time, status: 'unavailable' });
    assert.deepEqual([frozen.telephony.isConnected, leader.telephony.isConnected], [false, true]);
    await assert.rejects(frozen.telephony.setStatus('break'), { code: 'not-available' });
    frozen.telephony.incoming({ number });
    await leader.telephony.setStatus('available');
    await leader.wait(1);
    assert.deepEqual([leader.statuses, leader.telephony.sessions()], [['available'], []]);
    const { status } = await frozen.telephony.connect(agent, rules);
    assert.deepEqual([status, leader.telephony.isConnected], ['available', false]);
  });

  it('A9 transfers, wrap-ups and undelivered events survive a reload', async () => {
    const storage = sharedStorage();
    const options = { storage, wrapUp: true, rules: { wrapUpSeconds: { inbound: 30, outbound: 30 } } };
    const before = await signIn(options);
    const done = await before.inCall();
    await before.telephony.end(done);
    const call = await before.inCall();
    await before.telephony.transfer(call, { kind: 'agent', id: '102', label: 'Noémie' }, 'warm');
    await before.wait(1);
    await before.telephony.disconnect();
    const after = await signIn({
      ...options,
      time: new SimulatedTime(before.time.now() + 4000),
      status: 'unavailable',
    });
    await after.wait(1);
    const { activeSessions } = await after.telephony.connect(agent, rules);
    assert.deepEqual(
      activeSessions.map(({ id, phase }) => [id, phase]),
      [
        [done, 'wrap-up'],
        [call, 'connected'],
      ],
    );
    assert.deepEqual(after.of(call), ['participant-joined']);
    await after.telephony.completeTransfer(call);
    await after.telephony.submitWrapUp(done, { notes: 'Saved after a reload', dispositions: [] });
    await after.wait(1);
    assert.deepEqual(after.of(call), ['participant-joined', 'held', 'transfer.finished', 'assigned']);
    assert.deepEqual(after.of(done).slice(-2), ['disposition.submitted', 'closed']);
    assert.equal(after.statuses.at(-1), 'available');
  });

  it('R30 events that are undelivered when a page signs out are delivered by the next page only', async () => {
    const storage = sharedStorage();
    const time = new SimulatedTime();
    const first = await signIn({ storage, time, disorder: { late: 1 } });
    const id = first.telephony.incoming({ number, answered: true });
    await first.telephony.disconnect();
    const second = await signIn({ storage, time, status: 'unavailable' });
    await second.wait(10);
    assert.deepEqual([first.of(id), second.of(id)], [[], ['offered', 'assigned', 'connecting', 'connected']]);
  });

  it('R5 events from before the sign-in are delivered after it', async () => {
    const time = new SimulatedTime();
    const at = new SignedIn({}, time);
    const id = at.telephony.voicemail({ number });
    await at.wait(10);
    assert.deepEqual(at.of(id), []);
    await at.telephony.connect(agent, rules);
    await at.wait(1);
    assert.deepEqual(at.of(id), ['voicemail.received', 'closed']);
  });

  it('sessions that were offered or waiting without a page are missed or abandoned when one connects', async () => {
    const storage = sharedStorage();
    const before = await signIn({ storage });
    const offered = before.telephony.incoming({ number, patienceSeconds: 600 });
    const waiting = before.telephony.incoming({ number: '+14155550124', patienceSeconds: 60 });
    await before.wait(1);
    const after = await signIn({ storage, time: new SimulatedTime(before.time.now() + 90_000), status: 'unavailable' });
    await after.wait(1);
    assert.deepEqual([after.of(offered), after.of(waiting)], [['missed'], ['abandoned', 'closed']]);
    assert.deepEqual(after.statuses, ['missed-call']);
  });

  it('another agent starts without sessions; the storage keeps `endedKept` ended ones', async () => {
    const storage = sharedStorage();
    const at = await signIn({ storage, endedKept: 2 });
    at.telephony.defaultOutcome = 'busy';
    for (let call = 0; call < 6; call++) {
      await at.telephony.dial({ ...plan, key: `k${call}` });
      await at.wait(10);
    }
    assert.equal(JSON.parse(storage.text).sessions.length, 2);
    const same = new SimulatedTelephony({ storage, clock: at.time, timers: at.time });
    assert.equal(same.sessions().length, 2);
    await at.telephony.disconnect();
    const other = new SimulatedTelephony({ storage, clock: at.time, timers: at.time });
    const { status } = await other.connect({ ...agent, id: '999' }, rules);
    assert.deepEqual([other.sessions().length, status], [0, 'unavailable']);
  });
});
