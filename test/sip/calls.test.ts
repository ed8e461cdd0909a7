import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { becomes, number, SipParties, tone, type AgentPage } from '../support/sip/sip-parties.js';

let parties: SipParties;
before(async () => (parties = await SipParties.start()));
after(() => parties?.close());
afterEach(() => parties.closePages());

/** Alex calls the customer, who answers. */
async function inCall() {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const id = await alex.dial();
  await alex.emits('session.connected');
  return { alex, customer, id };
}

const moments = async (agent: AgentPage, id: string) =>
  (await agent.ofSession(id)).filter((type) => /offered|assigned|created|connect|ended|closed/.test(type));
const commandsOf =
  (agent: AgentPage) =>
  (command: string, ...given: unknown[]) =>
    agent.run(command, ...given);

test('A4 a dialled call is created, connected and ended, and both sides hear each other', async () => {
  const { alex, customer, id } = await inCall();
  await alex.hears(tone.customer);
  await customer.hears(tone.alex);
  assert.equal(await alex.run('end', id), undefined);
  await alex.emits('session.closed');
  await becomes(() => customer.states(), ['Terminated']);
  assert.deepEqual(await moments(alex, id), [
    'session.created',
    'session.connecting',
    'session.connected',
    'session.ended',
    'session.closed',
  ]);
  const { endedBy, failReason } = await alex.emits('session.ended');
  assert.deepEqual([endedBy, failReason], ['agent', undefined]);
});

test('A4 on mute the customer does not hear the agent; on hold neither hears the other', async () => {
  const { alex, customer, id } = await inCall();
  const run = commandsOf(alex);
  await customer.hears(tone.alex);
  await run('setMuted', id, true);
  await customer.hears();
  await alex.hears(tone.customer);
  await run('setHeld', id, true);
  await alex.hears();
  await run('setMuted', id, false);
  await run('setHeld', id, false);
  await alex.hears(tone.customer);
  await customer.hears(tone.alex);
  await run('setHeld', id, true);
  await becomes(() => customer.states(), ['held']);
  await customer.hears();
  await alex.hears();
  const held = (await alex.events()).flatMap((event) => (event.type === 'session.held' ? [event.held] : []));
  assert.deepEqual(held, [true, false, true]);
});

test('A4 a muted call stays muted after a hold', async () => {
  const { alex, customer, id } = await inCall();
  const run = commandsOf(alex);
  await run('setMuted', id, true);
  await run('setHeld', id, true);
  await alex.hears();
  await run('setHeld', id, false);
  await alex.hears(tone.customer);
  await customer.hears();
});

test('A4 the other side hears digits as the two tones of their keys; other characters are refused', async () => {
  const { alex, customer, id } = await inCall();
  await customer.hears(tone.alex);
  assert.equal(await alex.run('sendDigits', id, '5hello'), 'invalid');
  assert.equal(await alex.run('sendDigits', id, '5555555555'), undefined);
  const ofFive = [770, 1336];
  await becomes(() => customer.page.evaluate((wanted) => globalThis.sip.audibleTones(wanted), ofFive), ofFive);
});

test('A5 an incoming call is offered with number, queue and language, answered, and ended by the customer', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const headers = [
    'X-Session-ID: queue-7',
    'X-Queue-ID: q-repairs',
    'X-Language: fr',
    'X-Dialled-Number: +18005550100',
  ];
  await customer.call('alex', headers);
  const { session, expiresAt } = await alex.emits('session.offered');
  assert.deepEqual(session, {
    id: 'queue-7',
    channel: 'ivr-call',
    direction: 'inbound',
    platformNumber: number.ours,
    language: 'fr',
    queue: { id: 'q-repairs', path: ['Repairs'] },
    customerNumber: number.customer,
  });
  assert.ok(expiresAt);
  assert.equal(await alex.answers(), 'queue-7');
  await alex.hears(tone.customer);
  await customer.hears(tone.alex);
  await customer.hangUp();
  await alex.emits('session.closed');
  assert.equal((await alex.emits('session.ended')).endedBy, 'customer');
  const all = ['offered', 'assigned', 'connecting', 'connected', 'ended', 'closed'].map((state) => `session.${state}`);
  assert.deepEqual(await moments(alex, 'queue-7'), all);
});

test('A5 headers with malformed values are ignored', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const headers = ['X-Session-ID: a b <c>', 'X-Queue-ID: nobody knows', 'X-Language: tlh', 'X-Dialled-Number: 12'];
  await customer.call('alex', headers);
  const { session } = await alex.emits('session.offered');
  assert.match(session.id, /^[\w.@:-]+$/);
  assert.deepEqual([session.queue, session.language, session.platformNumber], [undefined, undefined, undefined]);
});

