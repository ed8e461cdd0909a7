import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { SipOptions } from '../../src/sip/index.js';
import { passwordOf } from '../support/sip/kamailio.mjs';
import { becomes, number, SipParties, tone, type AgentPage } from '../support/sip/sip-parties.js';

let parties: SipParties;
before(async () => (parties = await SipParties.start()));
after(() => parties?.close());
afterEach(() => parties.everybodyLeaves());

const noemieTarget = { kind: 'agent', id: '102', label: 'Noémie Laurent' } as const;
const outsideTarget = { kind: 'outside', id: number.outside, label: 'Workshop' } as const;

/** The customer has called Alex; Noémie and somebody outside have telephones too. */
async function threeParties(third: 'noemie' | 'outside') {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const noemie = third === 'noemie' ? await parties.agent('noemie') : undefined;
  const outside = third === 'outside' ? await parties.customer(number.outside, tone.outside) : undefined;
  await customer.call('alex');
  const id = await alex.answers();
  await alex.hears(tone.customer);
  return { alex, customer, id, noemie: noemie!, outside: outside! };
}

const transfers = async (agent: AgentPage, id: string) =>
  (await agent.ofSession(id)).filter((type) => type.startsWith('transfer.'));

test('A4 R13 a cold transfer to a colleague: they hear the customer, and the agent is free', async () => {
  const { alex, customer, noemie, id } = await threeParties('noemie');
  assert.equal(await alex.tell('transfer', id, noemieTarget, 'cold'), undefined);
  await noemie.answers();
  const { agent, mode } = await alex.says('transfer.finished');
  assert.deepEqual([agent, mode], ['102', 'cold']);
  await noemie.hears(tone.customer);
  await customer.hears(tone.noemie);
  await alex.says('session.closed');
  await becomes(async () => (await alex.says('agent.status')).status, 'available');
  assert.deepEqual(await transfers(alex, id), ['transfer.started', 'transfer.finished']);
});

test('A4 R13 a warm transfer: the customer waits on hold while both agents talk, then is with the colleague', async () => {
  const { alex, customer, noemie, id } = await threeParties('noemie');
  assert.equal(await alex.tell('transfer', id, noemieTarget, 'warm'), undefined);
  const consultation = await noemie.answers();
  await noemie.hears(tone.alex);
  await alex.hears(tone.noemie);
  await customer.hears();
  assert.equal((await noemie.says('session.offered')).session.channel, 'internal-call');
  await alex.says('session.participant-joined');
  assert.equal(await alex.tell('completeTransfer', id), undefined);
  await alex.says('transfer.finished');
  await noemie.hears(tone.customer);
  await customer.hears(tone.noemie);
  await alex.says('session.closed');
  // It is a session of its own, and begins when the consultation has become it.
  const party = async () => {
    const { session, agent } = await noemie.says('session.assigned');
    return [session.customerNumber, agent].join();
  };
  await becomes(party, [number.customer, '102'].join());
  const ends = (await noemie.ofSession(consultation)).filter((type) => /ended|closed/.test(type));
  assert.deepEqual(ends, ['session.ended', 'session.closed']);
  await becomes(async () => (await noemie.says('agent.status')).status, 'in-call');
});

test('A4 a consultation that is cancelled leaves the customer with the agent, off hold', async () => {
  const { alex, customer, noemie, id } = await threeParties('noemie');
  await alex.tell('transfer', id, noemieTarget, 'warm');
  await noemie.answers();
  await alex.says('session.participant-joined');
  assert.equal(await alex.tell('cancelTransfer', id), undefined);
  await noemie.says('session.closed');
  await alex.hears(tone.customer);
  await customer.hears(tone.alex);
  assert.deepEqual(await transfers(alex, id), ['transfer.started', 'transfer.cancelled']);
});

for (const mode of ['cold', 'warm'] as const)
  test(`A4 a ${mode} transfer to somebody who declines fails, and the customer stays, off hold`, async () => {
    const { alex, customer, noemie, id } = await threeParties('noemie');
    await alex.tell('transfer', id, noemieTarget, mode);
    const { sessionId } = await noemie.says('session.offered');
    await noemie.tell('decline', sessionId);
    await alex.says('transfer.failed');
    await alex.hears(tone.customer);
    await customer.hears(tone.alex);
    assert.deepEqual(await transfers(alex, id), ['transfer.started', 'transfer.failed']);
  });

