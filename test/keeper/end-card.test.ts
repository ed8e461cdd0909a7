import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import type { Clock } from '../../src/environment/environment.js';
import { Deposed } from '../../src/outbox/outbox-store.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { BEN, MIA, MIAS, SHARED } from '../support/crm-data.js';
import { DirectOutbox, FakePlatform, KeeperDesk, SpyJournal } from '../support/keeper-desk.js';

const session: Session = { id: 'a', channel: 'ivr-call', direction: 'inbound', customerNumber: MIAS };
const outbound: Session = {
  ...{ id: 'a', channel: 'outbound-call', direction: 'outbound', agentId: '101' },
  association: { contact: { id: MIA }, ticket: 'new', enteredNumber: false },
};
const ended = {
  type: 'session.ended' as const,
  endedBy: 'customer' as const,
  durations: { total: 60, talk: 50, hold: 0, wait: 10 },
};
const closed = { type: 'session.closed' as const };
const note = (notes: string, agent = '101') => ({
  ...{ type: 'disposition.submitted' as const, agent, notes, codes: ['w'] },
});
const settings = {
  calls: { dispositions: [{ code: 'r', label: 'Resolved', children: [{ code: 'w', label: 'Warranty' }] }] },
};
/** S16's default wrap-up is 30 s, after which a note may come for 90 s more. */
const due = 120_000;

/** The feet of the session's comments. */
const feet = (desk: KeeperDesk, id = 'a') => desk.madeBy(id).flatMap((ticket) => desk.written(ticket.id));
const bodies = (desk: KeeperDesk) => desk.madeBy('a').flatMap(({ id }) => desk.host.comments(id));
/** The lines of the end card between its headline and its foot. */
const card = (desk: KeeperDesk) =>
  bodies(desk)
    .filter(({ body }) => body.endsWith('\ncall_finished · a'))
    .map(({ body }) => body.split('\n').slice(1, -1));

async function talking(given: Parameters<typeof KeeperDesk.start>[0] = {}, one = session) {
  const desk = await KeeperDesk.start({ settings, ...given });
  desk.platform.set({ ...one, agentId: '101' });
  if (one.direction === 'outbound') await desk.hear(one, { type: 'session.created', session: one, key: 'k' });
  else await desk.assigned(one);
  return desk;
}