test('A5 a call that is declined is refused, and not offered again', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.call('alex', ['X-Session-ID: one']);
  const { sessionId } = await alex.emits('session.offered');
  await alex.run('decline', sessionId);
  await becomes(() => customer.states(), ['Rejected']);
  assert.deepEqual((await alex.ofSession(sessionId)).slice(1), ['session.withdrawn', 'session.closed']);
  assert.equal(await alex.run('answer', sessionId), 'not-available');
  await customer.call('alex', ['X-Session-ID: one']);
  await becomes(() => customer.states(), ['Rejected', 'Rejected']);
  assert.equal((await alex.events()).filter(({ type }) => type === 'session.offered').length, 1);
});

test('A5 an offer that is not answered is missed, and changes the status', async () => {
  const [alex, customer] = [await parties.agent('alex', { options: { offerSeconds: 1 } }), await parties.customer()];
  await customer.call('alex');
  await alex.emits('session.missed');
  await becomes(() => customer.states(), ['Unavailable']);
  await becomes(async () => (await alex.emits('agent.status')).status, 'missed-call');
});

test('R4 a call whose caller hangs up is withdrawn, then abandoned', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.call('alex');
  const { sessionId } = await alex.emits('session.offered');
  await customer.hangUp();
  await alex.emits('session.closed');
  const types = (await alex.ofSession(sessionId)).slice(1);
  assert.deepEqual(types, ['session.withdrawn', 'session.abandoned', 'session.closed']);
});

test('A2 an agent who is not available, or in a call, is offered no call', async () => {
  const alex = await parties.agent('alex', { status: 'break' });
  const [customer, other] = [await parties.customer(), await parties.customer(number.outside, tone.outside)];
  await other.call('alex');
  await becomes(() => other.states(), ['Unavailable']);
  await alex.run('setStatus', 'available');
  await alex.dial();
  await alex.emits('session.connected');
  await other.call('alex');
  await becomes(() => other.states(), ['Unavailable', 'Busy']);
  assert.ok(!(await alex.events()).some(({ type }) => type === 'session.offered'));
  assert.deepEqual(await customer.states(), ['on']);
});

for (const [what, status, reason, by] of [
  ['busy', 486, 'eu_busy', 'platform'],
  ['declined', 603, 'eu_rejected', 'customer'],
  ['not answered', 480, 'eu_no_answer', 'platform'],
] as const)
  test(`R26 a call that is ${what} ends as ${reason}`, async () => {
    const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
    await customer.conduct(status);
    const id = await alex.dial();
    await alex.emits('session.closed');
    const { endedBy, failReason, durations } = await alex.emits('session.ended');
    assert.deepEqual([endedBy, failReason, durations.talk], [by, reason, 0]);
    const types = await moments(alex, id);
    assert.deepEqual(types, ['session.created', 'session.connecting', 'session.ended', 'session.closed']);
  });

test('R26 a call that rings too long ends as eu_no_answer; a call to an unknown number ends as eu_wrong_number', async () => {
  const [alex, customer] = [await parties.agent('alex', { options: { ringSeconds: 1 } }), await parties.customer()];
  await customer.conduct('rings');
  await alex.dial();
  await alex.emits('session.closed');
  assert.equal((await alex.emits('session.ended')).failReason, 'eu_no_answer');
  await becomes(() => customer.states(), ['Canceled']);
  await alex.dial('+14155550199');
  await becomes(async () => (await alex.emits('session.ended')).failReason, 'eu_wrong_number');
});

test('F14 a number that the server refuses, or that is malformed, makes no session', async () => {
  const alex = await parties.agent('alex');
  const dial = (to: string) =>
    alex.dial(to).then(
      () => 'dialled',
      (error: Error) => /SIP server refuses the call|not a number/.exec(error.message)?.[0] ?? error.message,
    );
  assert.equal(await dial('+19005550100'), 'SIP server refuses the call');
  for (const bad of ['+1415\r\nX-Evil: 1', 'sip:evil@example.com', '+1', ''])
    assert.equal(await dial(bad), 'not a number');
  assert.ok(!(await alex.events()).some(({ type }) => type === 'session.created'));
});

