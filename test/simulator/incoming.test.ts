import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SimulatedTime } from '../../src/testing/index.js';
import { agent, plan, rules, sharedStorage, SignedIn, signIn } from './signed-in.js';

const number = '+14155550123';

describe('an incoming call', () => {
  it('A5 is offered to an available agent, answered, connected, ended and closed', async () => {
    const at = await signIn();
    const { telephony } = at;
    const id = telephony.incoming({ number, queue: { id: 'q1', path: ['Support'] }, talkSeconds: 30 });
    await at.wait(1);
    const { session, expiresAt, autoAnswerAt, owner } = at.last('session.offered');
    assert.deepEqual(
      [session.channel, session.direction, session.customerNumber, session.queue?.id, session.agentId],
      ['ivr-call', 'inbound', number, 'q1', undefined],
    );
    assert.deepEqual([owner, autoAnswerAt], [agent.id, undefined]);
    assert.ok(Date.parse(expiresAt!) > at.time.now());
    await at.wait(4);
    await telephony.answer(id);
    await at.wait(60);
    assert.deepEqual(at.of(id), [
      ...['offered', 'assigned', 'connecting', 'connected', 'ended', 'recording.ready', 'closed'],
    ]);
    assert.deepEqual(
      [at.last('session.assigned').agent, at.last('session.assigned').session.agentId],
      [agent.id, agent.id],
    );
    const { durations, endedBy } = at.last('session.ended');
    assert.deepEqual([durations, endedBy], [{ total: 35, wait: 5, talk: 30, hold: 0 }, 'customer']);
    assert.deepEqual(at.statuses, ['available', 'in-call', 'available']);
    assert.equal(at.time.pending, 0);
  });

  it('A5 is answered automatically where the rules say so, and the offer says when', async () => {
    const at = await signIn({ rules: { autoAnswer: true } });
    const id = at.telephony.incoming({ number });
    await at.wait(10);
    const { autoAnswerAt } = at.last('session.offered');
    assert.equal(autoAnswerAt, at.last('session.assigned').at);
    assert.deepEqual(at.of(id), ['offered', 'assigned', 'connecting', 'connected']);
  });

  it('with `answered` is assigned to the agent without an offer, in any status', async () => {
    const at = await signIn({ status: 'break' });
    const id = at.telephony.incoming({ number, answered: true });
    await at.wait(1);
    assert.deepEqual(at.of(id), ['offered', 'assigned', 'connecting', 'connected']);
    await at.telephony.end(id);
    await at.wait(5);
    assert.deepEqual(at.statuses, ['break', 'in-call', 'break']);
  });

  it('A5 that is not answered is missed, changes the status, and is offered again once the agent is available', async () => {
    const at = await signIn();
    const id = at.telephony.incoming({ number, ringSeconds: 10 });
    await at.wait(12);
    assert.deepEqual([at.of(id), at.statuses.at(-1)], [['offered', 'missed'], 'missed-call']);
    await at.telephony.setStatus('available');
    await at.wait(1);
    assert.deepEqual(at.of(id), ['offered', 'missed', 'offered']);
    const { items } = await at.telephony.history();
    assert.deepEqual([items[0]?.missed, items[0]?.session.id], [true, id]);
  });

  it('A5 that is declined is withdrawn, not offered again, and abandoned after the caller’s patience', async () => {
    const at = await signIn();
    const id = at.telephony.incoming({ number, patienceSeconds: 60 });
    await at.wait(1);
    await at.telephony.decline(id);
    await assert.rejects(at.telephony.answer(id), { code: 'not-available' });
    await at.wait(90);
    assert.deepEqual(at.of(id), ['offered', 'withdrawn', 'abandoned', 'closed']);
    assert.deepEqual([at.statuses, at.time.pending], [['available'], 0]);
  });

  it('R4 is withdrawn and abandoned when the caller hangs up while it rings', async () => {
    const at = await signIn();
    const id = at.telephony.incoming({ number });
    await at.wait(3);
    at.telephony.hangUp(id);
    await at.wait(3);
    assert.deepEqual(at.of(id), ['offered', 'withdrawn', 'abandoned', 'closed']);
    assert.equal(at.last('session.abandoned').session.customerNumber, number);
    await assert.rejects(at.telephony.answer(id), { code: 'not-available' });
  });

  it('waits in the queue, in order of arrival, until the agent is available and not in a call', async () => {
    const at = await signIn({ status: 'break' });
    const [one, two] = [at.telephony.incoming({ number }), at.telephony.incoming({ number: '+14155550124' })];
    await at.wait(5);
    assert.deepEqual([at.of(one), at.of(two)], [[], []]);
    await at.telephony.setStatus('available');
    await at.telephony.answer(one);
    await at.wait(5);
    assert.deepEqual([at.of(one).length, at.of(two)], [4, []]);
    await at.telephony.end(one);
    await at.wait(1);
    assert.deepEqual(at.of(two), ['offered']);
    await assert.rejects(at.telephony.dial(plan), { code: 'not-available' });
  });

  it('R4 is abandoned in the queue without an offer', async () => {
    const at = await signIn({ status: 'meal' });
    const id = at.telephony.incoming({ number, patienceSeconds: 20 });
    await at.wait(30);
    assert.deepEqual(at.of(id), ['abandoned', 'closed']);
    assert.equal(at.last('session.abandoned').owner, agent.id);
  });

  it('R30 a call that a colleague takes is withdrawn here, and the colleague owns its events', async () => {
    const at = await signIn();
    const id = at.telephony.incoming({ number });
    await at.wait(1);
    at.telephony.takenElsewhere(id);
    await at.wait(120);
    assert.deepEqual(at.of(id).slice(0, 3), ['offered', 'withdrawn', 'assigned']);
    assert.equal(at.of(id).at(-1), 'closed');
    assert.deepEqual([at.last('session.assigned').owner, at.last('session.ended').owner], ['102', '102']);
    assert.deepEqual(at.statuses, ['available']);
  });

  it('R29 marks anonymous, blocked and internal calls, and has no number of an anonymous caller', async () => {
    const at = await signIn({ status: 'break' });
    const { telephony } = at;
    const session = (id: string) => telephony.sessions().find((one) => one.id === id)!;
    const anonymous = session(telephony.incoming({ number, anonymous: true }));
    assert.deepEqual([anonymous.anonymous, anonymous.customerNumber], [true, undefined]);
    assert.equal(session(telephony.incoming()).anonymous, true);
    assert.equal(
      session(telephony.incoming({ channel: 'web-call', customer: { authenticated: false } })).anonymous,
      undefined,
    );
    assert.equal(session(telephony.incoming({ number, blocked: true })).blocked, true);
    assert.equal(session(telephony.incoming({ number, channel: 'internal-call' })).queue, undefined);
    assert.throws(() => telephony.incoming({ number: '555' }), { code: 'invalid' });
  });

  it('R8 carries queue, language, customer, custom data and the number dialled; the queue may change', async () => {
    const at = await signIn({ status: 'break' });
    const queue = { id: 'q-repairs', path: ['Support', 'Repairs'] };
    const customer = { identifier: 'user-7', name: 'Mia', authenticated: true };
    const id = at.telephony.incoming({
      ...{ channel: 'mobile-call', number, language: 'fr', customer, customData: { plan: 'gold' } },
      platformNumber: '+33199000100',
    });
    at.telephony.moveToQueue(id, queue);
    await at.telephony.setStatus('available');
    await at.wait(1);
    const { session } = at.last('session.offered');
    assert.deepEqual(
      [session.language, session.platformNumber, session.customer, session.customData, session.queue],
      ['fr', '+33199000100', customer, { plan: 'gold' }, queue],
    );
    assert.deepEqual(at.of(id), ['queue-changed', 'offered']);
  });

  it('an answered call is not abandoned after the caller’s patience', async () => {
    const at = await signIn();
    const id = at.telephony.incoming({ number, patienceSeconds: 20 });
    await at.wait(1);
    await at.telephony.answer(id);
    await at.wait(3600);
    assert.deepEqual(at.of(id), ['offered', 'assigned', 'connecting', 'connected']);
  });

  it('S14 is not recorded if the rules forbid it', async () => {
    const at = await signIn({ rules: { record: false } });
    const id = at.telephony.incoming({ number, answered: true, talkSeconds: 5 });
    await at.wait(20);
    assert.equal(at.of(id).at(-1), 'closed');
    assert.ok(!at.of(id).includes('recording.ready'));
  });

  it('R11 the recording comes in parts, in order, before the last event', async () => {
    const at = await signIn();
    const id = at.telephony.incoming({ number, answered: true, talkSeconds: 60, recordingParts: 3 });
    await at.wait(90);
    const parts = at.all('recording.ready').map(({ recording }) => recording);
    assert.deepEqual(
      parts.map(({ part, parts: of, durationSeconds }) => [part, of, durationSeconds]),
      [1, 2, 3].map((part) => [part, 3, 20]),
    );
    assert.deepEqual([new Set(parts.map(({ url }) => url)).size, at.of(id).at(-1)], [3, 'closed']);
    assert.deepEqual([parts[0]?.from, parts[0]?.to], [number, '+18005550100']);
  });
});

