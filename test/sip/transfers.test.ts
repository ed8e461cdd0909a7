import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { SipOptions } from '../../src/sip/index.js';
import { passwordOf } from '../support/sip/kamailio.mjs';
import { becomes, number, SipParties, tone, type AgentPage } from '../support/sip/sip-parties.js';

let parties: SipParties;
before(async () => (parties = await SipParties.start()));
after(() => parties?.close());
afterEach(() => parties.closePages());

const noemieTarget = { kind: 'agent', id: '102', label: 'Noémie Laurent' } as const;
const outsideTarget = { kind: 'outside', id: number.outside, label: 'Workshop' } as const;

/** The customer has called Alex. Noémie, or an outside party, has a telephone too. */
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

test('A4 R13 a cold transfer to a colleague: colleague and customer hear each other, and the agent is available', async () => {
  const { alex, customer, noemie, id } = await threeParties('noemie');
  assert.equal(await alex.run('transfer', id, noemieTarget, 'cold'), undefined);
  await noemie.answers();
  const { agent, mode } = await alex.emits('transfer.finished');
  assert.deepEqual([agent, mode], ['102', 'cold']);
  await noemie.hears(tone.customer);
  await customer.hears(tone.noemie);
  await alex.emits('session.closed');
  await becomes(async () => (await alex.emits('agent.status')).status, 'available');
  assert.deepEqual(await transfers(alex, id), ['transfer.started', 'transfer.finished']);
});

test('A4 R13 a warm transfer: the customer is on hold during the consultation, then connected with the colleague', async () => {
  const { alex, customer, noemie, id } = await threeParties('noemie');
  assert.equal(await alex.run('transfer', id, noemieTarget, 'warm'), undefined);
  const consultation = await noemie.answers();
  await noemie.hears(tone.alex);
  await alex.hears(tone.noemie);
  await customer.hears();
  assert.equal((await noemie.emits('session.offered')).session.channel, 'internal-call');
  await alex.emits('session.participant-joined');
  assert.equal(await alex.run('completeTransfer', id), undefined);
  await alex.emits('transfer.finished');
  await noemie.hears(tone.customer);
  await customer.hears(tone.noemie);
  await alex.emits('session.closed');
  // The call with the customer is another session than the consultation.
  const party = async () => {
    const { session, agent } = await noemie.emits('session.assigned');
    return [session.customerNumber, agent].join();
  };
  await becomes(party, [number.customer, '102'].join());
  const ends = (await noemie.ofSession(consultation)).filter((type) => /ended|closed/.test(type));
  assert.deepEqual(ends, ['session.ended', 'session.closed']);
  await becomes(async () => (await noemie.emits('agent.status')).status, 'in-call');
});

test('A4 cancelling a consultation leaves the customer with the agent, off hold', async () => {
  const { alex, customer, noemie, id } = await threeParties('noemie');
  await alex.run('transfer', id, noemieTarget, 'warm');
  await noemie.answers();
  await alex.emits('session.participant-joined');
  assert.equal(await alex.run('cancelTransfer', id), undefined);
  await noemie.emits('session.closed');
  await alex.hears(tone.customer);
  await customer.hears(tone.alex);
  assert.deepEqual(await transfers(alex, id), ['transfer.started', 'transfer.cancelled']);
});

for (const mode of ['cold', 'warm'] as const)
  test(`A4 a ${mode} transfer to a colleague who declines fails, and the customer stays with the agent, off hold`, async () => {
    const { alex, customer, noemie, id } = await threeParties('noemie');
    await alex.run('transfer', id, noemieTarget, mode);
    const { sessionId } = await noemie.emits('session.offered');
    await noemie.run('decline', sessionId);
    await alex.emits('transfer.failed');
    await alex.hears(tone.customer);
    await customer.hears(tone.alex);
    assert.deepEqual(await transfers(alex, id), ['transfer.started', 'transfer.failed']);
  });