describe('the end card is due', () => {
  it('R31 when the session closes', async () => {
    const desk = await talking();
    await desk.hear(session, ended);
    await desk.wait(5000);
    assert.deepEqual(feet(desk), ['call_started']);
    await desk.hear(session, closed);
    assert.deepEqual(feet(desk), ['call_started', 'call_finished']);
    await desk.wait(3_600_000);
    assert.deepEqual(feet(desk), ['call_started', 'call_finished']);
  });

  it('R31 R28 with the note of its agent, which is in it before all other facts', async () => {
    const desk = await talking();
    await desk.hear(session, { type: 'session.recording-paused', paused: true });
    await desk.hear(session, ended);
    await desk.hear(session, note('Sends a new charger today.\nAsks again on Monday.'));
    assert.deepEqual(feet(desk), ['call_started', 'call_finished']);
    assert.deepEqual(card(desk), [
      [
        'Sends a new charger today.',
        'Asks again on Monday.',
        'Resolved › Warranty',
        'Recording paused 09:00:00–09:00:00',
      ],
    ]);
    assert.equal(bodies(desk)[1]!.authorId, '101');
    await desk.hear(session, closed);
    await desk.wait(3_600_000);
    assert.equal(bodies(desk).length, 2);
  });

  it('R31 R28 with the note that came before the end, and not with the note of a colleague', async () => {
    const desk = await talking();
    await desk.hear(session, note('Was early'));
    assert.deepEqual(feet(desk), ['call_started'], 'the call is still on');
    await desk.hear(session, ended);
    await desk.hear(session, note('Listened in', '102'));
    assert.deepEqual(feet(desk), ['call_started', 'disposition'], 'a colleague’s note is a comment of its own');
    assert.equal(bodies(desk)[1]!.authorId, '102');
    await desk.hear(session, closed);
    assert.deepEqual(card(desk), [['Was early', 'Resolved › Warranty']]);
  });

  it('R31 S16 after wrap-up and 90 s more, in each direction by its own setting', async () => {
    for (const one of [session, outbound]) {
      const calls = { ...settings.calls, wrapUpSeconds: { inbound: 30, outbound: 45 } };
      const desk = await talking({ settings: { calls } }, one);
      await desk.wait(20_000);
      await desk.hear(one, ended);
      await desk.hear(one, { type: 'session.wrap-up-exceeded' });
      const wait = one.direction === 'inbound' ? 120_000 : 135_000;
      await desk.wait(wait - 1);
      assert.deepEqual(feet(desk), ['call_started'], one.direction);
      await desk.wait(1);
      assert.deepEqual(feet(desk), ['call_started', 'call_finished'], one.direction);
    }
  });

  it('R31 S16 at the end without wrap-up', async () => {
    const desk = await talking({ settings: { calls: { wrapUpSeconds: { inbound: 0, outbound: 30 } } } });
    await desk.hear(session, ended);
    assert.deepEqual(feet(desk), ['call_started', 'call_finished']);
    assert.equal(desk.keeper.waiting, 0);
    await desk.hear(session, note('Later'));
    assert.deepEqual(feet(desk), ['call_started', 'call_finished', 'disposition']);
  });

  it('R31 after the platform’s wrap-up if it is longer, whatever the platform’s clock says', async () => {
    for (const [until, wait] of [
      [300_000, 390_000],
      [10_000, due],
    ] as const)
      for (const off of [0, -3_600_000, 3_600_000]) {
        const desk = await talking();
        const at = (more = 0) => new Date(desk.time.now() + off + more).toISOString();
        await desk.hear(session, { ...ended, at: at() });
        await desk.hear(session, { type: 'session.wrap-up', at: at(), until: at(until) });
        await desk.wait(wait - 1);
        assert.deepEqual(feet(desk), ['call_started'], `${until} ${off}`);
        await desk.wait(1);
        assert.deepEqual(feet(desk), ['call_started', 'call_finished'], `${until} ${off}`);
      }
  });

  it('R31 never before the end is known', async () => {
    const desk = await talking();
    await desk.wait(24 * 3_600_000);
    assert.deepEqual(feet(desk), ['call_started']);
    assert.equal(desk.keeper.waiting, 0);
  });

  it('R31 once, on a clock that is put back or forward', async () => {
    for (const jump of [-7_200_000, -60_000, 60_000, 7_200_000])
      for (const isSteady of [true, false]) {
        const time = new SimulatedTime();
        let wrong = 0;
        const clock: Clock = { now: () => time.now() + wrong, ...(isSteady && { steady: time.now }) };
        const desk = await talking({ time, clock });
        await desk.hear(session, ended);
        await desk.wait(30_000);
        wrong = jump;
        await desk.wait(due - 30_000 - 1);
        assert.deepEqual(feet(desk), ['call_started'], `${jump} ${isSteady}`);
        // Without a steady clock, the time around a jump back does not count.
        await desk.wait(isSteady || jump > 0 ? 1 : due + 1);
        assert.deepEqual(feet(desk), ['call_started', 'call_finished'], `${jump} ${isSteady}`);
        await desk.wait(3_600_000);
        assert.equal(bodies(desk).length, 2);
        desk.keeper.stop();
      }
  });

  it('R31 R2 after the agent’s choice (A10), with the time since its end was heard', async () => {
    const shared = { ...session, customerNumber: SHARED };
    const desk = await talking({}, shared);
    await desk.hear(shared, ended);
    await desk.wait(due - 1000);
    assert.deepEqual(feet(desk), []);
    await desk.keeper.choose('a', { contact: { id: BEN } });
    await desk.wait();
    assert.deepEqual(feet(desk), ['call_started']);
    await desk.wait(1000);
    assert.deepEqual(feet(desk), ['call_started', 'call_finished']);
  });

  it('R31 R5 R4 never for a voicemail', async () => {
    const desk = await KeeperDesk.start();
    const recording = { url: 'https://r.example/v', startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 9 };
    await desk.hear(session, { type: 'voicemail.received', session, recording: { ...recording, part: 1, parts: 1 } });
    await desk.hear(session, { ...ended, durations: { total: 9, talk: 0, hold: 0, wait: 0 } });
    await desk.hear(session, closed);
    await desk.wait(3_600_000);
    assert.deepEqual(feet(desk), ['voicemail_received']);
    assert.equal(desk.keeper.waiting, 0);
  });
});