describe('a recording', () => {
  it('R11 is a file if `recordingFile` is set, also after a reload and for voicemails', async () => {
    const storage = sharedStorage();
    const recordingFile = ({ durationSeconds }: { durationSeconds: number }) => new Blob([`${durationSeconds} s`]);
    const before = await signIn({ storage });
    const id = before.telephony.incoming({ number, answered: true, talkSeconds: 30 });
    before.telephony.voicemail({ number, seconds: 24 });
    await before.telephony.disconnect();
    const at = new SignedIn({ storage }, new SimulatedTime(before.time.now() + 90_000));
    at.telephony.recordingFile = recordingFile;
    await at.telephony.connect(agent, rules);
    await at.wait(1);
    const { url, file } = at.last('recording.ready').recording;
    assert.deepEqual([url, await file?.text(), at.of(id).at(-1)], [undefined, '30 s', 'closed']);
    const [voicemail] = (await at.telephony.voicemails()).items;
    assert.equal(await voicemail?.recording.file?.text(), '24 s');
    at.telephony.recordingFile = undefined;
    assert.match((await at.telephony.voicemails()).items[0]!.recording.url!, /^https:/);
  });
});

describe('a chat', () => {
  const web = { channel: 'web-chat', customer: { identifier: 'user-9', authenticated: true } } as const;

  it('R1 is offered, answered, has messages, and ends; a call goes on beside it', async () => {
    const at = await signIn();
    const call = await at.inCall();
    const id = at.telephony.chat({ ...web, customData: { page: '/cart' } });
    await at.wait(1);
    await at.telephony.answer(id);
    await at.wait(1);
    at.telephony.message(id);
    at.telephony.message(id);
    at.telephony.message(id, 0);
    await at.wait(5);
    await at.telephony.end(id);
    await at.wait(10);
    assert.deepEqual(at.of(id), [
      ...['offered', 'assigned', 'connected', 'message', 'message', 'message', 'ended', 'closed'],
    ]);
    assert.deepEqual(
      at.all('session.message').map(({ unread }) => unread),
      [1, 2, 0],
    );
    const { session } = at.all('session.assigned').at(-1)!;
    assert.deepEqual(
      [session.channel, session.customData, session.platformNumber],
      ['web-chat', { page: '/cart' }, undefined],
    );
    assert.equal(at.of(call).at(-1), 'connected');
    assert.deepEqual(at.statuses, ['available', 'in-call']);
  });

  it('A7 no more than the rules allow; another is offered when one ends, or when the rules allow more', async () => {
    const at = await signIn({ rules: { maxChats: 1 } });
    const ids = [1, 2, 3].map(() => at.telephony.chat(web));
    await at.telephony.answer(ids[0]!);
    await at.wait(2);
    const offered = () => ids.map((id) => at.of(id).includes('offered'));
    assert.deepEqual(offered(), [true, false, false]);
    await at.telephony.end(ids[0]!);
    await at.wait(1);
    assert.deepEqual(offered(), [true, true, false]);
    await at.telephony.setRules({ ...rules, maxChats: 2 });
    await at.wait(1);
    assert.deepEqual(offered(), [true, true, true]);
  });

  it('a missed chat does not change the status, and a chat is never recorded', async () => {
    const at = await signIn();
    const missed = at.telephony.chat({ ...web, ringSeconds: 5 });
    await at.wait(8);
    const taken = at.telephony.chat({ ...web, answered: true, talkSeconds: 5 });
    await at.wait(20);
    assert.deepEqual([at.of(missed), at.statuses], [['offered', 'missed'], ['available']]);
    assert.deepEqual(at.of(taken), ['offered', 'assigned', 'connected', 'ended', 'closed']);
  });

  it('an agent with chats is offered a call; an agent on a break is offered no chat', async () => {
    const at = await signIn();
    at.telephony.chat({ ...web, answered: true });
    const call = at.telephony.incoming({ number });
    await at.wait(1);
    assert.deepEqual(at.of(call), ['offered']);
    const idle = await signIn({ status: 'break' });
    const chat = idle.telephony.chat(web);
    await idle.wait(5);
    assert.deepEqual(idle.of(chat), []);
  });
});
