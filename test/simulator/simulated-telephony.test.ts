import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DialPlan } from '../../src/domain/dial.js';
import { mildDisorder, type Outcome, SimulatedTelephony, type SimulatorOptions } from '../../src/simulator/index.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import { SimulatedTime } from '../../src/testing/index.js';

const agent = { id: '101', name: 'Alex Morgan', teams: ['support'] };
const rules = { record: true, autoAnswer: false, wrapUpSeconds: { inbound: 0, outbound: 0 }, maxChats: 3 };
const plan: DialPlan = {
  key: 'k1',
  number: '+14155550101',
  kind: 'e164',
  outboundNumber: '+18005550100',
  language: 'en',
  association: { contact: { id: '2001' }, ticket: 'new', enteredNumber: false },
  record: true,
};

async function start(options: SimulatorOptions = {}, time = new SimulatedTime()) {
  const telephony = new SimulatedTelephony({ clock: time, timers: time, ...options });
  const events: PlatformEvent[] = [];
  telephony.subscribe((event) => events.push(event));
  const profile = await telephony.connect(agent, rules);
  const types = () => events.filter((event) => 'sessionId' in event).map(({ type }) => type.replace('session.', ''));
  const ended = () => events.find((event) => event.type === 'session.ended');
  return { telephony, time, events, types, ended, profile };
}

function storage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}

