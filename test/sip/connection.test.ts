import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { NetworkCut } from '../support/sip/network-cut.js';
import { becomes, number, SipParties, tone } from '../support/sip/sip-parties.js';

let parties: SipParties;
before(async () => (parties = await SipParties.start()));
after(() => parties?.close());
afterEach(() => parties.everybodyLeaves());

test('B5 the server is killed and comes back in a call: the call lives on, and its end gets through', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const id = await alex.dial();
  await customer.hears(tone.alex);
  await parties.kamailio.kill();
  await alex.says('connection.lost');
  await customer.hears(tone.alex);
  await alex.hears(tone.customer);
  assert.equal(await alex.tell('setHeld', id, true), 'offline');
  assert.equal(await alex.tell('setMuted', id, true), undefined);
  await customer.hears();
  await parties.kamailio.start();
  await alex.says('connection.restored');
  await customer.page.waitForFunction(() => globalThis.sip.customer.isSignedIn);
  assert.equal(await alex.tell('setMuted', id, false), undefined);
  await customer.hears(tone.alex);
  assert.deepEqual(await customer.states(), ['on']);
  assert.equal(await alex.tell('end', id), undefined);
  await becomes(() => customer.states(), ['Terminated']);
  assert.equal(await customer.rang(), 1);
});

test('B5 the network is gone for five seconds: the call finds another way, and both hear each other again', async () => {
  const way = await NetworkCut.to(parties.kamailio.port);
  try {
    const alex = await parties.agent('alex', { options: { servers: [way.url] } });
    const customer = await parties.customer();
    await alex.dial();
    await customer.hears(tone.alex);
    const path = () =>
      alex.page.evaluate(() => /ice-ufrag:(\S+)/.exec(globalThis.sip.liveConnections()[0]!.localDescription!.sdp)![1]);
    const before = await path();
    const network = await alex.page.context().newCDPSession(alex.page);
    const emulate = (offline: boolean) =>
      network.send('Network.emulateNetworkConditions', {
        ...{ offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
        packetLoss: offline ? 100 : 0,
      });
    way.cut();
    await emulate(true);
    await alex.says('connection.lost');
    await new Promise((resolve) => setTimeout(resolve, 5000));
    way.mend();
    await emulate(false);
    await alex.says('connection.restored');
    await becomes(async () => (await path()) === before, false);
    await customer.hears(tone.alex);
    await alex.hears(tone.customer);
    assert.deepEqual(await customer.states(), ['on']);
  } finally {
    way.close();
  }
});

test('A9 a reload in a call takes it over: muted as it was, both hear each other again, and the customer is not called again', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const id = await alex.dial(number.customer, { key: 'one key' });
  await customer.hears(tone.alex);
  assert.equal(await alex.tell('setMuted', id, true), undefined);
  const { activeSessions, status } = await alex.reload(tone.alex);
  assert.deepEqual(
    activeSessions.map((one) => [one.id, one.phase]),
    [[id, 'connected']],
  );
  assert.equal(status, 'in-call');
  await alex.hears(tone.customer);
  await customer.hears();
  assert.equal(await alex.tell('setMuted', id, false), undefined);
  await customer.hears(tone.alex);
  assert.equal(await alex.dial(number.customer, { key: 'one key' }), id);
  assert.equal(await alex.tell('resume', id), undefined);
  assert.equal(await customer.rang(), 1);
  await becomes(async () => (await customer.states()).filter((state) => state === 'on').length, 1);
  await alex.tell('end', id);
  await alex.says('session.closed');
  assert.equal((await alex.says('session.ended')).endedBy, 'agent');
  await becomes(async () => (await customer.states()).includes('on'), false);
});

test('A9 a reload in a call whose other side cannot be taken over ends it, says so, and does not call again', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.page.evaluate(() => void (globalThis.sip.customer.replaceable = false));
  const id = await alex.dial();
  await customer.hears(tone.alex);
  await alex.reload(tone.alex);
  const { failReason, endedBy } = await alex.says('session.ended');
  assert.deepEqual([endedBy, failReason], ['platform', 'voip_conn_signal']);
  await alex.says('session.closed');
  assert.equal(
    await alex.page.evaluate(async (one) => (await globalThis.sip.telephony.getSession(one))?.phase, id),
    'ended',
  );
  assert.equal(await customer.rang(), 1);
  await becomes(async () => (await alex.says('agent.status')).status, 'available');
});

test('A9 a reload while the customer is still rung rings them no longer, and says that the call is over', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.conduct('rings');
  await alex.dial();
  await becomes(() => customer.states(), ['ringing']);
  await alex.reload(tone.alex);
  await becomes(() => customer.states(), ['Canceled']);
  await alex.says('session.closed');
  assert.equal(await customer.rang(), 1);
});

test('A9 a call between two panels goes on after one of them reloads', async () => {
  const [alex, noemie] = [await parties.agent('alex'), await parties.agent('noemie')];
  const customer = await parties.customer();
  await customer.call('alex');
  const id = await alex.answers();
  await alex.tell('transfer', id, { kind: 'agent', id: '102', label: 'Noémie Laurent' }, 'warm');
  await noemie.answers();
  await alex.says('session.participant-joined');
  await noemie.reload(tone.noemie);
  await noemie.hears(tone.alex);
  await alex.hears(tone.noemie);
});

test('B5 a password that is wrong, or a server that is not there, is said', async () => {
  const page = await parties.page(tone.alex);
  const sign = (more: object) =>
    page.evaluate(
      (options) =>
        globalThis.sip.agent(options).then(
          () => 'signed in',
          ({ code }) => code,
        ),
      parties.options('alex', more),
    );
  assert.equal(await sign({ credentials: { password: 'wrong' } }), 'not-available');
  assert.equal(await sign({ servers: ['ws://127.0.0.1:9'] }), 'offline');
  assert.equal(await sign({}), 'signed in');
});