describe('an end card that waits', () => {
  it('B5 R31 counts as waiting from the end on', async () => {
    const desk = await talking();
    assert.equal(desk.keeper.waiting, 0);
    await desk.hear(session, ended);
    assert.equal(desk.keeper.waiting, 1);
    await desk.wait(due);
    assert.equal(desk.keeper.waiting, 0);
  });

  it('R31 B5 is written by the next page, at its time or at once if its time has passed', async () => {
    for (const away of [60_000, due + 600_000, 24 * 3_600_000]) {
      const journal = new SpyJournal();
      const before = await talking({ journal });
      await before.hear(session, { type: 'session.recording-paused', paused: true });
      await before.hear(session, ended);
      before.keeper.stop();
      await before.wait(away);
      assert.deepEqual(feet(before), ['call_started']);
      const { host, platform, time, outbox } = before;
      const after = await KeeperDesk.start({ settings, journal, host, platform, time, outbox });
      await after.wait();
      assert.equal(after.keeper.waiting, away < due ? 1 : 0);
      assert.equal(feet(after).length, away < due ? 1 : 2);
      await after.wait(Math.max(0, due - away));
      assert.deepEqual(feet(after), ['call_started', 'call_finished']);
      assert.deepEqual(card(after), [['Recording paused 09:00:00–09:00:00']], 'no fact is lost');
      await after.hear(session, closed);
      assert.equal(bodies(after).length, 2);
      assert.deepEqual(journal.open, []);
      after.keeper.stop();
    }
  });

  it('R31 is written by the next page if a wrong clock has set its time, and not hours later', async () => {
    const journal = new SpyJournal();
    const time = new SimulatedTime();
    const before = await talking({ journal, time, clock: { now: () => time.now() + 6 * 3_600_000 } });
    await before.hear(session, ended);
    before.keeper.stop();
    const { host, platform, outbox } = before;
    const after = await KeeperDesk.start({ settings, journal, host, platform, time, outbox });
    await after.wait(due);
    assert.deepEqual(feet(after), ['call_started', 'call_finished']);
  });

  it('R31 A9 is written once after a change of leader, by the tab that leads', async () => {
    const journal = new SpyJournal();
    const one = await talking({ journal });
    await one.hear(session, ended);
    const { host, platform, time } = one;
    const kept = new SpyJournal();
    for (const [id, text] of journal.kept) kept.kept.set(id, text);
    journal.save = () => Promise.reject(new Deposed('Another tab leads.'));
    const two = await KeeperDesk.start({ settings, journal: kept, host, platform, time });
    await two.wait(due + 60_000);
    assert.deepEqual(feet(two), ['call_started', 'call_finished']);
    const keys = ({ outbox }: KeeperDesk) => outbox.entries.map(({ intent }) => intent.key);
    assert.deepEqual([keys(one).includes('a/finished'), keys(two)], [false, ['a/finished']]);
  });

  it('R31 B5 is written at log-out without the note, which is a comment of its own afterwards', async () => {
    const journal = new SpyJournal();
    const desk = await talking({ journal });
    await desk.keeper.finish();
    assert.deepEqual(feet(desk), ['call_started'], 'the call is still on');
    await desk.hear(session, ended);
    await desk.keeper.finish();
    await desk.wait();
    assert.deepEqual(feet(desk), ['call_started', 'call_finished']);
    assert.equal(desk.keeper.waiting, 0);
    await desk.hear(session, note('Too late'));
    await desk.hear(session, closed);
    assert.deepEqual(feet(desk), ['call_started', 'call_finished', 'disposition']);
  });

  it('B5 is listed if it cannot be stored, and is written by Retry', async () => {
    const desk = await talking();
    desk.outbox.fails = true;
    await desk.hear(session, ended);
    assert.deepEqual(desk.held, []);
    await desk.wait(due + 1000);
    assert.deepEqual(
      desk.held.map(({ sessionId, number }) => [sessionId, number]),
      [['a', MIAS]],
    );
    assert.equal(desk.keeper.waiting, 1);
    desk.outbox.fails = false;
    await desk.keeper.retry();
    await desk.wait();
    assert.deepEqual(feet(desk), ['call_started', 'call_finished']);
    assert.deepEqual([desk.keeper.waiting, desk.held], [0, []]);
  });

  it('B5 can be discarded', async () => {
    const journal = new SpyJournal();
    const desk = await talking({ journal });
    desk.outbox.fails = true;
    await desk.hear(session, ended);
    await desk.wait(due);
    assert.deepEqual([desk.keeper.waiting, desk.held.length], [1, 1]);
    desk.keeper.discardWaiting('a');
    desk.outbox.fails = false;
    await desk.wait(3_600_000);
    assert.deepEqual([desk.keeper.waiting, desk.held, feet(desk)], [0, [], ['call_started']]);
    await desk.hear(session, closed);
    assert.deepEqual(feet(desk), ['call_started']);
    assert.deepEqual(journal.open, []);
  });

  it('R31 B5 has the note once if the page crashes when the outbox has accepted the card', async () => {
    const journal = new SpyJournal();
    const before = await talking({ journal });
    await before.hear(session, ended);
    const { enqueue } = before.outbox;
    let crashed: ReadonlyMap<string, string> = new Map();
    before.outbox.enqueue = (intents) => {
      crashed = new Map(journal.kept);
      return enqueue.call(before.outbox, intents);
    };
    await before.hear(session, note('Sends a new charger'));
    before.keeper.stop();
    before.outbox.enqueue = enqueue;
    journal.kept.clear();
    for (const [id, text] of crashed) journal.kept.set(id, text);
    assert.match(journal.kept.get('a')!, /disposition\.submitted/);
    await before.wait(due);
    const { host, platform, time, outbox } = before;
    const after = await KeeperDesk.start({ settings, journal, host, platform, time, outbox });
    await after.wait(1000);
    await after.hear(session, closed);
    assert.deepEqual(feet(after), ['call_started', 'call_finished']);
    assert.deepEqual(card(after), [['Sends a new charger', 'Resolved › Warranty']]);
  });
});