test('A8 if the browser refuses the microphone, no telephone rings', async () => {
  const [alex, customer] = [await parties.agent('alex', { hz: null }), await parties.customer()];
  const failed = await alex.page.evaluate(async (plan) => {
    const { telephony } = globalThis.sip;
    return telephony.dial(plan).catch(({ code, failReason }) => [code, failReason]);
  }, planTo(number.customer));
  assert.deepEqual(failed, ['microphone-denied', 'ag_mic_denied']);
  assert.equal(await customer.rang(), 0);
  await customer.call('alex');
  const { sessionId } = await alex.emits('session.offered');
  assert.equal(await alex.run('answer', sessionId), 'microphone-denied');
  assert.deepEqual(await customer.states(), ['ringing']);
});

test('A9 the same key twice makes one call, and a call can be cancelled before it is answered', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.conduct('rings');
  const ids = await alex.page.evaluate(async (plan) => {
    const { telephony } = globalThis.sip;
    const both = await Promise.all([telephony.dial(plan), telephony.dial(plan)]);
    return [...both, await telephony.dial(plan)].map(({ sessionId }) => sessionId);
  }, planTo(number.customer));
  assert.equal(new Set(ids).size, 1);
  assert.equal(await customer.rang(), 1);
  await alex.run('cancelDial', 'one key');
  const { endedBy, failReason } = await alex.emits('session.ended');
  assert.deepEqual([endedBy, failReason], ['agent', 'ag_canceled']);
  await becomes(() => customer.states(), ['Canceled']);
});

test('F8 a call that is cancelled while the browser asks for the microphone is not placed', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const outcome = await alex.page.evaluate(async (plan) => {
    const { telephony, askForMicrophone } = globalThis.sip;
    const allow = await askForMicrophone();
    const dialled = telephony.dial(plan).catch(({ code, failReason }) => [code, failReason]);
    await telephony.cancelDial(plan.key);
    allow();
    return dialled;
  }, planTo(number.customer));
  assert.deepEqual(outcome, ['not-available', 'ag_canceled']);
  assert.equal(await alex.run('setStatus', 'break'), undefined);
  assert.equal(await customer.rang(), 0);
  assert.deepEqual(await customer.states(), []);
});

test('F8 a key that was cancelled before its dial makes no call in the next page either', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  assert.equal(await alex.run('cancelDial', 'one key'), undefined);
  await alex.reload(tone.alex);
  assert.equal(await alex.run('dial', planTo(number.customer)), 'not-available');
  assert.equal(await customer.rang(), 0);
});

test('A6 after a call the wrap-up begins, notes are emitted when saved, and the session closes', async () => {
  const wrapUpSeconds = { inbound: 30, outbound: 30 };
  const [alex, customer] = [await parties.agent('alex', { rules: { wrapUpSeconds } }), await parties.customer()];
  const id = await alex.dial();
  await alex.hears(tone.customer);
  await customer.hangUp();
  const { until } = await alex.emits('session.wrap-up');
  assert.ok(until);
  await becomes(async () => (await alex.emits('agent.status')).status, 'wrap-up');
  await alex.emits('recording.ready');
  assert.ok(!(await alex.ofSession(id)).includes('session.closed'));
  await alex.run('submitWrapUp', id, { notes: 'A note', dispositions: ['code'] });
  await alex.emits('session.closed');
  const { agent, notes, codes } = await alex.emits('disposition.submitted');
  assert.deepEqual([agent, notes, codes], ['101', 'A note', ['code']]);
  await becomes(async () => (await alex.emits('agent.status')).status, 'available');
});

test('S4 no name, number or password is readable in the browser’s storage, and a call without a ticket is not kept', async () => {
  const [alex] = [await parties.agent('alex'), await parties.customer()];
  const stored = () => alex.page.evaluate(() => globalThis.sip.kept());
  const isReadable = async () => /4155550123|secret of/.test((await stored()).text);
  const association = { contact: { id: '1' }, ticket: 'none', enteredNumber: false } as const;
  const id = await alex.dial(number.customer, { association, record: false });
  await alex.emits('session.connected');
  // The rows are the status and the call.
  await becomes(async () => (await stored()).rows, 2);
  assert.ok(!(await isReadable()));
  await alex.run('end', id);
  await alex.emits('session.closed');
  // The rows are the status and the key of the dial plan.
  await becomes(async () => (await stored()).rows, 2);
  assert.ok(!(await isReadable()));
  await alex.reload(tone.alex);
  assert.equal(
    await alex.page.evaluate(async (one) => (await globalThis.sip.telephony.getSession(one))?.id, id),
    undefined,
  );
  assert.ok(!(await alex.ofSession(id)).includes('recording.ready'));
});

const planTo = (to: string) =>
  ({
    key: 'one key',
    number: to,
    kind: 'e164',
    outboundNumber: number.ours,
    language: 'en',
    association: { contact: { id: '1' }, ticket: 'new', enteredNumber: false },
    record: false,
  }) as const;