describe('SimulatedTelephony plays', () => {
  const cases: [outcome: Outcome, endedBy: string, failReason: string | undefined, talk: number][] = [
    ['busy', 'platform', 'eu_busy', 0],
    ['no-answer', 'platform', 'eu_no_answer', 0],
    ['rejected', 'customer', 'eu_rejected', 0],
    ['wrong-number', 'platform', 'eu_wrong_number', 0],
    ['dropped', 'platform', 'voip_conn_general', 20],
    [{ outcome: 'dropped', ringSeconds: 1, talkSeconds: 5 }, 'platform', 'voip_conn_general', 5],
    [{ outcome: 'answered', talkSeconds: 61 }, 'customer', undefined, 61],
    [[{ after: 2000, do: 'end', by: 'platform', failReason: 'expired' }], 'platform', 'expired', 0],
  ];
  for (const [outcome, endedBy, failReason, talk] of cases)
    it(`${JSON.stringify(outcome)}: ended by ${endedBy}, ${failReason ?? 'without fail reason'}`, async () => {
      const { telephony, time, ended, types } = await start({ calls: { [plan.number]: outcome } });
      await telephony.dial(plan);
      await time.advance(120_000);
      const event = ended()!;
      assert.deepEqual([event.endedBy, event.failReason, event.durations.talk], [endedBy, failReason, talk]);
      const { total, wait, hold } = event.durations;
      assert.equal(total, wait + talk + hold);
      assert.equal(types().at(-1), 'closed');
      assert.equal(time.pending, 0);
    });

  it('rings until the agent cancels if the customer never answers', async () => {
    const { telephony, time, types, ended } = await start({ calls: { [plan.number]: 'never-answers' } });
    await telephony.dial(plan);
    await time.advance(3_600_000);
    assert.deepEqual(types(), ['created', 'connecting']);
    await telephony.cancelDial(plan.key);
    await time.advance(1000);
    assert.deepEqual([ended()?.failReason, types().at(-1)], ['ag_canceled', 'closed']);
  });

  it('F14 refuses restricted numbers, a denied microphone and invalid plans, without a session', async () => {
    const { telephony, types } = await start({ calls: { [plan.number]: 'restricted' } });
    await assert.rejects(telephony.dial(plan), { name: 'TelephonyError', code: 'restricted' });
    telephony.next = 'microphone-denied';
    const denied = telephony.dial({ ...plan, number: '+14155550102' });
    await assert.rejects(denied, { code: 'microphone-denied', failReason: 'ag_mic_denied' });
    for (const wrong of [{ number: '4155550101' }, { outboundNumber: '+1999' }, { language: 'xx' }, { extension: 'x' }])
      await assert.rejects(telephony.dial({ ...plan, ...wrong }), { code: 'invalid' });
    await assert.rejects(telephony.dial({ ...plan, outboundNumber: '+33199000100' }), { code: 'invalid' });
    assert.deepEqual(types(), []);
  });

  it('one call at a time', async () => {
    const { telephony, time } = await start();
    const { sessionId } = await telephony.dial(plan);
    await assert.rejects(telephony.dial({ ...plan, key: 'k2' }), { code: 'not-available' });
    telephony.hangUp(sessionId);
    await time.advance(5000);
    telephony.next = 'busy';
    await telephony.dial({ ...plan, key: 'k2' });
    await time.advance(5000);
    assert.equal((await telephony.dial(plan)).sessionId, sessionId);
    assert.equal(telephony.sessions().length, 2);
  });

  it('F8 a dial that is cancelled before it arrives makes no call', async () => {
    const { telephony, time, types } = await start();
    telephony.trouble = { dial: 'never' };
    void telephony.dial(plan);
    await telephony.cancelDial(plan.key);
    telephony.trouble = {};
    await assert.rejects(telephony.dial(plan), { code: 'not-available', failReason: 'ag_canceled' });
    await time.advance(10_000);
    assert.deepEqual(types(), []);
  });

  it('R11 the recording is ready two seconds after the end, before `session.closed`', async () => {
    const { telephony, time, events } = await start({
      calls: { [plan.number]: { outcome: 'answered', talkSeconds: 12 } },
    });
    await telephony.dial(plan);
    await time.advance(60_000);
    const at = (type: PlatformEvent['type']) => Date.parse(events.find((event) => event.type === type)!.at);
    assert.equal(at('recording.ready') - at('session.ended'), 2000);
    assert.ok(at('session.closed') > at('recording.ready'));
    const ready = events.find((event) => event.type === 'recording.ready')!;
    assert.equal(ready.recording.durationSeconds, 12);
    assert.match(ready.recording.url!, /^https:\/\/recordings\.example\//);
  });

  it('S14 there is no recording if the rules forbid it', async () => {
    const { telephony, time, types } = await start({
      calls: { [plan.number]: { outcome: 'answered', talkSeconds: 12 } },
    });
    await telephony.setRules({ ...rules, record: false });
    await telephony.dial(plan);
    await time.advance(60_000);
    assert.ok(!types().includes('recording.ready'));
  });

  it('Q4 keeps `remembered` ended sessions, and no timer', async () => {
    const { telephony, time } = await start({ remembered: 5 });
    telephony.defaultOutcome = 'busy';
    for (let call = 0; call < 20; call++) {
      await telephony.dial({ ...plan, key: `k${call}` });
      await time.advance(10_000);
    }
    assert.deepEqual([telephony.sessions().length, time.pending], [5, 0]);
  });
});

describe('SimulatedTelephony emits', () => {
  it('A2 the status in-call until the end of a call, then the one before it', async () => {
    const { telephony, time, events, profile } = await start();
    assert.equal(profile.status, 'unavailable');
    await telephony.setStatus('available');
    const { sessionId } = await telephony.dial(plan);
    await time.advance(10_000);
    await assert.rejects(telephony.setStatus('break'), { code: 'invalid' });
    await assert.rejects(telephony.setNextStatus('wrap-up'), { code: 'invalid' });
    await telephony.end(sessionId);
    await time.advance(10_000);
    await assert.rejects(telephony.setNextStatus('break'), { code: 'invalid' });
    const statuses = events.flatMap((event) => (event.type === 'agent.status' ? [event.status] : []));
    assert.deepEqual(statuses, ['available', 'in-call', 'available']);
  });

  it('the same events for the same seed, and in order within a session', async () => {
    const order = 'created connecting connected ended recording.ready closed';
    const run = async (seed: number) => {
      const { telephony, time, events, types } = await start({ seed, disorder: { late: 0.4, twice: 0.3 } });
      telephony.defaultOutcome = { outcome: 'answered', talkSeconds: 8 };
      await telephony.dial(plan);
      await time.advance(60_000);
      assert.equal([...new Set(types())].join(' '), order, `seed ${seed}`);
      assert.equal(new Set(events.map(({ id }) => id)).size, 8);
      return events.map(({ type, id }) => `${type} ${id}`).join('\n');
    };
    for (let seed = 1; seed <= 50; seed++) assert.equal(await run(seed), await run(seed));
  });

  it('no event, duplicates, or events out of order as `disorder` says', async () => {
    const run = async (disorder: SimulatorOptions['disorder'], seed = 1) => {
      const { telephony, time, types } = await start({ disorder, seed });
      telephony.defaultOutcome = 'busy';
      await telephony.dial(plan);
      await time.advance(60_000);
      return types();
    };
    assert.deepEqual(await run({ lost: 1 }), []);
    assert.equal((await run({ twice: 1 })).length, 8);
    const shuffled = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => run({ late: 0.5, shuffled: 1 }, seed)));
    assert.ok(shuffled.some((types) => types[0] !== 'created' || types.at(-1) !== 'closed'));
    assert.ok(mildDisorder.lost === 0 && mildDisorder.shuffled === 0 && mildDisorder.late > 0);
  });
});