test('A4 a transfer to oneself, to an unknown agent or to an invalid number is refused, and the call goes on', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await customer.call('alex');
  const id = await alex.answers();
  for (const target of [
    { kind: 'agent', id: '101', label: 'Alex Morgan' },
    { kind: 'agent', id: 'nobody', label: 'Nobody' },
    { kind: 'outside', id: 'sip:evil@example.com>\r\nX-Evil: 1', label: 'Evil' },
  ])
    for (const mode of ['cold', 'warm']) assert.equal(await alex.run('transfer', id, target, mode), 'invalid');
  await customer.hears(tone.alex);
  assert.deepEqual(await transfers(alex, id), []);
});

test('A4 R28 an outside party joins the call, all three hear each other, and the party can be removed', async () => {
  const { alex, customer, outside, id } = await threeParties('outside');
  assert.equal(await alex.run('addParticipant', id, outsideTarget), undefined);
  const { participant } = await alex.emits('session.participant-joined');
  assert.deepEqual([participant.kind, participant.label], ['outside', 'Workshop']);
  await alex.hears(tone.customer, tone.outside);
  await customer.hears(tone.alex, tone.outside);
  await outside.hears(tone.alex, tone.customer);
  await alex.run('setMuted', id, true);
  await customer.hears(tone.outside);
  await outside.hears(tone.customer);
  await alex.run('setMuted', id, false);
  await alex.run('removeParticipant', id, participant.id);
  await alex.emits('session.participant-left');
  await alex.hears(tone.customer);
  await customer.hears(tone.alex);
  await becomes(() => outside.states(), ['Terminated']);
});

test('A4 R30 leaving a call of three connects the other two with each other', async () => {
  const { alex, customer, noemie, id } = await threeParties('noemie');
  const adding = alex.run('addParticipant', id, noemieTarget);
  await noemie.answers();
  assert.equal(await adding, undefined);
  await noemie.hears(tone.alex, tone.customer);
  assert.equal(await alex.run('leave', id), undefined);
  await customer.hears(tone.noemie);
  await noemie.hears(tone.customer);
  await becomes(async () => (await alex.emits('session.assigned')).owner, '102');
  await alex.emits('session.closed');
});

/** Alex has called Noémie's panel by her number. An outside number has a telephone too. */
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

test('F14 by default a colleague’s REFER makes the panel call nobody, and the call goes on', async () => {
  const { alex, noemie, outside, id } = await colleagues();
  assert.equal(await alex.run('transfer', id, outsideTarget, 'cold'), undefined);
  await alex.emits('transfer.failed');
  await noemie.hears(tone.alex);
  await alex.hears(tone.noemie);
  assert.equal(await outside.rang(), 0);
});

test('A4 with acceptRefer, a panel whose call a colleague transfers is connected with the target', async () => {
  const { alex, noemie, outside, id, hers } = await colleagues({ acceptRefer: 'agents' });
  assert.equal(await alex.run('transfer', id, outsideTarget, 'cold'), undefined);
  await alex.emits('session.closed');
  await noemie.hears(tone.outside);
  await outside.hears(tone.noemie);
  assert.equal(await outside.rang(), 1);
  assert.ok(!(await noemie.ofSession(hers)).includes('session.ended'));
  assert.equal(await noemie.run('end', hers), undefined);
  await becomes(() => outside.states(), ['Terminated']);
  await noemie.emits('recording.ready');
  const recorded = (await noemie.recording())!.tones.flat();
  for (const hz of [tone.alex, tone.outside]) assert.ok(recorded.includes(hz), `${hz} Hz is recorded`);
});

test('A4 a stranger’s REFER makes the panel call nobody', async () => {
  const { alex, customer, outside, id } = await threeParties('outside');
  await customer.page.evaluate(
    ([to, domain]) => globalThis.sip.customer.calls[0]!.refer(`sip:${to}@${domain}`),
    [number.outside, parties.kamailio.domain],
  );
  await alex.run('setMuted', id, true);
  await customer.hears();
  await alex.run('setMuted', id, false);
  await customer.hears(tone.alex);
  assert.equal(await outside.rang(), 0);
});
