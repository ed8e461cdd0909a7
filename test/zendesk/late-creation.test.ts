import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmHost } from '../../src/crm/crm-host.js';
import { DurableOutbox } from '../../src/outbox/durable-outbox.js';
import { MemoryStore, openSealing } from '../../src/environment/in-memory.js';
import { OutboxStore } from '../../src/outbox/outbox-store.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { asked, first, note, recordsOf, written } from '../zendesk-stand-in/records-client.js';
import { standInForTests } from '../zendesk-stand-in/stand-in-for-tests.js';

const standIn = await standInForTests();
const { control } = standIn;

const hour = 3_600_000;
const draft = (agent: string) => ({
  subject: 'Inbound call',
  comment: note(`call_started at the desktop of ${agent}`),
  origin: { sessionId: 's1', channel: 'ivr-call' as const, queueId: 'q' },
});

/** The desktop of agent 101 returns `late` milliseconds after the call and sends its creation. */
async function makeLate(late: number) {
  const time = new SimulatedTime();
  const at = new Date(time.now()).toISOString();
  await time.advance(late);
  const outbox = await DurableOutbox.open({
    host: recordsOf(standIn, { user: 101 }) as unknown as CrmHost,
    store: new OutboxStore({ store: new MemoryStore(), crypto: openSealing }),
    environment: { clock: time, timers: time },
    batching: () => ({ comments: true, updates: true, windowSeconds: 10 }),
  });
  const intent = { kind: 'create-ticket' as const, key: 's1/ticket', sessionId: 's1', at, contact: { id: '2001' } };
  await outbox.enqueue([{ ...intent, draft: draft('101') }]);
  await outbox.flush();
  outbox.stop();
  return outbox.entries[0]!;
}

describe('a late creation of a ticket', () => {
  it('R30 R13 finds the ticket that another desktop made, although Zendesk no longer has the key', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia Chen' }] });
    const made = await recordsOf(standIn, { user: 102 }).createTicket(
      { contactId: '2001', ...draft('102') },
      first('s1/ticket'),
    );
    await control.advance(3 * hour);
    const { state, result } = await makeLate(3 * hour);
    assert.deepEqual([state, result!.ticket!.id], ['settled', made.id]);
    assert.deepEqual(
      (await written(control)).map(({ what }) => what),
      ['ticket.created'],
    );
  });

  it('B4 is searched only if it is late', async () => {
    await control.reset({ users: [{ id: 2001, name: 'Mia Chen' }] });
    await asked(control);
    assert.equal((await makeLate(60_000)).state, 'settled');
    assert.deepEqual(await asked(control), ['POST /api/v2/tickets']);
  });
});
