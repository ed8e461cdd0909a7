import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { screenOf } from '../../src/machine/agent/screen-view.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { crmData, MIA, MIAS } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

const leaving = (tab: TestTab) => (tab.desktop.snapshot.agent.value as { ready: { leaving: string } }).ready.leaving;
/** The panel's comments on Mia's newest ticket, folded into one or not. */
const callComments = (tab: TestTab) => tab.host.comments('2').flatMap(({ body }) => body.match(/call_\w+/g) ?? []);
const batched = { batching: { comments: true, updates: true, windowSeconds: 60 } };

/** A call on Mia's newest ticket that is over and dismissed. */
async function afterCall(settings = batched): Promise<TestTab> {
  const tab = await TestTab.start({ host: { data: crmData }, settings });
  await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
  await (await tab.form({ type: 'call' })).connect();
  tab.desktop.send({ type: 'endCall' });
  await tab.wait(1000);
  tab.desktop.send({ type: 'dismissCall' });
  return tab.wait();
}

describe('logging out', () => {
  it('B5 sends the writes that wait for their window, and then signs out of the platform', async () => {
    const tab = await afterCall();
    assert.notEqual(tab.desktop.records.records.length, 0);
    const before = tab.host.comments('2').length;
    tab.desktop.send({ type: 'logOut' });
    await tab.wait(0);
    await tab.wait(3000);
    assert.deepEqual(tab.desktop.records.records, []);
    assert.ok(tab.host.comments('2').length > before);
    assert.equal(screenOf(tab.desktop.snapshot), 'logged-out');
    await assert.rejects(tab.telephony.setStatus('available'), /signed in/);
  });

  it('B5 asks if a record cannot be sent; Stay loses nothing, and sending goes on by itself', async () => {
    const tab = await afterCall();
    tab.host.trouble = { fail: { writeTickets: 'offline' } };
    tab.desktop.send({ type: 'logOut' });
    await tab.wait(20_000);
    assert.equal(leaving(tab), 'asking');
    assert.notEqual(tab.desktop.records.records.length, 0);
    tab.desktop.send({ type: 'stay' });
    tab.host.trouble = {};
    await tab.wait(120_000);
    assert.equal(leaving(tab), 'no');
    assert.equal(screenOf(tab.desktop.snapshot), 'main');
    assert.deepEqual(tab.desktop.records.records, []);
    assert.deepEqual(callComments(tab), ['call_started', 'call_finished']);
  });

  it('B5 Discard gives up the waiting records and logs out', async () => {
    const tab = await afterCall();
    tab.host.trouble = { fail: { writeTickets: 'invalid' } };
    tab.desktop.send({ type: 'logOut' });
    await tab.wait(20_000);
    tab.desktop.send({ type: 'discard' });
    await tab.wait();
    assert.equal(screenOf(tab.desktop.snapshot), 'logged-out');
    tab.host.trouble = {};
    tab.desktop.send({ type: 'logIn' });
    await tab.wait(120_000);
    assert.deepEqual(callComments(tab), [], 'what was given up is not written later');
  });

  it('B5 a session that waits for a look-up is looked up and written before the agent is logged out', async () => {
    const capabilities = allCapabilities.filter((one) => one !== 'wrap-up');
    const tab = await TestTab.start({
      host: { data: crmData },
      settings: batched,
      telephony: { profile: { capabilities } },
    });
    tab.host.trouble = { fail: { findContacts: 'offline' } };
    await tab.telephony.setStatus('available');
    const id = tab.telephony.incoming({ number: MIAS, answered: true });
    await tab.wait(60_000);
    tab.desktop.send({ type: 'endCall' });
    await tab.wait(60_000);
    tab.desktop.send({ type: 'dismissCall' });
    await tab.wait(1000);
    tab.host.trouble = {};
    tab.desktop.send({ type: 'logOut' });
    // Less than the time until the next automatic try.
    for (let steps = 0; steps < 10; steps++) await tab.wait(200);
    assert.equal(screenOf(tab.desktop.snapshot), 'logged-out');
    const [ticket] = tab.host.tickets().filter(({ origin }) => origin?.sessionId === id);
    const written = tab.host.comments(ticket!.id).flatMap(({ body }) => body.match(/call_\w+/g) ?? []);
    assert.deepEqual(written, ['call_started', 'call_finished']);
  });

  it('B5 the agent comes back and calls again; a click on a number meanwhile is refused with a message', async () => {
    const tab = await afterCall({ batching: { comments: false, updates: false, windowSeconds: 10 } });
    tab.desktop.send({ type: 'logOut' });
    await tab.wait(1000);
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.equal(tab.desktop.snapshot.agent.context.message?.code, 'logged-out');
    assert.equal(screenOf(tab.desktop.snapshot), 'logged-out');
    tab.desktop.send({ type: 'logIn' });
    await tab.wait();
    assert.equal(screenOf(tab.desktop.snapshot), 'main');
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await (await tab.form({ type: 'call' })).connect();
    assert.equal(tab.phase, 'connected');
  });

  it('B5 is not possible in a call, and the panel says so', async () => {
    const tab = await TestTab.start({ host: { data: crmData } });
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await (await tab.form({ type: 'call' })).connect();
    tab.desktop.send({ type: 'logOut' });
    await tab.wait();
    assert.equal(tab.desktop.snapshot.agent.context.message?.code, 'in-session');
    assert.equal(tab.phase, 'connected');
  });

  it('B5 a refused log-in shows a message and can be tried again', async () => {
    const tab = await afterCall();
    tab.desktop.send({ type: 'logOut' });
    await tab.wait(0);
    await tab.wait(3000);
    tab.telephony.trouble = { connect: 'offline' };
    tab.desktop.send({ type: 'logIn' });
    await tab.wait();
    assert.equal(tab.desktop.snapshot.agent.context.message?.code, 'not-done');
    tab.telephony.trouble = {};
    tab.desktop.send({ type: 'logIn' });
    await tab.wait();
    assert.equal(screenOf(tab.desktop.snapshot), 'main');
  });

  it('A7 lists are read again after a log-in; until then a list says why it is empty', async () => {
    const tab = await TestTab.start({
      host: { data: crmData },
      telephony: { profile: { capabilities: allCapabilities } },
      settings: batched,
    });
    const history = () => tab.desktop.list('history')!;
    history().send({ type: 'open' });
    await tab.wait();
    assert.equal(history().view.state, 'shown');
    tab.desktop.send({ type: 'logOut' });
    await tab.wait(0);
    await tab.wait(3000);
    assert.equal(screenOf(tab.desktop.snapshot), 'logged-out');
    history().send({ type: 'refresh' });
    await tab.wait();
    assert.equal(history().view.failure?.code, 'offline');
    tab.desktop.send({ type: 'logIn' });
    await tab.wait();
    assert.equal(history().view.failure, undefined);
    assert.equal(history().view.state, 'shown');
  });
});
