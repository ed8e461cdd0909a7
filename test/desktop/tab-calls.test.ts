import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LeaderSnapshot } from '../../src/desktop/tabs/leader-link.js';
import { realEnvironment } from '../../src/environment/real-environment.js';
import { TabCalls } from '../../src/desktop/tabs/tab-calls.js';
import { memoryChannels } from '../../src/environment/in-memory.js';
import { settle } from '../../src/testing/simulated-time.js';

const channel = memoryChannels();
/** A tab that takes itself for the leader of this epoch, or follows. */
function tab(epoch?: number) {
  const shown: string[] = [];
  const line = new TabCalls({
    channel: channel(),
    environment: realEnvironment(),
    leads: () => epoch !== undefined,
    epoch: () => epoch ?? 0,
    told: () => ({ state: { status: `of ${epoch}` }, profile: {} }) as unknown as LeaderSnapshot,
    carryOut: () => Promise.resolve(),
    show: ({ state }) => void shown.push(state.status),
  });
  return { line, shown };
}

describe('TabLine', () => {
  it('A9 what a tab says that was replaced, and does not know it yet, is not shown', async () => {
    const [late, follower, leader] = [tab(1), tab(), tab(2)];
    late.line.tell();
    await settle();
    leader.line.tell();
    await settle();
    late.line.tell();
    await settle();
    assert.deepEqual(follower.shown, ['of 1', 'of 2']);
    leader.line.tell();
    await settle();
    assert.deepEqual(follower.shown.slice(2), ['of 2'], 'who leads is still heard');
  });
});
