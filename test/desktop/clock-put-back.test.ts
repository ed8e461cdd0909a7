import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LeaderElection } from '../../src/desktop/tabs/leader-election.js';
import { MemoryLocks, memoryChannels } from '../../src/environment/in-memory.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { MIA, MIAS, crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

const hour = 3_600_000;

/** Puts the machine's clock one hour back. Timers run as before. */
function putBack(time: SimulatedTime): void {
  const right = time.now.bind(time);
  Object.assign(time, { now: () => right() - hour });
}

describe('a clock that is put back one hour', () => {
  it('F14 does not stretch the limit of ten calls a minute to an hour', async () => {
    const tab = await TestTab.start({ host: { data: crmData }, settings: { tickets: { append: false } } });
    tab.telephony.trouble = { dial: 'restricted' };
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    for (let press = 0; press < 11; press++) await tab.form({ type: 'call' });
    assert.equal(tab.failure?.failReason, 'too_many_calls');
    putBack(tab.time);
    await tab.form({ type: 'call' });
    assert.equal(tab.failure?.failReason, 'too_many_calls');
    await tab.wait(61_000);
    await tab.form({ type: 'call' });
    assert.equal(tab.failure?.code, 'restricted');
  });

  it('R27 does not change the duration of a call', async () => {
    const telephony = { profile: { capabilities: allCapabilities } } as never;
    const tab = await TestTab.start({ host: { data: crmData }, telephony });
    const ends: { talk: number }[] = [];
    tab.telephony.subscribe((event) => event.type === 'session.ended' && ends.push(event.durations));
    const id = tab.telephony.incoming({ number: MIAS, answered: true });
    await tab.wait(30_000);
    await tab.telephony.setMuted(id, true);
    putBack(tab.time);
    await tab.wait(30_000);
    tab.telephony.hangUp(id);
    await tab.wait(1000);
    assert.equal(ends.length, 1);
    assert.ok(ends[0]!.talk >= 29 && ends[0]!.talk <= 60, JSON.stringify(ends));
  });

  it('A9 does not keep a silent leader from being replaced', async () => {
    const time = new SimulatedTime();
    const [locks, channel] = [new MemoryLocks(), memoryChannels()];
    // This tab holds the lock and never answers.
    void locks.request('line', {}, () => new Promise(() => undefined));
    const follower = new LeaderElection({
      ...{ locks, channel: channel(), environment: { clock: time, timers: time, random: () => 'id' } },
      ...{ gained: () => undefined, lost: () => undefined, mayYield: () => true, yielding: async () => undefined },
    });
    await time.advance(1000);
    putBack(time);
    await time.advance(25_000);
    assert.equal(follower.leads, true);
    follower.stop();
  });
});
