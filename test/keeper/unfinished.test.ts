import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDesktop } from '../../src/desktop/agent-desktop.js';
import type { Session } from '../../src/domain/session.js';
import { sealedStorage, simulatedEnvironment } from '../support/sealed-storage.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { crmData, MIAS, SHARED } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';
import { FakePlatform, KeeperDesk, SpyJournal } from '../support/keeper-desk.js';
import { lasting } from '../support/lasting.js';

/** A desktop whose pages die, on a store that survives them. */
async function mortal() {
  const desk = await TestTab.start({
    host: { data: crmData },
    settings: { calls: { wrapUpSeconds: { inbound: 0, outbound: 0 } } },
    telephony: { profile: { capabilities: allCapabilities } },
  });
  desk.desktop.stop();
  await desk.wait();
  lasting(desk.host);
  const storage = sealedStorage(desk.time);
  let pages = 0;
  const pass = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 5) await desk.wait(5000);
  };
  const open = async () => {
    const page = ++pages;
    const environment = simulatedEnvironment(desk.time, (id) => `page ${page} ${id}`, storage);
    desk.desktop = createDesktop({ host: desk.host, telephony: desk.telephony, environment });
    desk.desktop.start();
    await desk.wait(500);
  };
  await open();
  /** The call ends while the page dies, and all that the platform tells of it is lost. */
  const endUnheard = async (sessionId: string) => {
    desk.telephony.disorder = { lost: 1 };
    desk.telephony.hangUp(sessionId);
    await desk.wait(1500);
    desk.desktop.stop();
    await pass(60);
    desk.telephony.disorder = { lost: 0 };
  };
  const incoming = async (number: string) => {
    const sessionId = desk.telephony.incoming({ number, answered: true });
    await pass(20);
    return sessionId;
  };
  const tickets = (sessionId: string) =>
    desk.host
      .tickets()
      .filter(({ origin }) => origin?.sessionId === sessionId)
      .map(({ id, contactId }) => [
        contactId,
        ...desk.host.comments(id).map(({ body }) => body.split('\n').at(-1)!.split(' · ')[0]),
      ]);
  const kept = async () => (await storage.store.all('sessions')).length;
  return { desk, open, pass, endUnheard, incoming, tickets, kept };
}

describe('a call whose page ends before the start is written', () => {
  it('R2 R27 a call that waited for the choice is written with its end, for the contact that was created last', async () => {
    const { open, pass, endUnheard, incoming, tickets, kept } = await mortal();
    const sessionId = await incoming(SHARED);
    assert.deepEqual(tickets(sessionId), [], 'it waits for the choice');
    await endUnheard(sessionId);
    await open();
    await pass(120);
    assert.deepEqual(tickets(sessionId), [['ana', 'call_started', 'call_finished']]);
    assert.equal(await kept(), 0);
  });

  it('R27 B5 a call that waited for the CRM is written with its end', async () => {
    const { desk, open, pass, endUnheard, incoming, tickets, kept } = await mortal();
    desk.host.trouble = { fail: { findContacts: 'offline' } };
    const sessionId = await incoming(MIAS);
    await endUnheard(sessionId);
    await open();
    await pass(60);
    assert.deepEqual(tickets(sessionId), []);
    desk.host.trouble = {};
    await pass(120);
    assert.deepEqual(tickets(sessionId), [['mia', 'call_started', 'call_finished']]);
    assert.equal(await kept(), 0);
  });

  it('R13 R27 a call that was handed over before the choice is ended by the next agent', async () => {
    const given = { journal: new SpyJournal(), platform: new FakePlatform() };
    const before = await KeeperDesk.start(given);
    const session: Session = { id: 'a', channel: 'ivr-call', direction: 'inbound', customerNumber: SHARED };
    given.platform.set({ ...session, agentId: '102' });
    await before.assigned(session);
    assert.deepEqual(await before.keeper.unfinished(), ['a']);
    const target = { kind: 'agent' as const, id: '102', label: 'Noémie' };
    await before.hear(session, { type: 'transfer.finished', target, mode: 'warm' });
    before.keeper.stop();
    const after = await KeeperDesk.start({ ...given, host: before.host, time: before.time });
    assert.deepEqual(await after.keeper.unfinished(), []);
  });
});
