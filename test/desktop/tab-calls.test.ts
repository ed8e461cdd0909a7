import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TabCalls } from '../../src/desktop/tabs/tab-calls.js';
import { PlatformSignIn } from '../../src/desktop/tabs/platform-sign-in.js';
import { defaultSettings } from '../../src/domain/settings.js';
import { memoryChannels } from '../../src/environment/in-memory.js';
import { realEnvironment } from '../../src/environment/real-environment.js';
import { SimulatedTelephony } from '../../src/simulator/index.js';
import { settle } from '../../src/testing/simulated-time.js';

const channel = memoryChannels();

/** A tab that takes itself for the leader of this epoch. Without an epoch it is a follower. */
async function tab(epoch?: number) {
  const shown: string[] = [];
  const signIn = new PlatformSignIn({
    telephony: new SimulatedTelephony(),
    settings: () => defaultSettings,
    emit: () => undefined,
    notifyAgent: () => undefined,
  });
  if (epoch !== undefined) await signIn.signIn({ id: '7', name: 'Alex Doe', teams: [] });
  new TabCalls({
    channel: channel(),
    environment: realEnvironment(),
    election: { leads: epoch !== undefined, epoch: epoch ?? 0 },
    signIn,
    carryOut: () => Promise.resolve(),
  });
  signIn.subscribe(({ state }) => void shown.push(state.status));
  const send = async () => {
    const { profile, state } = signIn.snapshot!;
    signIn.show({ profile, state: { ...state, status: `of ${epoch}` } });
    await settle();
  };
  return { send, shown };
}

describe('TabCalls', () => {
  it('A9 a follower shows no snapshot of a leader that was replaced', async () => {
    const [late, follower, leader] = [await tab(1), await tab(), await tab(2)];
    await late.send();
    await leader.send();
    await late.send();
    // The first snapshot of each leader comes again when the follower asks for all changes.
    assert.deepEqual(follower.shown, ['of 1', 'of 1', 'of 2', 'of 2']);
    await leader.send();
    assert.deepEqual(follower.shown.slice(4), ['of 2'], 'the follower still shows the leader');
  });
});
