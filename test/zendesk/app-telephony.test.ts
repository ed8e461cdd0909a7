import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { createTelephony } from '../../src/zendesk/app/telephony.js';

const agent = { id: '101', name: 'Alex Morgan', email: 'alex@velora.example', teams: ['support'] };
const rules = { record: true, autoAnswer: false, wrapUpSeconds: { inbound: 0, outbound: 0 }, maxChats: 3 };

/** A browser's storage for Node. Access to it may be refused. */
function given(name: 'localStorage' | 'sessionStorage', refused = false): Map<string, string> {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
  const get = () => {
    if (refused) throw new DOMException('Access is denied', 'SecurityError');
    return storage;
  };
  Object.defineProperty(globalThis, name, { get, configurable: true });
  return items;
}

async function signedIn() {
  const telephony = createTelephony();
  await telephony.connect(agent, rules);
  await telephony.setStatus('break');
  await telephony.disconnect();
}

describe('the platform in the Zendesk app', () => {
  afterEach(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(globalThis, name, { value: undefined, configurable: true });
  });

  it('A9 tabs share its state, under a key without personal data', async () => {
    const [local, session] = [given('localStorage'), given('sessionStorage')];
    await signedIn();
    assert.deepEqual([[...local.keys()], session.size], [['ccai-simulated-platform'], 0]);
    const other = createTelephony();
    assert.equal((await other.connect(agent, rules)).status, 'break');
    await other.disconnect();
  });

  it('A9 its state outlives a reload if localStorage is refused, and it works without any storage', async () => {
    given('localStorage', true);
    const session = given('sessionStorage');
    await signedIn();
    assert.deepEqual([...session.keys()], ['ccai-simulated-platform']);
    given('sessionStorage', true);
    await signedIn();
  });

  it('R13 its directory has no colleague, because it knows no user of the account', async () => {
    const telephony = createTelephony({ profile: { capabilities: ['directory'] } });
    await telephony.connect(agent, rules);
    const { items } = await telephony.directory('');
    assert.deepEqual([...new Set(items.map(({ kind }) => kind))], ['queue', 'outside']);
    await telephony.disconnect();
  });
});