describe('what comes after the end card', () => {
  it('R28 R31 a note is a comment of its own by its agent, each note once, after a reload too', async () => {
    const journal = new SpyJournal();
    const before = await talking({ journal });
    await before.hear(session, ended);
    await before.hear(session, closed);
    before.platform.sessions.get('a')!.phase = 'ended';
    await before.hear(session, { ...note('First'), id: 'n1' });
    await before.hear(session, { ...note('First'), id: 'n1' });
    await before.wait(1000);
    await before.hear(session, { ...note('By a colleague', '102'), id: 'n2' });
    before.keeper.stop();
    const { host, platform, time, outbox } = before;
    const after = await KeeperDesk.start({ settings, journal, host, platform, time, outbox });
    await after.wait(60_000);
    await after.hear(session, { ...note('Second'), id: 'n3' });
    await after.wait(5000);
    assert.deepEqual(
      bodies(after)
        .slice(2)
        .map(({ body, authorId }) => [authorId, ...body.split('\n').slice(1)]),
      [
        ['101', 'First', 'Resolved › Warranty', 'disposition · a'],
        ['102', 'By a colleague', 'Resolved › Warranty', 'disposition · a'],
        ['101', 'Second', 'Resolved › Warranty', 'disposition · a'],
      ],
    );
  });

  it('R28 R31 participants, pauses and a late recording have comments of their own', async () => {
    const desk = await talking();
    await desk.hear(session, ended);
    await desk.hear(session, closed);
    const participant = { id: 'outside-1', kind: 'outside' as const, label: 'Kim', held: false };
    await desk.hear(session, { type: 'session.participant-joined', participant });
    const recording = { url: 'https://r.example/1', startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 9 };
    await desk.hear(session, { type: 'recording.ready', recording: { ...recording, part: 1, parts: 1 } });
    assert.deepEqual(feet(desk), ['call_started', 'call_finished', 'call_detail', 'recording_ready']);
    assert.match(bodies(desk)[2]!.body, /\nKim joined at 09:00\n/);
  });
});

