import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Channel, Session } from '../../src/domain/session.js';
import { MIAS } from '../support/crm-data.js';
import { KeeperDesk, SpyJournal } from '../support/keeper-desk.js';

const sdk = (id: string, channel: Channel = 'web-chat'): Session => ({
  ...{ id, channel, direction: 'inbound', customerNumber: MIAS, queue: { id: 'q1', path: ['Orders'] } },
  customer: { phone: MIAS, authenticated: true },
});
const ended = (total: number) => ({
  ...{ type: 'session.ended' as const, endedBy: 'agent' as const },
  durations: { total, talk: total, hold: 0, wait: 0 },
});
const rated = { type: 'rating.received', score: 1 } as const;
const closed = { type: 'session.closed' } as const;

/** 301: the ID, 302: a figure. */
const start = (more: { append?: boolean; sessionFields: Record<string, string> }, given = {}) =>
  KeeperDesk.start({ settings: { tickets: more }, ...given });

async function over(desk: KeeperDesk, session: Session, total = 10): Promise<void> {
  await desk.hear(session, ended(total));
  await desk.hear(session, closed);
  const there = desk.platform.sessions.get(session.id);
  if (there) there.phase = 'ended';
}

async function assigned(desk: KeeperDesk, session: Session): Promise<void> {
  desk.platform.set(session);
  await desk.assigned(session);
  await desk.wait(1000);
}

describe('the last session on a ticket', () => {
  it('X8 R12 a rating does not change the fields of a later session into whose ticket its own was merged', async () => {
    const desk = await start({ append: false, sessionFields: { session_id: '301', csat_score: '302' } });
    for (const session of [sdk('s1'), sdk('s2')]) {
      await assigned(desk, session);
      await over(desk, session);
    }
    const [[one], [two]] = [desk.madeBy('s1'), desk.madeBy('s2')];
    desk.host.merge(one!.id, two!.id);
    await desk.hear(sdk('s1'), rated);
    assert.deepEqual(desk.host.ticket(two!.id).fields, { '301': 's2' });
    assert.equal(desk.written(two!.id).at(-1), 'rating_received');
    assert.match(desk.host.comments(two!.id).at(-1)!.body, /Rated 1 of 5/);
  });

  for (const [mapped, sessionFields, fields] of [
    ['', { session_id: '301', csat_score: '302' }, { '301': 's2' }],
    [', though no ID is set up', { csat_score: '302' }, {}],
  ] as const)
    it(`X8 a rating is not written while a later session is on${mapped}`, async () => {
      const desk = await start({ sessionFields });
      await assigned(desk, sdk('s1'));
      await over(desk, sdk('s1'));
      await assigned(desk, sdk('s2'));
      await desk.hear(sdk('s1'), rated);
      await over(desk, sdk('s2'));
      const [ticket, ...more] = [...desk.madeBy('s1'), ...desk.madeBy('s2')];
      assert.deepEqual(more, []);
      assert.deepEqual(ticket!.fields, fields);
    });

  it('X8 nor is it written after a reload', async () => {
    const journal = new SpyJournal();
    const before = await start({ sessionFields: { csat_score: '302' } }, { journal });
    await assigned(before, sdk('s1'));
    await over(before, sdk('s1'));
    await assigned(before, sdk('s2'));
    before.keeper.stop();
    const { host, platform, time } = before;
    const desk = await start({ sessionFields: { csat_score: '302' } }, { journal, host, platform, time });
    await desk.hear(sdk('s1'), rated);
    await desk.wait(10_000);
    const [ticket] = desk.madeBy('s1');
    assert.equal(desk.written(ticket!.id).at(-1), 'rating_received');
    assert.match(desk.host.comments(ticket!.id).at(-1)!.body, /Rated 1 of 5/);
    assert.deepEqual(ticket!.fields, {});
  });

  it('X3 X6 of two chats at once the one that started last wins, though the other ends last', async () => {
    const desk = await start({ sessionFields: { session_id: '301', duration: '302' } });
    await assigned(desk, sdk('s1'));
    await assigned(desk, sdk('s2'));
    await over(desk, sdk('s2'), 22);
    await over(desk, sdk('s1'), 11);
    const [ticket] = desk.madeBy('s1');
    assert.deepEqual(ticket!.fields, { '301': 's2', '302': 22 });
  });

  it('X3 X6 the last session fills the fields, whatever values the ticket had before', async () => {
    const desk = await start({ sessionFields: { session_id: '301', duration: '302' } });
    await assigned(desk, sdk('s1'));
    await assigned(desk, sdk('s2'));
    await over(desk, sdk('s1'), 11);
    await over(desk, sdk('s2'), 22);
    const [ticket] = desk.madeBy('s1');
    assert.deepEqual(ticket!.fields, { '301': 's2', '302': 22 });
  });
});
