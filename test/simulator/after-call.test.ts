import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plan, signIn } from './signed-in.js';

const number = '+14155550123';
const wrapUp = { wrapUp: true, rules: { wrapUpSeconds: { inbound: 30, outbound: 20 } } } as const;

describe('after a call', () => {
  it('A6 a wrap-up lasts as long as the rules say, and the session closes once it is saved', async () => {
    const at = await signIn(wrapUp);
    const id = await at.inCall();
    await at.telephony.end(id);
    await at.wait(1);
    const { until, at: began } = at.last('session.wrap-up');
    assert.equal(Date.parse(until!) - Date.parse(began), 30_000);
    assert.equal((await at.telephony.getSession(id))?.phase, 'wrap-up');
    await at.wait(10);
    assert.ok(!at.of(id).includes('closed'));
    await at.telephony.submitWrapUp(id, { notes: 'Asked for a new key', dispositions: ['sales/key'] });
    await at.wait(1);
    const { agent, notes, codes } = at.last('disposition.submitted');
    assert.deepEqual([agent, notes, codes], ['101', 'Asked for a new key', ['sales/key']]);
    assert.deepEqual(at.of(id).slice(-5), ['ended', 'wrap-up', 'recording.ready', 'disposition.submitted', 'closed']);
    assert.deepEqual(at.statuses, ['available', 'in-call', 'wrap-up', 'available']);
    assert.equal(at.time.pending, 0);
  });

  it('A6 a wrap-up that takes too long is exceeded, can still be saved, and else closes by itself', async () => {
    for (const saves of [true, false]) {
      const at = await signIn(wrapUp);
      const { sessionId } = await at.telephony.dial(plan);
      await at.wait(10);
      at.telephony.hangUp(sessionId);
      await at.wait(25);
      assert.deepEqual([at.of(sessionId).at(-1), at.statuses.at(-1)], ['wrap-up-exceeded', 'wrap-up-exceeded']);
      if (saves) await at.telephony.submitWrapUp(sessionId, { notes: '', dispositions: ['x'] });
      await at.wait(saves ? 1 : 70);
      assert.deepEqual([at.of(sessionId).at(-1), at.statuses.at(-1)], ['closed', 'available']);
      assert.equal(at.all('disposition.submitted').length, saves ? 1 : 0);
    }
  });

  it('A2 choosing a status ends the wrap-up; a next status applies after it', async () => {
    const at = await signIn(wrapUp);
    const first = await at.inCall();
    await at.telephony.end(first);
    await at.wait(1);
    await at.telephony.setStatus('break');
    await at.wait(5);
    assert.deepEqual([at.of(first).at(-1), at.statuses.at(-1)], ['closed', 'break']);
    const second = await at.inCall();
    await at.telephony.setNextStatus('meal');
    await at.telephony.end(second);
    await at.wait(1);
    assert.deepEqual([at.last('agent.status').status, at.last('agent.status').next], ['wrap-up', 'meal']);
    await at.telephony.submitWrapUp(second, { notes: '', dispositions: [] });
    await at.wait(1);
    assert.deepEqual([at.statuses.at(-1), at.all('disposition.submitted').length], ['meal', 0]);
  });

  it('a call during a wrap-up returns to the wrap-up when it ends', async () => {
    const at = await signIn(wrapUp);
    const first = await at.inCall();
    await at.telephony.end(first);
    const { sessionId } = await at.telephony.dial({ ...plan, parentId: first });
    at.telephony.hangUp(sessionId);
    await at.wait(3);
    assert.deepEqual(at.statuses, ['available', 'in-call', 'wrap-up', 'in-call', 'wrap-up']);
    await at.telephony.submitWrapUp(first, { notes: 'x', dispositions: [] });
    await at.wait(1);
    assert.equal(at.statuses.at(-1), 'available');
  });

  it('there is no wrap-up for zero seconds, an unconnected call, an internal call, or where it is off', async () => {
    const none = await signIn({ wrapUp: true });
    await none.telephony.end(await none.inCall());
    const at = await signIn(wrapUp);
    at.telephony.next = 'busy';
    await at.telephony.dial(plan);
    const internal = await signIn(wrapUp);
    const colleague = internal.telephony.incoming({ number, channel: 'internal-call', answered: true });
    await internal.wait(2);
    await internal.telephony.end(colleague);
    const off = await signIn({ ...wrapUp, wrapUp: false });
    await off.telephony.end(await off.inCall());
    for (const one of [none, at, internal, off]) {
      await one.wait(20);
      assert.equal(one.all('session.wrap-up').length, 0);
      assert.equal(one.all('session.closed').length, 1);
    }
  });

  it('S16 A15 a chat has the wrap-up of inbound sessions, which does not change the status', async () => {
    const at = await signIn(wrapUp);
    const { telephony } = at;
    const id = telephony.chat({ channel: 'mobile-chat', answered: true, talkSeconds: 2 });
    await at.wait(5);
    assert.equal(at.all('session.wrap-up').length, 1);
    assert.equal(at.all('session.closed').length, 0);
    await telephony.setStatus('break');
    await telephony.submitWrapUp(id, { notes: 'Sent the label', dispositions: [] });
    await at.wait(1);
    assert.equal(at.all('session.closed').length, 1);
    assert.equal(at.last('disposition.submitted').notes, 'Sent the label');
    assert.ok(!at.statuses.some((status) => status === 'wrap-up' || status === 'in-call'));
  });

  it('R17 a rating can arrive days later; an invalid rating is refused', async () => {
    const at = await signIn();
    const id = await at.inCall();
    await at.telephony.end(id);
    await at.wait(3 * 86_400);
    at.telephony.rate(id, 4, 'Very kind');
    await at.wait(1);
    const { score, feedback, owner, sessionId } = at.last('rating.received');
    assert.deepEqual([score, feedback, owner, sessionId], [4, 'Very kind', '101', id]);
    for (const wrong of [0, 6, 2.5]) assert.throws(() => at.telephony.rate(id, wrong), { code: 'invalid' });
    const waiting = at.telephony.incoming({ number });
    assert.throws(() => at.telephony.rate(waiting, 3), { code: 'not-available' });
  });

  it('R14 R15 R16 R19 emits smart actions, custom data and API responses as given', async () => {
    const at = await signIn();
    const { telephony } = at;
    const id = await at.inCall();
    const attachments = [{ name: 'bike.jpg', type: 'image/jpeg', url: 'https://photos.example/bike.jpg' }];
    telephony.smartAction(id, { kind: 'photo', results: { count: 1 }, attachments });
    telephony.smartAction(id, { kind: 'verification', verified: true });
    telephony.smartActionFails(id, { kind: 'text', message: 'The customer declined', byUser: true });
    telephony.customData(id, { serial: 'VX-12' });
    telephony.apiResponds(id, { name: 'orders', data: { open: 2 } });
    telephony.quality(id, { word: 'poor', loss: 0.08, jitter: 40 });
    telephony.loseDevice();
    await at.wait(1);
    const [photo, verification] = at.all('smart-action.completed');
    assert.deepEqual([photo?.kind, photo?.results, photo?.attachments], ['photo', { count: 1 }, attachments]);
    assert.deepEqual([verification?.verified, verification?.attachments], [true, []]);
    assert.equal(at.last('smart-action.failed').byUser, true);
    assert.deepEqual(at.last('custom-data.received').data, { serial: 'VX-12' });
    assert.deepEqual((await telephony.getSession(id))?.customData, { serial: 'VX-12' });
    assert.deepEqual(at.last('api.responded').data, { open: 2 });
    assert.equal(at.last('session.quality').word, 'poor');
    assert.ok(at.last('device.lost'));
  });

  it('R13 R28 emits the agent’s actions at another device, whatever the capabilities are', async () => {
    const at = await signIn({ profile: { capabilities: [] } });
    const { telephony } = at;
    const id = await at.inCall();
    const target = { kind: 'agent', id: '102', label: 'Noémie Laurent' } as const;
    telephony.recordInParts(id, 2);
    for (const on of [true, false])
      for (const act of ['mute', 'hold', 'pause-recording'] as const) telephony.atAnotherDevice(id, { do: act, on });
    telephony.atAnotherDevice(id, { do: 'add', target });
    await at.wait(3);
    telephony.atAnotherDevice(id, { do: 'remove', participantId: 'agent-102' });
    telephony.atAnotherDevice(id, { do: 'transfer', target, mode: 'warm' });
    telephony.atAnotherDevice(id, { do: 'cancel-transfer' });
    telephony.atAnotherDevice(id, { do: 'transfer', target, mode: 'warm' });
    await at.wait(3);
    telephony.atAnotherDevice(id, { do: 'complete-transfer' });
    telephony.atAnotherDevice(id, { do: 'wrap-up', notes: 'Noted', dispositions: [] });
    const left = telephony.voicemail({ number });
    telephony.atAnotherDevice(left, { do: 'voicemail', as: 'closed' });
    assert.throws(() => telephony.atAnotherDevice(id, { do: 'voicemail', as: 'read' }), { code: 'invalid' });
    assert.throws(() => telephony.atAnotherDevice(id, { do: 'leave' }), { code: 'not-available' });
    await at.wait(60);
    const emitted = new Set(at.events.map(({ type }) => type));
    for (const type of [
      'session.muted',
      'session.held',
      'session.recording-paused',
      'session.participant-left',
    ] as const)
      assert.ok(emitted.has(type), type);
    for (const type of [
      'transfer.cancelled',
      'transfer.finished',
      'disposition.submitted',
      'voicemail.closed',
    ] as const)
      assert.ok(emitted.has(type), type);
    assert.equal(at.all('recording.ready').length, 2);
  });

  it('A3 A12 history and statistics contain the agent’s sessions, and not those that a colleague took', async () => {
    const at = await signIn();
    const { telephony } = at;
    const first = await at.inCall();
    await telephony.end(first);
    await at.wait(5);
    telephony.next = 'busy';
    const busy = (await telephony.dial(plan)).sessionId;
    await at.wait(5);
    telephony.chat({ channel: 'web-chat', answered: true, talkSeconds: 10 });
    await at.wait(20);
    await telephony.setStatus('break');
    telephony.takenElsewhere(telephony.incoming({ number }));
    telephony.rate(first, 5);
    await at.wait(60);
    const { items } = await telephony.history();
    assert.deepEqual(
      items.map(({ session, outcome }) => [session.channel, outcome]),
      [
        ['web-chat', 'completed'],
        ['outbound-call', 'busy'],
        ['ivr-call', 'completed'],
      ],
    );
    assert.deepEqual([items[1]?.session.id, items[2]?.durations.talk], [busy, 5]);
    assert.deepEqual(await telephony.statistics(), { calls: 1, chats: 1, talkSeconds: 15, csat: 5 });
  });
});

