import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { becomes, number, SipParties, tone, type AgentPage } from '../support/sip/sip-parties.js';

let parties: SipParties;
before(async () => (parties = await SipParties.start()));
after(() => parties?.close());
afterEach(() => parties.everybodyLeaves());

/** Alex has called the customer, who has answered. */
async function inCall() {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const id = await alex.dial();
  await alex.says('session.connected');
  return { alex, customer, id };
}

const moments = async (agent: AgentPage, id: string) =>
  (await agent.ofSession(id)).filter((type) => /offered|assigned|created|connect|ended|closed/.test(type));
const said =
  (agent: AgentPage) =>
  (command: string, ...given: unknown[]) =>
    agent.tell(command, ...given);

test('A4 a dialled call is created, connected and ended, and both sides hear each other', async () => {
  const { alex, customer, id } = await inCall();
  await alex.hears(tone.customer);
  await customer.hears(tone.alex);
  assert.equal(await alex.tell('end', id), undefined);
  await alex.says('session.closed');
  await becomes(() => customer.states(), ['Terminated']);
  assert.deepEqual(await moments(alex, id), [
    'session.created',
    'session.connecting',
    'session.connected',
    'session.ended',
    'session.closed',
  ]);
  const { endedBy, failReason } = await alex.says('session.ended');
  assert.deepEqual([endedBy, failReason], ['agent', undefined]);
});

test('A4 on mute the customer hears nothing of the agent, on hold neither hears the other', async () => {
  const { alex, customer, id } = await inCall();
  const tell = said(alex);
  await customer.hears(tone.alex);
  await tell('setMuted', id, true);
  await customer.hears();
  await alex.hears(tone.customer);
  await tell('setHeld', id, true);
  await alex.hears();
  await tell('setMuted', id, false);
  await tell('setHeld', id, false);
  await alex.hears(tone.customer);
  await customer.hears(tone.alex);
  await tell('setHeld', id, true);
  await becomes(() => customer.states(), ['held']);
  await customer.hears();
  await alex.hears();
  const held = (await alex.events()).flatMap((event) => (event.type === 'session.held' ? [event.held] : []));
  assert.deepEqual(held, [true, false, true]);
});

test('A4 what is muted stays muted after a hold', async () => {
  const { alex, customer, id } = await inCall();
  const tell = said(alex);
  await tell('setMuted', id, true);
  await tell('setHeld', id, true);
  await alex.hears();
  await tell('setHeld', id, false);
  await alex.hears(tone.customer);
  await customer.hears();
});

test('A4 digits are heard at the other side as the two tones of their key, and words are refused', async () => {
  const { alex, customer, id } = await inCall();
  await customer.hears(tone.alex);
  assert.equal(await alex.tell('sendDigits', id, '5hello'), 'invalid');
  assert.equal(await alex.tell('sendDigits', id, '5555555555'), undefined);
  const ofFive = [770, 1336];
  await becomes(() => customer.page.evaluate((wanted) => globalThis.sip.heard(wanted), ofFive), ofFive);
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
  const { session, expiresAt } = await alex.says('session.offered');
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
  await alex.says('session.closed');
  assert.equal((await alex.says('session.ended')).endedBy, 'customer');
  const all = ['offered', 'assigned', 'connecting', 'connected', 'ended', 'closed'].map((state) => `session.${state}`);
  assert.deepEqual(await moments(alex, 'queue-7'), all);
});

test('A5 headers that could not be what they are said to be are ignored', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const headers = ['X-Session-ID: a b <c>', 'X-Queue-ID: nobody knows', 'X-Language: tlh', 'X-Dialled-Number: 12'];
  await customer.call('alex', headers);
  const { session } = await alex.says('session.offered');
  assert.match(session.id, /^[\w.@:-]+$/);
  assert.deepEqual([session.queue, session.language, session.platformNumber], [undefined, undefined, undefined]);
});

test('A5 a call that is declined is refused, and not offered again', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.call('alex', ['X-Session-ID: one']);
  const { sessionId } = await alex.says('session.offered');
  await alex.tell('decline', sessionId);
  await becomes(() => customer.states(), ['Rejected']);
  assert.deepEqual((await alex.ofSession(sessionId)).slice(1), ['session.withdrawn', 'session.closed']);
  assert.equal(await alex.tell('answer', sessionId), 'not-available');
  await customer.call('alex', ['X-Session-ID: one']);
  await becomes(() => customer.states(), ['Rejected', 'Rejected']);
  assert.equal((await alex.events()).filter(({ type }) => type === 'session.offered').length, 1);
});

test('A5 an offer that nobody takes is missed, and says so in the status', async () => {
  const [alex, customer] = [await parties.agent('alex', { options: { offerSeconds: 1 } }), await parties.customer()];
  await customer.call('alex');
  await alex.says('session.missed');
  await becomes(() => customer.states(), ['Unavailable']);
  await becomes(async () => (await alex.says('agent.status')).status, 'missed-call');
});

