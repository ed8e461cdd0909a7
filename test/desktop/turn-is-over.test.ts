import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MemoryStore } from '../../src/environment/in-memory.js';
import { crmData, MIA, MIAS } from '../support/crm-data.js';
import { sealedStorage } from '../support/sealed-storage.js';
import { TestTab } from '../support/test-tab.js';

it('A9 B5 a tab without rows to send notices with the next call that its turn is over, and records the call', async () => {
  const store = new MemoryStore();
  const tab = await TestTab.start({
    host: { data: crmData },
    environment: (time) => ({ storage: () => Promise.resolve(sealedStorage(time, store)) }),
  });
  // Another tab led for a moment, and is gone.
  await store.nextEpoch();
  await tab.dial({ from: 'ticket', ticketId: '1', number: MIAS });
  await tab.form({ type: 'call' });
  await tab.connect();
  await tab.wait(30_000);
  assert.deepEqual([tab.host.ticket('1').contactId, tab.feet('1')], [MIA, ['call_started']]);
});