describe('SimulatedTelephony in trouble', () => {
  it('fails, never answers, or answers late as `trouble` says', async () => {
    const { telephony, time } = await start();
    telephony.trouble = { dial: 'microphone-denied', status: 'offline' };
    await assert.rejects(telephony.dial(plan), { code: 'microphone-denied' });
    await assert.rejects(telephony.setStatus('break'), { code: 'offline' });
    telephony.trouble = { dial: 'never', latencyMs: 100 };
    let settled = 0;
    void telephony.dial(plan).finally(() => settled++);
    void telephony.setStatus('break').finally(() => settled++);
    await time.advance(99);
    assert.equal(settled, 0);
    await time.advance(60_000);
    assert.deepEqual([settled, telephony.sessions().length], [1, 0]);
  });

  it('F7 a dial whose answer is lost makes the call, and a second dial with its key finds it', async () => {
    const { telephony, time, types } = await start();
    telephony.trouble = { dial: 'lost' };
    void telephony.dial(plan);
    await time.advance(10_000);
    assert.deepEqual(types(), ['created', 'connecting', 'connected']);
    telephony.trouble = {};
    assert.equal((await telephony.dial(plan)).sessionId, telephony.sessions()[0]?.id);
    assert.equal(telephony.sessions().length, 1);
  });

  it('a lost connection queues events until it is restored, and refuses commands', async () => {
    const { telephony, time, events, types } = await start();
    const { sessionId } = await telephony.dial(plan);
    await time.advance(1000);
    telephony.drop();
    assert.equal(events.at(-1)?.type, 'connection.lost');
    await time.advance(10_000);
    assert.deepEqual(types(), ['created', 'connecting']);
    await assert.rejects(telephony.end(sessionId), { code: 'offline' });
    telephony.restore();
    await time.advance(10);
    assert.deepEqual(types(), ['created', 'connecting', 'connected']);
    telephony.drop({ endCalls: true });
    telephony.restore();
    await time.advance(10_000);
    assert.equal(types().at(-1), 'closed');
  });

  it('A5 a lost connection with `endCalls` ends connected calls, but not offered ones', async () => {
    const { telephony, time, types } = await start();
    await telephony.setStatus('available');
    telephony.incoming({ number: '+14155550123', ringSeconds: 60 });
    await time.advance(1000);
    telephony.drop({ endCalls: true });
    telephony.restore();
    await time.advance(10_000);
    assert.deepEqual(types(), ['offered']);
  });

  it('can be watched without taking the first listener’s events', async () => {
    const time = new SimulatedTime();
    const telephony = new SimulatedTelephony({ clock: time, timers: time });
    let changes = 0;
    const stop = telephony.watch(() => changes++);
    await telephony.connect(agent, rules);
    await telephony.dial(plan);
    await time.advance(5000);
    stop();
    const types: string[] = [];
    telephony.subscribe(({ type }) => types.push(type));
    await time.advance(10);
    assert.ok(changes > 0 && types.includes('session.created') && types.includes('session.connected'));
  });

  it('refuses commands before connect', async () => {
    const telephony = new SimulatedTelephony();
    await assert.rejects(telephony.setStatus('break'), { code: 'not-available' });
  });
});

describe('SimulatedTelephony and a reload', () => {
  it('A9 finds the call again, with its record, and continues it at the current time', async () => {
    const kept = storage();
    const before = await start({ storage: kept });
    await before.telephony.setStatus('available');
    before.telephony.next = { outcome: 'answered', talkSeconds: 60 };
    const { sessionId } = await before.telephony.dial(plan);
    await before.telephony.associate(sessionId, { ticketId: '4711' });
    await before.time.advance(10_000);
    assert.equal(before.types().at(-1), 'connected');

    const time = new SimulatedTime(before.time.now() + 5_000);
    const after = await start({ storage: kept }, time);
    assert.deepEqual(
      after.profile.activeSessions.map(({ id, phase, record }) => [id, phase, record]),
      [[sessionId, 'connected', { ticketId: '4711' }]],
    );
    assert.equal(after.profile.status, 'in-call');
    await after.telephony.resume(sessionId);
    assert.equal((await after.telephony.dial(plan)).sessionId, sessionId);
    await time.advance(60_000);
    assert.deepEqual(after.types(), ['ended', 'recording.ready', 'closed']);
    assert.equal(after.ended()?.durations.talk, 60);
    const last = after.events.flatMap((event) => (event.type === 'agent.status' ? [event.status] : [])).at(-1);
    assert.equal(last, 'available');
    const ids = [...before.events, ...after.events].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('A9 emits the end of a call that ended without a page', async () => {
    const kept = storage();
    const before = await start({ storage: kept });
    before.telephony.next = { outcome: 'answered', talkSeconds: 20 };
    const { sessionId } = await before.telephony.dial(plan);
    await before.time.advance(10_000);
    const time = new SimulatedTime(before.time.now() + 600_000);
    const after = await start({ storage: kept }, time);
    await time.advance(1000);
    assert.deepEqual(after.types(), ['ended', 'recording.ready', 'closed']);
    assert.equal(after.ended()?.durations.total, 23);
    assert.equal((await after.telephony.getSession(sessionId))?.phase, 'ended');
  });

  it('starts without sessions if the storage is unreadable, and works if it refuses writes', async () => {
    const broken = { getItem: () => '{', setItem: () => assert.fail() as never };
    const throwing = {
      getItem: () => null,
      setItem: (): void => {
        throw new Error('full');
      },
    };
    for (const storage of [broken, throwing]) {
      const { telephony, profile } = await start({ storage });
      assert.deepEqual(profile.activeSessions, []);
      await telephony.dial(plan);
    }
  });
});
