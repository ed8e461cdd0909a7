import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LeaderElection } from '../../src/desktop/tabs/leader-election.js';
import { MemoryLocks, memoryChannels } from '../../src/environment/in-memory.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { MIA, MIAS, crmData } from '../support/crm-data.js';
import { Desk } from '../support/desk.js';

const hour = 3_600_000;

/** Puts the machine's clock one hour back. Timers run as before. */
function putBack(time: SimulatedTime): void {
  const right = time.now.bind(time);
  Object.assign(time, { now: () => right() - hour });
}

describe('a clock that is put back one hour', () => {
  it('F14 does not stretch the limit of ten calls a minute to an hour', async () => {
    const desk = await Desk.start({ host: { data: crmData }, settings: { tickets: { append: false } } });
    desk.telephony.trouble = { dial: 'restricted' };
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    for (let press = 0; press < 11; press++) await desk.form({ type: 'call' });
    assert.equal(desk.failure?.failReason, 'too_many_calls');
    putBack(desk.time);
    await desk.form({ type: 'call' });
    assert.equal(desk.failure?.failReason, 'too_many_calls');
    await desk.wait(61_000);
    await desk.form({ type: 'call' });
    assert.equal(desk.failure?.code, 'restricted');
  });

  it('R27 does not change the duration of a call', async () => {
    const telephony = { profile: { capabilities: allCapabilities } } as never;
    const desk = await Desk.start({ host: { data: crmData }, telephony });
    const ends: { talk: number }[] = [];
    desk.telephony.subscribe((event) => event.type === 'session.ended' && ends.push(event.durations));
    const id = desk.telephony.incoming({ number: MIAS, answered: true });
    await desk.wait(30_000);
    await desk.telephony.setMuted(id, true);
    putBack(desk.time);
    await desk.wait(30_000);
    desk.telephony.hangUp(id);
    await desk.wait(1000);
    assert.equal(ends.length, 1);
    assert.ok(ends[0]!.talk >= 29 && ends[0]!.talk <= 60, JSON.stringify(ends));
  });

  it('A9 does not keep a silent leader from being replaced', async () => {
    const time = new SimulatedTime();
    const [locks, channel] = [new MemoryLocks(), memoryChannels()];
    // This tab holds the lock and never answers.
    void locks.request('line', {}, () => new Promise(() => undefined));
    const tab = new LeaderElection({
      ...{ locks, channel: channel(), environment: { clock: time, timers: time, random: () => 'id' } },
      ...{ gained: () => undefined, lost: () => undefined, mayYield: () => true, yielding: async () => undefined },
    });
    await time.advance(1000);
    putBack(time);
    await time.advance(25_000);
    assert.equal(tab.leads, true);
    tab.stop();
  });
});