describe('a store of version 0.1.0', () => {
  /** A call that version 0.1.0 has recorded on ticket 1. `rows`: the keys of its outbox. */
  async function upgraded(rows: readonly string[], more: object = {}) {
    const journal = new SpyJournal();
    const first = await KeeperDesk.start();
    const known = {
      session: { ...session, agentId: '101' },
      ...{ agent: first.host.agents.find(({ id }) => id === '101'), account: first.host.account },
      ...{ decision: { contact: { id: MIA }, ticket: { id: '1' } }, contact: { id: MIA }, ticket: { id: '1' } },
      ...{ recorded: true, startedAt: '2026-03-02T08:59:00.000Z', toldAtStart: [], holder: '101' },
    };
    const kept = { sessionId: 'a', known, waiting: [], found: { contacts: {} }, ...more };
    journal.kept.set('a', JSON.stringify(kept));
    const outbox = new DirectOutbox(first.host);
    for (const key of rows)
      outbox.entries.push({
        intent: { kind: 'open-ticket', key, sessionId: 'a', at: '2026-03-02T08:59:00.000Z', ticket: { id: '1' } },
        ...{ state: 'settled', tries: 1, since: 0 },
      });
    const platform = new FakePlatform();
    const desk = await KeeperDesk.start({ settings, journal, outbox, platform, host: first.host, time: first.time });
    await desk.wait();
    return { desk, journal };
  }

  it('R31 in wrap-up: its end stands already, so that there is no card, and the note is a comment', async () => {
    const { desk, journal } = await upgraded(['a/joined', 'a/finished']);
    await desk.wait(3_600_000);
    assert.equal(desk.keeper.waiting, 0);
    await desk.hear(session, note('Sends a new charger'));
    await desk.hear(session, closed);
    await desk.wait(3_600_000);
    assert.deepEqual(desk.written('1'), ['disposition']);
    assert.equal(desk.host.comments('1')[0]!.authorId, '101');
    assert.deepEqual(journal.open, []);
  });

  it('R31 in wrap-up: what it had accepted under another key is not written again', async () => {
    const rows = ['a/joined', 'a/finished', 'a/disposition/n1', 'a/recording/r1'];
    const { desk } = await upgraded(rows);
    await desk.hear(session, { ...note('Stands already'), id: 'n1' });
    const recording = { url: 'https://r.example/1', startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 9 };
    await desk.hear(session, { type: 'recording.ready', id: 'r1', recording: { ...recording, part: 1, parts: 1 } });
    assert.deepEqual(desk.written('1'), []);
  });

  it('R31 in mid-call: the card is written at its time, with the note', async () => {
    const { desk, journal } = await upgraded(['a/joined']);
    await desk.hear(session, ended);
    assert.deepEqual([desk.written('1'), desk.keeper.waiting], [[], 1]);
    await desk.hear(session, note('Sends a new charger'));
    await desk.hear(session, closed);
    assert.deepEqual(desk.written('1'), ['call_finished']);
    assert.match(desk.host.comments('1')[0]!.body, /\nSends a new charger\n/);
    assert.deepEqual(journal.open, []);
  });

  it('R31 S16 an end that waited for the CRM waits for its note from now on', async () => {
    const at = '2026-03-02T08:59:00.000Z';
    const waiting = [{ ...ended, id: 'x', at, sessionId: 'a', owner: '101' }];
    const { desk } = await upgraded(['a/joined'], { waiting });
    assert.deepEqual([desk.written('1'), desk.keeper.waiting], [[], 1]);
    await desk.wait(due);
    assert.deepEqual(desk.written('1'), ['call_finished']);
  });
});