describe('a voicemail', () => {
  it('R5 R18 is received, listed, read, called back and closed, with one event each', async () => {
    const at = await signIn();
    const { telephony } = at;
    const id = telephony.voicemail({ number, seconds: 31, transcript: 'Please call me back.' });
    await at.wait(1);
    const { session, recording, owner } = at.last('voicemail.received');
    assert.deepEqual(
      [session.voicemail, session.customerNumber, session.agentId, owner],
      [true, number, undefined, '101'],
    );
    assert.deepEqual([recording.durationSeconds, recording.transcript], [31, 'Please call me back.']);
    const [voicemail] = (await telephony.voicemails()).items;
    assert.deepEqual([voicemail?.state, voicemail?.session.id], ['new', id]);
    await telephony.markVoicemail(voicemail!.id, 'read');
    await telephony.markVoicemail(voicemail!.id, 'read');
    const back = await telephony.dial({ ...plan, parentId: id });
    await telephony.markVoicemail(voicemail!.id, 'closed');
    await telephony.markVoicemail(voicemail!.id, 'read');
    await at.wait(5);
    assert.deepEqual(at.of(id), [
      ...['voicemail.received', 'closed', 'voicemail.read', 'voicemail.called-back', 'voicemail.closed'],
    ]);
    assert.equal(at.last('voicemail.called-back').agent, '101');
    assert.equal((await telephony.getSession(back.sessionId))?.parentId, id);
    assert.equal((await telephony.voicemails()).items[0]?.state, 'closed');
    await assert.rejects(telephony.markVoicemail('none', 'read'), { code: 'invalid' });
  });

  it('R18 a new voicemail that is called back counts as read', async () => {
    const at = await signIn();
    const id = at.telephony.voicemail({ number });
    await at.telephony.dial({ ...plan, parentId: id });
    assert.equal((await at.telephony.voicemails()).items[0]?.state, 'read');
    await at.wait(1);
    assert.ok(!at.of(id).includes('voicemail.read'));
  });

  it('R4 emits an abandoned call', async () => {
    const at = await signIn();
    const id = at.telephony.abandoned({ number, waitedSeconds: 75 });
    await at.wait(1);
    assert.deepEqual(at.of(id), ['abandoned', 'closed']);
    assert.equal(at.last('session.abandoned').session.customerNumber, number);
    assert.equal((await at.telephony.getSession(id))?.phase, 'ended');
    assert.deepEqual((await at.telephony.history()).items, []);
  });
});
