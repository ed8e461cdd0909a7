import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DraftStore } from '../../src/desktop/draft-store.js';
import { MemoryStore, openSealing } from '../../src/environment/in-memory.js';

describe('DraftStore', () => {
  it('A6 reports an unreadable draft and loads the others', async () => {
    const store = new MemoryStore();
    const draft = { notes: 'Wants a refund.', dispositions: ['billing'] };
    const values = ['sealed with a key that is gone', null, { sessionId: 'b' }, { sessionId: 'c', ...draft }];
    await store.commit({ table: 'drafts', add: values.map((value, at) => ({ id: String(at), value })) });
    const open = async (value: unknown) => {
      if (typeof value === 'string') throw new DOMException('', 'OperationError');
      return value;
    };
    let unreadable = 0;
    const storage = { store, crypto: { ...openSealing, open } };
    const drafts = new DraftStore(
      storage,
      () => 1,
      () => void unreadable++,
    );
    assert.deepEqual([...(await drafts.load())], [['c', draft]]);
    assert.equal(unreadable, 3);
  });
});
