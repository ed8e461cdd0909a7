import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DraftStore } from '../../src/desktop/draft-store.js';
import { MemoryStore, openSealing } from '../../src/environment/in-memory.js';

describe('DraftMemory', () => {
  it('A6 one draft that cannot be read takes no other with it, and is told', async () => {
    const store = new MemoryStore();
    const draft = { notes: 'Wants a refund.', dispositions: ['billing'] };
    const values = ['sealed with a key that is gone', null, { sessionId: 'b' }, { sessionId: 'c', ...draft }];
    await store.commit({ table: 'drafts', add: values.map((value, at) => ({ id: String(at), value })) });
    const open = async (value: unknown) => {
      if (typeof value === 'string') throw new DOMException('', 'OperationError');
      return value;
    };
    let told = 0;
    const storage = { store, crypto: { ...openSealing, open } };
    const memory = new DraftStore(
      storage,
      () => 1,
      () => void told++,
    );
    assert.deepEqual([...(await memory.load())], [['c', draft]]);
    assert.equal(told, 3);
  });
});
