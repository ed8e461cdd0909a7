import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { MIAS } from '../support/crm-data.js';
import { KeeperDesk } from '../support/keeper-desk.js';

const call: Session = {
  id: 'a',
  channel: 'ivr-call',
  direction: 'inbound',
  customerNumber: MIAS,
  queue: { id: 'orders', path: ['Orders'] },
};

/** A call that has joined ticket 2, and the tickets that the keeper reads from then on. */
async function joined(agent?: null) {
  const desk = await KeeperDesk.start(agent === null ? { agent } : {});
  const read: string[] = [];
  const { host } = desk;
  const getTicket = host.getTicket.bind(host);
  host.getTicket = (id, options) => {
    read.push(id);
    return getTicket(id, options);
  };
  await desk.hear(call, { type: 'session.assigned', session: call, agent: '101' });
  return {
    desk,
    host,
    read,
    told: () => desk.of('record.ticket-read').map(({ ticket }) => [ticket.id, ticket.status]),
    openDetails: async () => {
      desk.keeper.readTicket('a');
      await desk.wait();
    },
  };
}

describe('the number and status of a session’s ticket', () => {
  it('A16 Q5 are not read at the answer where the look-up has just told them', async () => {
    const { desk, read } = await joined();
    await desk.wait(2000);
    await desk.hear(call, { type: 'session.connected' });
    assert.deepEqual(read, []);
  });

  it('A16 are read at a late answer', async () => {
    const { desk, host, read, told } = await joined();
    await desk.wait(60_000);
    host.setStatus('2', 'pending');
    await desk.hear(call, { type: 'session.connected' });
    assert.deepEqual([read, told()], [['2'], [['2', 'pending']]]);
  });

  it('A16 are read when Details open, and name the ticket that the session’s was merged into', async () => {
    const { desk, host, read, told, openDetails } = await joined();
    await desk.wait(60_000);
    host.merge('2', '5');
    host.merge('5', '1');
    await openDetails();
    assert.deepEqual([read, told()], [['2', '5', '1'], [['1', 'pending']]]);
    await openDetails();
    assert.equal(read.length, 3, 'not again at once');
    await desk.wait(60_000);
    await openDetails();
    assert.equal(read.length, 6);
  });

  it('A16 are read after a write that told of a merge', async () => {
    const { desk, host, read, told } = await joined();
    host.merge('2', '1');
    host.setStatus('1', 'hold');
    await desk.hear(call, { type: 'custom-data.received', data: { order: 'A-1' } });
    assert.deepEqual([read, told()], [['1'], [['1', 'hold']]]);
    await desk.hear(call, { type: 'custom-data.received', data: { order: 'A-2' } });
    assert.equal(read.length, 1, 'the next write tells nothing new');
  });

  it('A16 stay as they are where the CRM does not answer, and are read at the next opportunity', async () => {
    const { desk, host, told, openDetails } = await joined();
    await desk.wait(60_000);
    host.failNext('getTicket', 'offline', 1);
    await openDetails();
    assert.deepEqual([told(), desk.of('record.failed'), desk.problems], [[], [], []]);
    await openDetails();
    assert.deepEqual(told(), [['2', 'hold']]);
  });

  it('A16 G11 are not read by a server, which has no screen', async () => {
    const { desk, read } = await joined(null);
    await desk.wait(60_000);
    await desk.hear(call, { type: 'session.connected' });
    assert.deepEqual(read, []);
  });
});
