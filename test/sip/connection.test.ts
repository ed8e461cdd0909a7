import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { NetworkCut } from '../support/sip/network-cut.js';
import { becomes, number, SipParties, tone } from '../support/sip/sip-parties.js';

let parties: SipParties;
before(async () => (parties = await SipParties.start()));
after(() => parties?.close());
afterEach(() => parties.closePages());

test('B5 when the server is killed and restarted in a call, the call goes on and can be ended', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const id = await alex.dial();
  await customer.hears(tone.alex);
  await parties.kamailio.kill();
  await alex.emits('connection.lost');
  await customer.hears(tone.alex);
  await alex.hears(tone.customer);
  assert.equal(await alex.run('setHeld', id, true), 'offline');
  assert.equal(await alex.run('setMuted', id, true), undefined);
  await customer.hears();
  await parties.kamailio.start();
  await alex.emits('connection.restored');
  await customer.page.waitForFunction(() => globalThis.sip.customer.isSignedIn);
  assert.equal(await alex.run('setMuted', id, false), undefined);
  await customer.hears(tone.alex);
  assert.deepEqual(await customer.states(), ['on']);
  assert.equal(await alex.run('end', id), undefined);
  await becomes(() => customer.states(), ['Terminated']);
  assert.equal(await customer.rang(), 1);
});

test('B5 when the network is lost for five seconds, the call finds another path, and both sides hear each other again', async () => {
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
    await alex.emits('connection.lost');
    await new Promise((resolve) => setTimeout(resolve, 5000));
    way.mend();
    await emulate(false);
    await alex.emits('connection.restored');
    await becomes(async () => (await path()) === before, false);
    await customer.hears(tone.alex);
    await alex.hears(tone.customer);
    assert.deepEqual(await customer.states(), ['on']);
  } finally {
    way.close();
  }
});

test('A9 a reload takes a call over: it stays muted, both sides hear each other after unmute, and the customer is not called again', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const id = await alex.dial(number.customer, { key: 'one key' });
  await customer.hears(tone.alex);
  assert.equal(await alex.run('setMuted', id, true), undefined);
  const { activeSessions, status } = await alex.reload(tone.alex);
  assert.deepEqual(
    activeSessions.map((one) => [one.id, one.phase]),
    [[id, 'connected']],
  );
  assert.equal(status, 'in-call');
  await alex.hears(tone.customer);
  await customer.hears();
  assert.equal(await alex.run('setMuted', id, false), undefined);
  await customer.hears(tone.alex);
  assert.equal(await alex.dial(number.customer, { key: 'one key' }), id);
  assert.equal(await alex.run('resume', id), undefined);
  assert.equal(await customer.rang(), 1);
  await becomes(async () => (await customer.states()).filter((state) => state === 'on').length, 1);
  await alex.run('end', id);
  await alex.emits('session.closed');
  assert.equal((await alex.emits('session.ended')).endedBy, 'agent');
  await becomes(async () => (await customer.states()).includes('on'), false);
});

test('A9 a reload ends a call whose other side refuses Replaces, emits the end, and does not call again', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.page.evaluate(() => void (globalThis.sip.customer.replaceable = false));
  const id = await alex.dial();
  await customer.hears(tone.alex);
  await alex.reload(tone.alex);
  const { failReason, endedBy } = await alex.emits('session.ended');
  assert.deepEqual([endedBy, failReason], ['platform', 'voip_conn_signal']);
  await alex.emits('session.closed');
  assert.equal(
    await alex.page.evaluate(async (one) => (await globalThis.sip.telephony.getSession(one))?.phase, id),
    'ended',
  );
  assert.equal(await customer.rang(), 1);
  await becomes(async () => (await alex.emits('agent.status')).status, 'available');
});

test('A9 a reload while the customer’s telephone rings cancels the call and emits its end', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.conduct('rings');
  await alex.dial();
  await becomes(() => customer.states(), ['ringing']);
  await alex.reload(tone.alex);
  await becomes(() => customer.states(), ['Canceled']);
  await alex.emits('session.closed');
  assert.equal(await customer.rang(), 1);
});

test('A9 a call between two panels goes on after one of them reloads', async () => {
  const [alex, noemie] = [await parties.agent('alex'), await parties.agent('noemie')];
  const customer = await parties.customer();
  await customer.call('alex');
  const id = await alex.answers();
  await alex.run('transfer', id, { kind: 'agent', id: '102', label: 'Noémie Laurent' }, 'warm');
  await noemie.answers();
  await alex.emits('session.participant-joined');
  await noemie.reload(tone.noemie);
  await noemie.hears(tone.alex);
  await alex.hears(tone.noemie);
});

test('B5 connect rejects for a wrong password and for an unreachable server', async () => {
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
