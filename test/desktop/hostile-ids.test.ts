import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDesktop } from '../../src/desktop/agent-desktop.js';
import { MIAS, crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';
import { simulatedEnvironment } from '../support/sealed-storage.js';
import { hostileIds, EmittingPlatform } from '../support/emitting-platform.js';

const start = async () => {
  const tab = await TestTab.start({ host: { data: crmData }, Platform: EmittingPlatform });
  tab.desktop.send({ type: 'setStatus', status: 'available' });
  await tab.wait();
  return { tab, platform: tab.telephony as EmittingPlatform };
};
const errorsOf = (tab: TestTab) => tab.events.flatMap((event) => (event.type === 'error' ? [event.code] : []));
/** The next call rings, and can be answered. */
async function nextCallRings(tab: TestTab): Promise<void> {
  const id = tab.telephony.incoming({ number: MIAS });
  await tab.wait(2000);
  assert.equal(tab.desktop.snapshot.session?.context.session.id, id);
  assert.equal(tab.screen, 'incoming');
  tab.desktop.send({ type: 'session', sessionId: id, command: { type: 'act', act: { do: 'answer' } } });
  await tab.wait(5000);
  assert.equal(tab.phase, 'connected');
}

describe('session ids from outside', () => {
  it('A5 B5 after an event of an unknown session with any ID the next call rings', async () => {
    const { tab, platform } = await start();
    for (const sessionId of hostileIds) {
      platform.emit(tab, { type: 'session.muted', sessionId, muted: true });
      platform.emit(tab, { type: 'session.ended', sessionId, endedBy: 'customer' });
      platform.emit(tab, { type: 'session.closed', sessionId });
      await tab.wait();
    }
    assert.ok(!errorsOf(tab).includes('restarted'));
    await nextCallRings(tab);
  });

  for (const id of hostileIds)
    it(`A5 R26 a call with the ID ${JSON.stringify(id)} rings, is recorded, and leaves the panel`, async () => {
      const { tab, platform } = await start();
      const session = {
        id,
        channel: 'ivr-call',
        direction: 'inbound',
        customerNumber: MIAS,
        queue: { id: 'q', path: ['Q'] },
      };
      platform.emit(tab, { type: 'session.offered', sessionId: id, session });
      await tab.wait(1000);
      assert.equal(tab.desktop.snapshot.session?.context.session.id, id);
      platform.emit(tab, { type: 'session.assigned', sessionId: id, session, agent: '101' });
      platform.emit(tab, { type: 'session.connected', sessionId: id });
      tab.desktop.send({ type: 'session', sessionId: id, command: { type: 'draft', notes: 'A note' } });
      await tab.wait(2000);
      assert.equal(tab.phase, 'connected');
      assert.equal(tab.session.context.draft.notes, 'A note');
      platform.emit(tab, { type: 'session.ended', sessionId: id, endedBy: 'customer' });
      platform.emit(tab, { type: 'session.closed', sessionId: id });
      await tab.wait(20_000);
      const made = tab.host.tickets().filter(({ origin }) => origin?.sessionId === id);
      assert.equal(made.length, 1);
      const logged = tab.events.flatMap((event) => (event.type === 'log' ? [event.message] : []));
      assert.ok(logged.length > 0 && logged.every((line) => !/[\n\r]/.test(line)));
      assert.ok(!errorsOf(tab).includes('restarted'));
      await nextCallRings(tab);
    });
});

describe('an error in the leader’s statechart', () => {
  /** A desktop whose next timer can be made to fail. */
  async function withFaultyTimers() {
    const { tab, platform } = await start();
    const { time, host, telephony } = tab;
    const fault = { next: false, from: Infinity };
    const timers = {
      setTimeout: (run: () => void, milliseconds: number) => {
        if (fault.next || milliseconds >= fault.from) {
          fault.next = false;
          throw new Error('No timer.');
        }
        return time.setTimeout(run, milliseconds);
      },
      clearTimeout: (timer: unknown) => time.clearTimeout(timer as never),
    };
    tab.desktop.stop();
    const environment = { ...simulatedEnvironment(time, (id) => `faulty-${id}`), timers };
    tab.desktop = createDesktop({ host, telephony, environment });
    tab.desktop.onEvent((event) => tab.events.push(event));
    tab.desktop.start();
    await tab.wait();
    tab.desktop.send({ type: 'setStatus', status: 'available' });
    await tab.wait();
    return { tab, platform, fault };
  }

  it('A5 it goes on with the call that is on, reports the error to the agent, and the next call rings', async () => {
    const { tab, platform, fault } = await withFaultyTimers();
    const first = tab.telephony.incoming({ number: MIAS });
    await tab.wait(2000);
    tab.desktop.send({ type: 'session', sessionId: first, command: { type: 'act', act: { do: 'answer' } } });
    tab.desktop.send({ type: 'session', sessionId: first, command: { type: 'draft', notes: 'Half a note' } });
    await tab.wait(5000);
    assert.equal(tab.phase, 'connected');
    const at = (seconds: number) => new Date(tab.time.now() + seconds * 1000).toISOString();
    const session = {
      id: 'chat-1',
      channel: 'web-chat',
      direction: 'inbound',
      customer: { name: 'Tom', authenticated: false },
    };
    fault.next = true;
    platform.emit(tab, { type: 'session.offered', sessionId: 'chat-1', session, expiresAt: at(30) });
    await tab.wait();
    assert.equal(fault.next, false, 'the error was met');
    assert.ok(errorsOf(tab).includes('restarted'));
    assert.equal(tab.desktop.records.problems?.find(({ code }) => code === 'restarted')?.times, 1);
    assert.equal(tab.session.context.session.id, first);
    assert.equal(tab.phase, 'connected');
    assert.equal(tab.session.context.draft.notes, 'Half a note');
    platform.emit(tab, {
      type: 'session.offered',
      sessionId: 'chat-2',
      session: { ...session, id: 'chat-2' },
      expiresAt: at(30),
    });
    await tab.wait();
    assert.ok(Object.hasOwn(tab.desktop.snapshot.agent.context.leader.calls, 'chat-2'));
    await tab.hangUp();
    await tab.wait(60_000);
    assert.equal(tab.host.tickets().filter(({ origin }) => origin?.sessionId === first).length, 1);
  });

  it('A5 it leaves out a session that it cannot take up again, and the call that is on goes on', async () => {
    const { tab, platform, fault } = await withFaultyTimers();
    const first = tab.telephony.incoming({ number: MIAS });
    await tab.wait(2000);
    tab.desktop.send({ type: 'session', sessionId: first, command: { type: 'act', act: { do: 'answer' } } });
    await tab.wait(5000);
    const offer = (id: string) => {
      const session = {
        id,
        channel: 'web-chat',
        direction: 'inbound',
        customer: { name: 'Tom', authenticated: false },
      };
      const expiresAt = new Date(tab.time.now() + 1_100_000).toISOString();
      platform.emit(tab, { type: 'session.offered', sessionId: id, session, expiresAt });
    };
    offer('chat-1');
    await tab.wait();
    fault.from = 1_000_000;
    offer('chat-2');
    await tab.wait();
    assert.equal(errorsOf(tab).filter((code) => code === 'restarted').length, 2);
    assert.equal(tab.phase, 'connected');
    assert.deepEqual(Object.keys(tab.desktop.snapshot.agent.context.leader.calls), [first]);
  });
});
