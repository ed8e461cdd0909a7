import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TicketWrite } from '../../src/crm/crm-host.js';
import { DurableOutbox } from '../../src/outbox/durable-outbox.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { note } from '../support/intents.js';

describe('expired rows', () => {
  it('B5 a week-old row that was being sent counts as maybe applied, and is not written twice if accepted again', async () => {
    const { clock, host, outbox, store, bodies } = await setUpOutbox((memory) => ({
      writeTickets: (writes: readonly TicketWrite[]) => {
        void memory.writeTickets(writes);
        return new Promise(() => undefined);
      },
    }));
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(1000);
    // The page ends before the CRM's answer, and nobody works for more than a week.
    outbox.stop();
    await clock.advance(8 * 24 * 3_600_000);
    const attempts: string[] = [];
    const port = new Proxy(host, {
      get: (target, name) => {
        if (name === 'writeTickets')
          return (writes: readonly TicketWrite[]) => {
            attempts.push(...writes.map(({ attempt }) => attempt));
            return target.writeTickets(writes);
          };
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const next = await DurableOutbox.open({
      ...{ host: port, store, environment: { clock, timers: clock } },
      batching: () => ({ comments: false, updates: false, windowSeconds: 10 }),
    });
    const states = () => next.entries.map(({ state }) => state);
    assert.deepEqual(states(), ['expired']);
    await next.enqueue([note('a', { id: '1' })]);
    await clock.advance(60_000);
    assert.deepEqual([states(), attempts, bodies('1')], [['settled'], ['maybe-applied'], ['a']]);
  });
});
