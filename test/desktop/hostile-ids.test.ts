import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDesktop } from '../../src/desktop/agent-desktop.js';
import { MIAS, crmData } from '../support/crm-data.js';
import { Desk } from '../support/desk.js';
import { simulatedEnvironment } from '../support/sealed-storage.js';
import { hostileIds, EmittingPlatform } from '../support/emitting-platform.js';

const start = async () => {
  const desk = await Desk.start({ host: { data: crmData }, Platform: EmittingPlatform });
  desk.desktop.send({ type: 'setStatus', status: 'available' });
  await desk.wait();
  return { desk, platform: desk.telephony as EmittingPlatform };
};
const errorsOf = (desk: Desk) => desk.events.flatMap((event) => (event.type === 'error' ? [event.code] : []));
/** The next call rings, and can be answered. */
async function nextCallRings(desk: Desk): Promise<void> {
  const id = desk.telephony.incoming({ number: MIAS });
  await desk.wait(2000);
  assert.equal(desk.desktop.snapshot.session?.context.session.id, id);
  assert.equal(desk.screen, 'incoming');
  desk.desktop.send({ type: 'session', sessionId: id, command: { type: 'act', act: { do: 'answer' } } });
  await desk.wait(5000);
  assert.equal(desk.phase, 'connected');
}

describe('session ids from outside', () => {
  it('A5 B5 after an event of an unknown session with any ID the next call rings', async () => {
    const { desk, platform } = await start();
    for (const sessionId of hostileIds) {
      platform.emit(desk, { type: 'session.muted', sessionId, muted: true });
      platform.emit(desk, { type: 'session.ended', sessionId, endedBy: 'customer' });
      platform.emit(desk, { type: 'session.closed', sessionId });
      await desk.wait();
    }
    assert.ok(!errorsOf(desk).includes('restarted'));
    await nextCallRings(desk);
  });

  for (const id of hostileIds)
    it(`A5 R26 a call with the ID ${JSON.stringify(id)} rings, is recorded, and leaves the panel`, async () => {
      const { desk, platform } = await start();
      const session = {
        id,
        channel: 'ivr-call',
        direction: 'inbound',
        customerNumber: MIAS,
        queue: { id: 'q', path: ['Q'] },
      };
      platform.emit(desk, { type: 'session.offered', sessionId: id, session });
      await desk.wait(1000);
      assert.equal(desk.desktop.snapshot.session?.context.session.id, id);
      platform.emit(desk, { type: 'session.assigned', sessionId: id, session, agent: '101' });
      platform.emit(desk, { type: 'session.connected', sessionId: id });
      desk.desktop.send({ type: 'session', sessionId: id, command: { type: 'draft', notes: 'A note' } });
      await desk.wait(2000);
      assert.equal(desk.phase, 'connected');
      assert.equal(desk.session.context.draft.notes, 'A note');
      platform.emit(desk, { type: 'session.ended', sessionId: id, endedBy: 'customer' });
      platform.emit(desk, { type: 'session.closed', sessionId: id });
      await desk.wait(20_000);
      const made = desk.host.tickets().filter(({ origin }) => origin?.sessionId === id);
      assert.equal(made.length, 1);
      const logged = desk.events.flatMap((event) => (event.type === 'log' ? [event.message] : []));
      assert.ok(logged.length > 0 && logged.every((line) => !/[\n\r]/.test(line)));
      assert.ok(!errorsOf(desk).includes('restarted'));
      await nextCallRings(desk);
    });
});

describe('an error in the leader’s statechart', () => {
  /** A desktop whose next timer can be made to fail. */
  async function withFaultyTimers() {
    const { desk, platform } = await start();
    const { time, host, telephony } = desk;
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
    desk.desktop.stop();
    const environment = { ...simulatedEnvironment(time, (id) => `faulty-${id}`), timers };
    desk.desktop = createDesktop({ host, telephony, environment });
    desk.desktop.onEvent((event) => desk.events.push(event));
    desk.desktop.start();
    await desk.wait();
    desk.desktop.send({ type: 'setStatus', status: 'available' });
    await desk.wait();
    return { desk, platform, fault };
  }

  it('A5 it goes on with the call that is on, reports the error to the agent, and the next call rings', async () => {
    const { desk, platform, fault } = await withFaultyTimers();
    const first = desk.telephony.incoming({ number: MIAS });
    await desk.wait(2000);
    desk.desktop.send({ type: 'session', sessionId: first, command: { type: 'act', act: { do: 'answer' } } });
    desk.desktop.send({ type: 'session', sessionId: first, command: { type: 'draft', notes: 'Half a note' } });
    await desk.wait(5000);
    assert.equal(desk.phase, 'connected');
    const at = (seconds: number) => new Date(desk.time.now() + seconds * 1000).toISOString();
    const session = {
      id: 'chat-1',
      channel: 'web-chat',
      direction: 'inbound',
      customer: { name: 'Tom', authenticated: false },
    };
    fault.next = true;
    platform.emit(desk, { type: 'session.offered', sessionId: 'chat-1', session, expiresAt: at(30) });
    await desk.wait();
    assert.equal(fault.next, false, 'the error was met');
    assert.ok(errorsOf(desk).includes('restarted'));
    assert.equal(desk.desktop.records.problems?.find(({ code }) => code === 'restarted')?.times, 1);
    assert.equal(desk.session.context.session.id, first);
    assert.equal(desk.phase, 'connected');
    assert.equal(desk.session.context.draft.notes, 'Half a note');
    platform.emit(desk, {
      type: 'session.offered',
      sessionId: 'chat-2',
      session: { ...session, id: 'chat-2' },
      expiresAt: at(30),
    });
    await desk.wait();
    assert.ok(Object.hasOwn(desk.desktop.snapshot.agent.context.leader.calls, 'chat-2'));
    await desk.hangUp();
    await desk.wait(60_000);
    assert.equal(desk.host.tickets().filter(({ origin }) => origin?.sessionId === first).length, 1);
  });

  it('A5 it leaves out a session that it cannot take up again, and the call that is on goes on', async () => {
    const { desk, platform, fault } = await withFaultyTimers();
    const first = desk.telephony.incoming({ number: MIAS });
    await desk.wait(2000);
    desk.desktop.send({ type: 'session', sessionId: first, command: { type: 'act', act: { do: 'answer' } } });
    await desk.wait(5000);
    const offer = (id: string) => {
      const session = {
        id,
        channel: 'web-chat',
        direction: 'inbound',
        customer: { name: 'Tom', authenticated: false },
      };
      const expiresAt = new Date(desk.time.now() + 1_100_000).toISOString();
      platform.emit(desk, { type: 'session.offered', sessionId: id, session, expiresAt });
    };
    offer('chat-1');
    await desk.wait();
    fault.from = 1_000_000;
    offer('chat-2');
    await desk.wait();
    assert.equal(errorsOf(desk).filter((code) => code === 'restarted').length, 2);
    assert.equal(desk.phase, 'connected');
    assert.deepEqual(Object.keys(desk.desktop.snapshot.agent.context.leader.calls), [first]);
  });
});
