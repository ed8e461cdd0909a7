import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { SHARED } from '../support/crm-data.js';
import { KeeperDesk, SpyJournal } from '../support/keeper-desk.js';

/** Two contacts have the number, so that the agent is asked (A10). */
const call: Session = {
  ...{ id: 's', channel: 'web-call', direction: 'inbound', customerNumber: SHARED },
  queue: { id: 'orders', path: ['Orders'] },
};
const moved = { type: 'session.queue-changed', queue: { id: 'returns', path: ['Returns'] } } as const;
const ended = {
  ...{ type: 'session.ended' as const, endedBy: 'agent' as const },
  durations: { total: 10, talk: 10, hold: 0, wait: 0 },
};
const settings = { tickets: { sessionFields: { queue_name: '301' } } };

const closed = { type: 'session.closed' as const };

async function chosen(desk: KeeperDesk) {
  await desk.keeper.choose('s', { contact: { id: 'ben' } });
  await desk.wait();
  await desk.hear(call, ended);
  await desk.hear(call, closed);
  const [ticket] = desk.madeBy('s');
  return { queueId: ticket!.origin!.queueId, fields: ticket!.fields };
}

describe('events that come while the agent chooses', () => {
  it('X5 R8 a queue change applies after the start: the last queue is written, and the menu selection stays', async () => {
    const desk = await KeeperDesk.start({ settings });
    await desk.assigned(call);
    await desk.hear(call, moved);
    assert.equal(desk.of('record.choice-needed').length, 1);
    assert.deepEqual(await chosen(desk), { queueId: 'orders', fields: { '301': 'Returns' } });
  });

  it('X5 R8 also after a reload', async () => {
    const journal = new SpyJournal();
    const before = await KeeperDesk.start({ settings, journal });
    before.platform.set({ ...call, agentId: '101' });
    await before.assigned(call);
    await before.hear(call, moved);
    before.keeper.stop();
    const { host, platform, time } = before;
    const desk = await KeeperDesk.start({ settings, journal, host, platform, time });
    await desk.wait();
    assert.deepEqual(await chosen(desk), { queueId: 'orders', fields: { '301': 'Returns' } });
  });

  it('R26 a queue change before the assignment applies at once', async () => {
    const desk = await KeeperDesk.start({ settings });
    const session = { ...call, customerNumber: '+14155550999' };
    await desk.hear(session, { type: 'session.offered', session });
    await desk.hear(session, moved);
    await desk.hear(session, { type: 'session.assigned', session: { ...session, queue: moved.queue }, agent: '101' });
    await desk.hear(session, ended);
    await desk.hear(session, closed);
    const [ticket] = desk.madeBy('s');
    assert.deepEqual([ticket!.origin!.queueId, ticket!.fields], ['returns', { '301': 'Returns' }]);
  });
});