test('R4 a caller who gives up is withdrawn, then abandoned', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.call('alex');
  const { sessionId } = await alex.says('session.offered');
  await customer.hangUp();
  await alex.says('session.closed');
  const types = (await alex.ofSession(sessionId)).slice(1);
  assert.deepEqual(types, ['session.withdrawn', 'session.abandoned', 'session.closed']);
});

test('A2 an agent who is not available, or in a call, is not rung', async () => {
  const alex = await parties.agent('alex', { status: 'break' });
  const [customer, other] = [await parties.customer(), await parties.customer(number.outside, tone.outside)];
  await other.call('alex');
  await becomes(() => other.states(), ['Unavailable']);
  await alex.tell('setStatus', 'available');
  await alex.dial();
  await alex.says('session.connected');
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
    await alex.says('session.closed');
    const { endedBy, failReason, durations } = await alex.says('session.ended');
    assert.deepEqual([endedBy, failReason, durations.talk], [by, reason, 0]);
    const types = await moments(alex, id);
    assert.deepEqual(types, ['session.created', 'session.connecting', 'session.ended', 'session.closed']);
  });

test('R26 a call that rings too long is not answered; one to a number that nobody has is to a wrong number', async () => {
  const [alex, customer] = [await parties.agent('alex', { options: { ringSeconds: 1 } }), await parties.customer()];
  await customer.conduct('rings');
  await alex.dial();
  await alex.says('session.closed');
  assert.equal((await alex.says('session.ended')).failReason, 'eu_no_answer');
  await becomes(() => customer.states(), ['Canceled']);
  await alex.dial('+14155550199');
  await becomes(async () => (await alex.says('session.ended')).failReason, 'eu_wrong_number');
});

test('F14 a number that the server refuses, or that could not be one, is no session', async () => {
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

test('A8 where the browser refuses the microphone nobody is rung', async () => {
  const [alex, customer] = [await parties.agent('alex', { hz: null }), await parties.customer()];
  const failed = await alex.page.evaluate(async (plan) => {
    const { telephony } = globalThis.sip;
    return telephony.dial(plan).catch(({ code, failReason }) => [code, failReason]);
  }, planTo(number.customer));
  assert.deepEqual(failed, ['microphone-denied', 'ag_mic_denied']);
  assert.equal(await customer.rang(), 0);
  await customer.call('alex');
  const { sessionId } = await alex.says('session.offered');
  assert.equal(await alex.tell('answer', sessionId), 'microphone-denied');
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
  await alex.tell('cancelDial', 'one key');
  const { endedBy, failReason } = await alex.says('session.ended');
  assert.deepEqual([endedBy, failReason], ['agent', 'ag_canceled']);
  await becomes(() => customer.states(), ['Canceled']);
});

test('F8 a call that is cancelled while the browser still asks for the microphone rings nobody', async () => {
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
  assert.equal(await alex.tell('setStatus', 'break'), undefined);
  assert.equal(await customer.rang(), 0);
  assert.deepEqual(await customer.states(), []);
});

test('F8 a key that was cancelled before it was dialled calls nobody in the next page either', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  assert.equal(await alex.tell('cancelDial', 'one key'), undefined);
  await alex.reload(tone.alex);
  assert.equal(await alex.tell('dial', planTo(number.customer)), 'not-available');
  assert.equal(await customer.rang(), 0);
});

test('A6 after a call the wrap-up is told, what is saved is told, and the session closes', async () => {
  const wrapUpSeconds = { inbound: 30, outbound: 30 };
  const [alex, customer] = [await parties.agent('alex', { rules: { wrapUpSeconds } }), await parties.customer()];
  const id = await alex.dial();
  await alex.hears(tone.customer);
  await customer.hangUp();
  const { until } = await alex.says('session.wrap-up');
  assert.ok(until);
  await becomes(async () => (await alex.says('agent.status')).status, 'wrap-up');
  await alex.says('recording.ready');
  assert.ok(!(await alex.ofSession(id)).includes('session.closed'));
  await alex.tell('submitWrapUp', id, { notes: 'A note', dispositions: ['code'] });
  await alex.says('session.closed');
  const { agent, notes, codes } = await alex.says('disposition.submitted');
  assert.deepEqual([agent, notes, codes], ['101', 'A note', ['code']]);
  await becomes(async () => (await alex.says('agent.status')).status, 'available');
});

test('S4 no name, number or password is ever readable in the browser, and of a call without a ticket nothing is kept', async () => {
  const [alex] = [await parties.agent('alex'), await parties.customer()];
  const stored = () => alex.page.evaluate(() => globalThis.sip.kept());
  const isReadable = async () => /4155550123|secret of/.test((await stored()).text);
  const association = { contact: { id: '1' }, ticket: 'none', enteredNumber: false } as const;
  const id = await alex.dial(number.customer, { association, record: false });
  await alex.says('session.connected');
  // The status, and the call, for a reload.
  await becomes(async () => (await stored()).rows, 2);
  assert.ok(!(await isReadable()));
  await alex.tell('end', id);
  await alex.says('session.closed');
  // The status, and the key of the dial.
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
