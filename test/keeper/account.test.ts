import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { MIAS } from '../support/crm-data.js';
import { KeeperDesk } from '../support/keeper-desk.js';

const call = (id: string, customerNumber: string): Session => ({
  id,
  channel: 'ivr-call',
  direction: 'inbound',
  customerNumber,
  platformNumber: '+18005550100',
  queue: { id: 'orders', path: ['Shop', 'Orders'] },
});
const ofAgent = (id: string) => ({ owner: id }) as object;
const ended = { total: 9, talk: 5, hold: 0, wait: 4 };

describe('a keeper that serves an account', () => {
  it('R30 R6 records the sessions of all agents, each with its own agent as author and assignee', async () => {
    const desk = await KeeperDesk.start({ agent: null, options: { opensTickets: false } });
    for (const [id, agent, number] of [
      ['a', '101', MIAS],
      ['b', '102', '+14155550166'],
    ] as const) {
      await desk.hear(call(id, number), {
        type: 'session.assigned',
        session: { ...call(id, number), agentId: agent },
        agent,
        ...ofAgent(agent),
      });
      await desk.hear(call(id, number), {
        type: 'session.ended',
        endedBy: 'customer',
        durations: ended,
        ...ofAgent(agent),
      });
      await desk.hear(call(id, number), { type: 'session.closed', ...ofAgent(agent) });
    }
    const written = desk.outbox.entries.filter(({ intent }) => /finished$/.test(intent.key));
    assert.deepEqual(
      written.map(({ intent, state }) => [
        intent.sessionId,
        intent.kind === 'write-ticket' && intent.comment?.authorId,
        state,
      ]),
      [
        ['a', '101', 'settled'],
        ['b', '102', 'settled'],
      ],
    );
    assert.deepEqual(desk.problems, []);
  });

  it('R23 opens no ticket, because no agent sits in front of it', async () => {
    const withAgent = await KeeperDesk.start();
    await withAgent.assigned(call('a', MIAS));
    const account = await KeeperDesk.start({ agent: null, options: { opensTickets: false } });
    await account.assigned({ ...call('a', MIAS), agentId: '101' });
    const opened = ({ outbox }: KeeperDesk) => outbox.entries.filter(({ intent }) => intent.kind === 'open-ticket');
    assert.deepEqual([opened(withAgent).length, opened(account).length], [1, 0]);
  });

  it('R17 keeps as many closed sessions as its options allow', async () => {
    const kept = async (closed: number) => {
      const desk = await KeeperDesk.start({ agent: null, options: { remembers: { unknown: 50, closed } } });
      for (let at = 0; at < 4; at++) {
        const session = { ...call(`s${at}`, MIAS), agentId: '101' };
        await desk.assigned(session);
        await desk.hear(session, { type: 'session.ended', endedBy: 'agent', durations: ended });
        await desk.hear(session, { type: 'session.closed' });
      }
      return [0, 1, 2, 3].filter((at) => desk.keeper.recordOf(`s${at}`) !== undefined);
    };
    assert.deepEqual(
      [await kept(2), await kept(50)],
      [
        [2, 3],
        [0, 1, 2, 3],
      ],
    );
  });
});
