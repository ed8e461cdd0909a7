import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { MIAS } from '../support/crm-data.js';
import { KeeperDesk } from '../support/keeper-desk.js';

const call: Session = {
  ...{ id: 's', channel: 'ivr-call', direction: 'inbound', customerNumber: MIAS },
  queue: { id: 'q1', path: ['Shop', 'Orders'] },
};
const target = { kind: 'queue', id: 'returns', label: 'Returns' } as const;

describe('a caller who abandons after an agent has had the call', () => {
  for (const forAbandonedCalls of [true, false])
    it(`R4 S7 is noted once, on the existing ticket, and gets no second one: S7 ${forAbandonedCalls}`, async () => {
      const desk = await KeeperDesk.start({ settings: { tickets: { forAbandonedCalls } } });
      await desk.assigned(call);
      await desk.hear(call, { type: 'transfer.finished', target, mode: 'cold' });
      await desk.hear(call, { type: 'session.queue-changed', queue: { id: 'returns', path: ['Returns'] } });
      const session = { ...call, queue: { id: 'returns', path: ['Returns'] } };
      await desk.hear(call, { type: 'session.abandoned', session });
      await desk.hear(call, { type: 'session.abandoned', session });
      const [ticket, ...more] = desk.madeBy('s');
      assert.deepEqual(more, []);
      assert.deepEqual(
        desk.host
          .comments(ticket!.id)
          .slice(1)
          .map(({ body, public: open, authorId }) => ({ body, open, authorId })),
        [
          {
            body: '☎ Transferred to Returns · Mia Chen · +1 415 555 0132\ncall_handed_over · s',
            open: false,
            authorId: '101',
          },
          // R33: nobody did it, and S9 names no user.
          {
            body: 'Automatic: ☎ Abandoned call from Mia Chen · +1 415 555 0132\nReturns\ncall_abandoned · s',
            open: false,
            authorId: '101',
          },
        ],
      );
      assert.equal(ticket!.assigneeId, '101');
      await desk.hear(call, { type: 'session.ended', endedBy: 'customer', durations: { total: 9, wait: 9 } as never });
      await desk.hear(call, { type: 'session.closed' });
      await desk.wait(600_000);
      assert.equal(desk.host.comments(ticket!.id).length, 3, 'R31: it has no end card');
      assert.equal(desk.keeper.waiting, 0);
    });

  it('R4 a caller whom no agent has had gets a ticket and no note, even if the platform repeats the event', async () => {
    const desk = await KeeperDesk.start();
    await desk.hear(call, { type: 'session.abandoned', session: call });
    await desk.hear(call, { type: 'session.abandoned', session: call });
    const [ticket, ...more] = desk.madeBy('s');
    assert.deepEqual(more, []);
    assert.deepEqual(desk.written(ticket!.id), ['call_abandoned']);
  });
});