test('A4 a transfer to oneself, to a stranger, or to what is no number is refused, and the call stays', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.call('alex');
  const id = await alex.answers();
  for (const target of [
    { kind: 'agent', id: '101', label: 'Alex Morgan' },
    { kind: 'agent', id: 'nobody', label: 'Nobody' },
    { kind: 'outside', id: 'sip:evil@example.com>\r\nX-Evil: 1', label: 'Evil' },
  ])
    for (const mode of ['cold', 'warm']) assert.equal(await alex.tell('transfer', id, target, mode), 'invalid');
  await customer.hears(tone.alex);
  assert.deepEqual(await transfers(alex, id), []);
});

test('A4 R28 somebody outside joins the call: all three hear each other; removed, two are left', async () => {
  const { alex, customer, outside, id } = await threeParties('outside');
  assert.equal(await alex.tell('addParticipant', id, outsideTarget), undefined);
  const { participant } = await alex.says('session.participant-joined');
  assert.deepEqual([participant.kind, participant.label], ['outside', 'Workshop']);
  await alex.hears(tone.customer, tone.outside);
  await customer.hears(tone.alex, tone.outside);
  await outside.hears(tone.alex, tone.customer);
  await alex.tell('setMuted', id, true);
  await customer.hears(tone.outside);
  await outside.hears(tone.customer);
  await alex.tell('setMuted', id, false);
  await alex.tell('removeParticipant', id, participant.id);
  await alex.says('session.participant-left');
  await alex.hears(tone.customer);
  await customer.hears(tone.alex);
  await becomes(() => outside.states(), ['Terminated']);
});

test('A4 R30 who leaves a call of three connects the other two with each other', async () => {
  const { alex, customer, noemie, id } = await threeParties('noemie');
  const adding = alex.tell('addParticipant', id, noemieTarget);
  await noemie.answers();
  assert.equal(await adding, undefined);
  await noemie.hears(tone.alex, tone.customer);
  assert.equal(await alex.tell('leave', id), undefined);
  await customer.hears(tone.noemie);
  await noemie.hears(tone.customer);
  await becomes(async () => (await alex.says('session.assigned')).owner, '102');
  await alex.says('session.closed');
});

/** Alex has called Noémie's panel, by a number that she has; a number of the directory has a telephone too. */
async function colleagues(more: Partial<SipOptions> = {}) {
  const user = '+14155550102';
  const password = passwordOf(user);
  const agents = [
    { id: '101', user: 'alex', label: 'Alex Morgan' },
    { id: '102', user, label: 'Noémie Laurent' },
  ];
  const alex = await parties.agent('alex', { options: { agents } });
  const noemie = await parties.agent('noemie', { options: { agents, user, credentials: { password }, ...more } });
  const outside = await parties.customer(number.outside, tone.outside);
  const id = await alex.dial(user);
  const hers = await noemie.answers();
  await noemie.hears(tone.alex);
  return { alex, noemie, outside, id, hers };
}

test('F14 a colleague’s REFER makes the panel call nobody, as nobody there has pressed for it: the call stays', async () => {
  const { alex, noemie, outside, id } = await colleagues();
  assert.equal(await alex.tell('transfer', id, outsideTarget, 'cold'), undefined);
  await alex.says('transfer.failed');
  await noemie.hears(tone.alex);
  await alex.hears(tone.noemie);
  assert.equal(await outside.rang(), 0);
});

test('A4 a panel that a colleague transfers goes on with whoever that was to, where its options allow it', async () => {
  const { alex, noemie, outside, id, hers } = await colleagues({ acceptRefer: 'agents' });
  assert.equal(await alex.tell('transfer', id, outsideTarget, 'cold'), undefined);
  await alex.says('session.closed');
  await noemie.hears(tone.outside);
  await outside.hears(tone.noemie);
  assert.equal(await outside.rang(), 1);
  assert.ok(!(await noemie.ofSession(hers)).includes('session.ended'));
  assert.equal(await noemie.tell('end', hers), undefined);
  await becomes(() => outside.states(), ['Terminated']);
  await noemie.says('recording.ready');
  const recorded = (await noemie.recording())!.tones.flat();
  for (const hz of [tone.alex, tone.outside]) assert.ok(recorded.includes(hz), `${hz} Hz is recorded`);
});

test('A4 a stranger cannot make the panel call somebody by a REFER', async () => {
  const { alex, customer, outside, id } = await threeParties('outside');
  await customer.page.evaluate(
    ([to, domain]) => globalThis.sip.customer.calls[0]!.refer(`sip:${to}@${domain}`),
    [number.outside, parties.kamailio.domain],
  );
  await alex.tell('setMuted', id, true);
  await customer.hears();
  await alex.tell('setMuted', id, false);
  await customer.hears(tone.alex);
  assert.equal(await outside.rang(), 0);
});
