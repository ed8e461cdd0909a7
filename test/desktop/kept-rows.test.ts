import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { DayStore } from '../../src/desktop/day-store.js';
import { DraftStore } from '../../src/desktop/draft-store.js';
import type { Stored } from '../../src/environment/environment.js';
import { MemoryStore, openSealing } from '../../src/environment/in-memory.js';
import { crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

/**
 * Rows by table, as version 0.1.0 stored them before its source moved: a call on ticket 1001 whose end and recording
 * wait in the outbox, a call that waits for a look-up, a draft, the day, and a dialled plan.
 */
const rows = JSON.parse(readFileSync(new URL('./fixtures/kept-rows.json', import.meta.url), 'utf8')) as Record<
  string,
  readonly Stored[]
>;
const [recorded, waiting] = ['101-mm8y7c00-1', '101-mm8y7c00-11'];

async function keptStore(): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const [table, put] of Object.entries(rows)) await store.commit({ table, put });
  return store;
}

describe('rows of an earlier version', () => {
  it('B5 R8 this version writes the outbox and the journal once, and takes back the plan', async () => {
    const store = await keptStore();
    const ticket = { ...crmData.tickets![0]!, id: '1001', contactId: 'mia', status: 'open' as const };
    const cancelled: string[] = [];
    const tab = await TestTab.start({
      host: { data: { ...crmData, tickets: [...crmData.tickets!, ticket] } },
      environment: () => ({ storage: () => Promise.resolve({ store, crypto: openSealing }) }),
    });
    const { telephony } = tab;
    telephony.cancelDial = (key) => Promise.resolve(void cancelled.push(key));
    await tab.wait(600_000);
    const bodies = (id: string) => tab.host.comments(id).map(({ body }) => body.split('\n')[0]);
    assert.deepEqual(bodies('1001'), ['call_finished', 'Call recording']);
    const made = tab.host.tickets().filter(({ origin }) => origin?.sessionId === waiting);
    assert.equal(made.length, 1);
    assert.deepEqual(tab.feet(made[0]!.id), ['call_started', 'call_finished']);
    assert.match(tab.written(made[0]!.id)[1]!, / · 7 s\n/, 'the end was stored without a card');
    assert.equal(tab.host.tickets().filter(({ origin }) => origin?.sessionId === recorded).length, 0);
    assert.deepEqual(cancelled, ['an earlier plan']);
    assert.deepEqual(tab.desktop.records.records, []);
    await tab.desktop.stop();
  });

  it('A3 A6 this version reads the draft and the day', async () => {
    const storage = { store: await keptStore(), crypto: openSealing };
    const drafts = await new DraftStore(storage, () => 1).load();
    assert.deepEqual([...drafts], [[waiting, { notes: 'Call her back', dispositions: [] }]]);
    const day = await new DayStore(storage, { now: () => Date.parse('2026-03-02T12:00:00Z') }, () => 1).load();
    assert.deepEqual([day?.callsToday, day?.lastCall?.sessionId], [2, waiting]);
  });
});
