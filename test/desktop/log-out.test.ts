import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { screenOf } from '../../src/machine/agent/screen-view.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { crmData, MIA, MIAS } from '../support/crm-data.js';
import { Desk } from '../support/desk.js';

const leaving = (desk: Desk) => (desk.desktop.snapshot.agent.value as { ready: { leaving: string } }).ready.leaving;
/** The panel's comments on Mia's newest ticket, folded into one or not. */
const callComments = (desk: Desk) => desk.host.comments('2').flatMap(({ body }) => body.match(/call_\w+/g) ?? []);
const batched = { batching: { comments: true, updates: true, windowSeconds: 60 } };

/** A call on Mia's newest ticket that is over and dismissed. */
async function afterCall(settings = batched): Promise<Desk> {
  const desk = await Desk.start({ host: { data: crmData }, settings });
  await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
  await (await desk.form({ type: 'call' })).connect();
  desk.desktop.send({ type: 'endCall' });
  await desk.wait(1000);
  desk.desktop.send({ type: 'dismissCall' });
  return desk.wait();
}

describe('logging out', () => {
  it('B5 sends the writes that wait for their window, and then signs out of the platform', async () => {
    const desk = await afterCall();
    assert.notEqual(desk.desktop.records.records.length, 0);
    const before = desk.host.comments('2').length;
    desk.desktop.send({ type: 'logOut' });
    await desk.wait(0);
    await desk.wait(3000);
    assert.deepEqual(desk.desktop.records.records, []);
    assert.ok(desk.host.comments('2').length > before);
    assert.equal(screenOf(desk.desktop.snapshot), 'logged-out');
    await assert.rejects(desk.telephony.setStatus('available'), /signed in/);
  });

  it('B5 asks if a record cannot be sent; Stay loses nothing, and sending goes on by itself', async () => {
    const desk = await afterCall();
    desk.host.trouble = { fail: { writeTickets: 'offline' } };
    desk.desktop.send({ type: 'logOut' });
    await desk.wait(20_000);
    assert.equal(leaving(desk), 'asking');
    assert.notEqual(desk.desktop.records.records.length, 0);
    desk.desktop.send({ type: 'stay' });
    desk.host.trouble = {};
    await desk.wait(120_000);
    assert.equal(leaving(desk), 'no');
    assert.equal(screenOf(desk.desktop.snapshot), 'main');
    assert.deepEqual(desk.desktop.records.records, []);
    assert.deepEqual(callComments(desk), ['call_started', 'call_finished']);
  });

  it('B5 Discard gives up the waiting records and logs out', async () => {
    const desk = await afterCall();
    desk.host.trouble = { fail: { writeTickets: 'invalid' } };
    desk.desktop.send({ type: 'logOut' });
    await desk.wait(20_000);
    desk.desktop.send({ type: 'discard' });
    await desk.wait();
    assert.equal(screenOf(desk.desktop.snapshot), 'logged-out');
    desk.host.trouble = {};
    desk.desktop.send({ type: 'logIn' });
    await desk.wait(120_000);
    assert.deepEqual(callComments(desk), [], 'what was given up is not written later');
  });

  it('B5 a session that waits for a look-up is looked up and written before the agent is logged out', async () => {
    const capabilities = allCapabilities.filter((one) => one !== 'wrap-up');
    const desk = await Desk.start({
      host: { data: crmData },
      settings: batched,
      telephony: { profile: { capabilities } },
    });
    desk.host.trouble = { fail: { findContacts: 'offline' } };
    await desk.telephony.setStatus('available');
    const id = desk.telephony.incoming({ number: MIAS, answered: true });
    await desk.wait(60_000);
    desk.desktop.send({ type: 'endCall' });
    await desk.wait(60_000);
    desk.desktop.send({ type: 'dismissCall' });
    await desk.wait(1000);
    desk.host.trouble = {};
    desk.desktop.send({ type: 'logOut' });
    // Less than the time until the next automatic try.
    for (let steps = 0; steps < 10; steps++) await desk.wait(200);
    assert.equal(screenOf(desk.desktop.snapshot), 'logged-out');
    const [ticket] = desk.host.tickets().filter(({ origin }) => origin?.sessionId === id);
    const written = desk.host.comments(ticket!.id).flatMap(({ body }) => body.match(/call_\w+/g) ?? []);
    assert.deepEqual(written, ['call_started', 'call_finished']);
  });

  it('B5 the agent comes back and calls again; a click on a number meanwhile is refused with a message', async () => {
    const desk = await afterCall({ batching: { comments: false, updates: false, windowSeconds: 10 } });
    desk.desktop.send({ type: 'logOut' });
    await desk.wait(1000);
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.equal(desk.desktop.snapshot.agent.context.message?.code, 'logged-out');
    assert.equal(screenOf(desk.desktop.snapshot), 'logged-out');
    desk.desktop.send({ type: 'logIn' });
    await desk.wait();
    assert.equal(screenOf(desk.desktop.snapshot), 'main');
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await (await desk.form({ type: 'call' })).connect();
    assert.equal(desk.phase, 'connected');
  });

  it('B5 is not possible in a call, and the panel says so', async () => {
    const desk = await Desk.start({ host: { data: crmData } });
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await (await desk.form({ type: 'call' })).connect();
    desk.desktop.send({ type: 'logOut' });
    await desk.wait();
    assert.equal(desk.desktop.snapshot.agent.context.message?.code, 'in-session');
    assert.equal(desk.phase, 'connected');
  });

  it('B5 a refused log-in shows a message and can be tried again', async () => {
    const desk = await afterCall();
    desk.desktop.send({ type: 'logOut' });
    await desk.wait(0);
    await desk.wait(3000);
    desk.telephony.trouble = { connect: 'offline' };
    desk.desktop.send({ type: 'logIn' });
    await desk.wait();
    assert.equal(desk.desktop.snapshot.agent.context.message?.code, 'not-done');
    desk.telephony.trouble = {};
    desk.desktop.send({ type: 'logIn' });
    await desk.wait();
    assert.equal(screenOf(desk.desktop.snapshot), 'main');
  });

  it('A7 lists are read again after a log-in; until then a list says why it is empty', async () => {
    const desk = await Desk.start({
      host: { data: crmData },
      telephony: { profile: { capabilities: allCapabilities } },
      settings: batched,
    });
    const history = () => desk.desktop.list('history')!;
    history().send({ type: 'open' });
    await desk.wait();
    assert.equal(history().view.state, 'shown');
    desk.desktop.send({ type: 'logOut' });
    await desk.wait(0);
    await desk.wait(3000);
    assert.equal(screenOf(desk.desktop.snapshot), 'logged-out');
    history().send({ type: 'refresh' });
    await desk.wait();
    assert.equal(history().view.failure?.code, 'offline');
    desk.desktop.send({ type: 'logIn' });
    await desk.wait();
    assert.equal(history().view.failure, undefined);
    assert.equal(history().view.state, 'shown');
  });
});
