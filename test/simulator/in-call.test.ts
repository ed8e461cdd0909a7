import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TransferTarget } from '../../src/telephony/telephony.js';
import { agent as alex, plan, signIn, type SignedIn } from './signed-in.js';

const noemie: TransferTarget = { kind: 'agent', id: '102', label: 'Noémie Laurent' };
const repairs: TransferTarget = { kind: 'queue', id: 'q-repairs', label: 'Repairs' };
const workshop: TransferTarget = { kind: 'outside', id: '+14155550190', label: 'Workshop San Francisco' };

/** The types of the session's events after `session.connected`. */
const since = (at: SignedIn, id: string): string[] => at.of(id).slice(at.of(id).indexOf('connected') + 1);

describe('in a call', () => {
  it('A4 mute, hold and recording pause emit one event per change, and hold counts in the durations', async () => {
    const at = await signIn();
    const { telephony } = at;
    const id = await at.inCall();
    for (const muted of [true, true, false]) await telephony.setMuted(id, muted);
    await telephony.setHeld(id, true);
    await telephony.setHeld(id, true);
    await at.wait(10);
    await telephony.setHeld(id, false);
    await telephony.setRecordingPaused(id, true);
    await at.wait(20);
    await telephony.setRecordingPaused(id, false);
    await telephony.setHeld(id, true);
    await at.wait(3);
    await telephony.end(id);
    await at.wait(10);
    assert.deepEqual(since(at, id), [
      ...['muted', 'muted', 'held', 'held', 'recording-paused', 'recording-paused', 'held'],
      ...['ended', 'recording.ready', 'closed'],
    ]);
    const { total, talk, hold, wait } = at.last('session.ended').durations;
    assert.deepEqual([hold, total], [13, talk + hold + wait]);
    assert.equal(at.last('recording.ready').recording.durationSeconds, 37 - 20);
  });

  it('A4 sends digits, and refuses characters that are not keys', async () => {
    const at = await signIn();
    const id = await at.inCall();
    await at.telephony.sendDigits(id, '12#');
    await at.telephony.sendDigits(id, '*');
    assert.equal(at.telephony.digitsOf(id), '12#*');
    await assert.rejects(at.telephony.sendDigits(id, 'hello'), { code: 'invalid' });
  });

  it('refuses every command for a call that is not connected, does not exist, or has ended', async () => {
    const at = await signIn();
    const { telephony } = at;
    const offered = telephony.incoming({ number: '+14155550123' });
    const commands = (id: string) => [
      telephony.setMuted(id, true),
      telephony.setHeld(id, true),
      telephony.sendDigits(id, '1'),
      telephony.setRecordingPaused(id, true),
      telephony.transfer(id, noemie, 'cold'),
      telephony.completeTransfer(id),
      telephony.addParticipant(id, workshop),
      telephony.leave(id),
      telephony.resume(id),
    ];
    for (const command of commands(offered)) await assert.rejects(command, { code: 'not-available' });
    await assert.rejects(telephony.end(offered), { code: 'not-available' });
    for (const command of commands('nobody')) await assert.rejects(command, { code: 'invalid' });
    await telephony.answer(offered);
    await at.wait(2);
    await telephony.end(offered);
    for (const command of commands(offered)) await assert.rejects(command, { code: 'not-available' });
  });

  it('R28 participants join, leave, and are put on hold one by one; adding one who declines is refused', async () => {
    const at = await signIn({ targets: { '104': 'declines' } });
    const { telephony } = at;
    const id = await at.inCall();
    await telephony.addParticipant(id, workshop);
    await at.wait(5);
    const { participant } = at.last('session.participant-joined');
    assert.deepEqual([participant.kind, participant.label], ['outside', workshop.label]);
    await assert.rejects(telephony.addParticipant(id, workshop), { code: 'invalid' });
    const declined = telephony.addParticipant(id, { kind: 'agent', id: '104', label: 'Priya' });
    await assert.rejects(declined, { code: 'not-available', failReason: 'eu_rejected' });
    await telephony.setHeld(id, true, participant.id);
    const held = await telephony.getSession(id);
    assert.deepEqual([held?.held, held?.participants.map((one) => one.held)], [false, [false, true]]);
    await telephony.removeParticipant(id, participant.id);
    await assert.rejects(telephony.removeParticipant(id, 'customer'), { code: 'invalid' });
    await at.wait(1);
    assert.deepEqual(since(at, id), ['participant-joined', 'held', 'participant-left']);
    await telephony.end(id);
    await at.wait(5);
    assert.equal(at.last('session.ended').durations.hold, 0);
  });

  it('R30 leaving a call to a colleague makes them its owner; leaving it to an outside number does not', async () => {
    for (const [target, owner] of [
      [noemie, '102'],
      [workshop, '101'],
    ] as const) {
      const at = await signIn();
      const id = await at.inCall();
      await assert.rejects(at.telephony.leave(id), { code: 'not-available' });
      await at.telephony.addParticipant(id, target);
      await at.wait(5);
      await at.telephony.leave(id);
      await at.wait(1);
      assert.deepEqual(at.statuses, ['available', 'in-call', 'available']);
      await at.wait(60);
      assert.equal(at.last('session.ended').owner, owner);
      assert.equal(at.last('session.closed').owner, owner);
      assert.equal(at.time.pending, 0);
    }
  });
});

describe('a transfer', () => {
  it('R13 cold to an agent: finishes when they answer, and the session is theirs from then on', async () => {
    const at = await signIn();
    const id = await at.inCall();
    await at.telephony.setMuted(id, true);
    await at.telephony.transfer(id, noemie, 'cold');
    await at.wait(1);
    assert.deepEqual(since(at, id), ['muted', 'transfer.started']);
    await at.wait(2);
    assert.deepEqual(since(at, id), ['muted', 'transfer.started', 'transfer.finished', 'assigned']);
    assert.equal((await at.telephony.getSession(id))?.muted, false);
    const { target, mode, agent, owner } = at.last('transfer.finished');
    assert.deepEqual([target, mode, agent, owner], [noemie, 'cold', '102', '101']);
    assert.equal(at.last('session.assigned').owner, '102');
    assert.deepEqual(at.statuses, ['available', 'in-call', 'available']);
    await assert.rejects(at.telephony.setMuted(id, true), { code: 'not-available' });
    assert.equal((await at.telephony.connect(alex, at.telephony.rules!)).activeSessions.length, 0);
    await at.wait(60);
    assert.deepEqual([at.last('session.ended').owner, at.of(id).at(-1)], ['102', 'closed']);
  });

  it('R13 cold to a queue: the queue changes, and a colleague takes it', async () => {
    const at = await signIn();
    const id = await at.inCall();
    await at.telephony.transfer(id, repairs, 'cold');
    await at.wait(10);
    assert.deepEqual(since(at, id), ['transfer.started', 'queue-changed', 'transfer.finished', 'assigned']);
    assert.deepEqual(at.last('session.queue-changed').queue, { id: 'q-repairs', path: ['Support', 'Repairs'] });
    assert.deepEqual([at.last('transfer.finished').agent, at.last('session.assigned').owner], [undefined, '102']);
    assert.deepEqual(at.last('session.assigned').session.queue?.id, 'q-repairs');
  });

  it('R13 R30 where colleagues have no desktop, the agent owns the later events of a call that they handed on', async () => {
    for (const target of [noemie, repairs]) {
      const at = await signIn({ alone: true });
      const id = await at.inCall();
      await at.telephony.transfer(id, target, 'cold');
      await at.wait(60);
      const assigned = at.last('session.assigned');
      assert.deepEqual([assigned.agent, assigned.owner], ['102', '101']);
      at.telephony.rate(id, 4);
      await at.wait(5);
      const owners = [at.last('session.ended'), at.last('session.closed'), at.last('rating.received')];
      assert.deepEqual(
        owners.map(({ owner }) => owner),
        ['101', '101', '101'],
      );
    }
  });

  it('R13 cold to an outside number: the session gets no new agent, and the customer can hang up', async () => {
    const at = await signIn();
    const id = await at.inCall();
    await at.telephony.transfer(id, workshop, 'cold');
    await at.wait(5);
    assert.deepEqual(since(at, id), ['transfer.started', 'transfer.finished']);
    at.telephony.hangUp(id);
    await at.wait(5);
    assert.deepEqual([at.last('session.ended').owner, at.last('session.ended').endedBy], ['101', 'customer']);
    const next = await at.telephony.dial(plan);
    assert.ok(next.sessionId);
  });

  it('A4 warm: the customer is on hold during the consultation, and off hold after it', async () => {
    const at = await signIn();
    const id = await at.inCall();
    await at.telephony.transfer(id, noemie, 'warm');
    await assert.rejects(at.telephony.completeTransfer(id), { code: 'not-available' });
    await assert.rejects(at.telephony.transfer(id, repairs, 'cold'), { code: 'not-available' });
    await at.wait(12);
    await at.telephony.completeTransfer(id);
    await at.wait(1);
    assert.deepEqual(since(at, id), [
      ...['held', 'transfer.started', 'participant-joined', 'held', 'transfer.finished', 'assigned'],
    ]);
    assert.deepEqual(
      at.all('session.held').map(({ held }) => held),
      [true, false],
    );
    await at.wait(60);
    assert.equal(at.last('session.ended').durations.hold, 12);
  });

  it('A4 cancelling a consultation takes the customer off hold, unless they were on hold before', async () => {
    for (const before of [false, true]) {
      const at = await signIn();
      const id = await at.inCall();
      if (before) await at.telephony.setHeld(id, true);
      await at.telephony.transfer(id, repairs, 'warm');
      await at.wait(5);
      await at.telephony.cancelTransfer(id);
      await at.wait(1);
      const session = await at.telephony.getSession(id);
      assert.deepEqual([session?.held, session?.participants.length], [before, 1]);
      assert.deepEqual(
        since(at, id).filter((type) => type !== 'held'),
        ['transfer.started', 'participant-joined', 'participant-left', 'transfer.cancelled'],
      );
      await assert.rejects(at.telephony.cancelTransfer(id), { code: 'not-available' });
    }
  });

  it('A4 cancelling a consultation before its answer leaves no timer and no hold', async () => {
    const at = await signIn({ targets: { '102': 'no-answer' } });
    const id = await at.inCall();
    await at.telephony.transfer(id, noemie, 'warm');
    await at.telephony.cancelTransfer(id);
    await at.wait(1);
    assert.equal(at.time.pending, 0);
    assert.deepEqual(since(at, id), ['held', 'transfer.started', 'transfer.cancelled', 'held']);
  });

  it('fails if the target declines or does not answer, and the call stays with the agent', async () => {
    for (const mode of ['cold', 'warm'] as const) {
      const at = await signIn({ targets: { '102': 'declines' } });
      at.telephony.scriptTarget('103', 'no-answer');
      const id = await at.inCall();
      await at.telephony.transfer(id, noemie, mode);
      await at.wait(5);
      assert.equal(at.all('transfer.failed').length, 1);
      await at.telephony.transfer(id, { kind: 'agent', id: '103', label: 'Jonas Weber' }, mode);
      await at.wait(20);
      assert.equal(at.all('transfer.failed').length, 2);
      const session = await at.telephony.getSession(id);
      assert.deepEqual([session?.phase, session?.held, session?.agentId], ['connected', false, '101']);
    }
  });

  it('fails if the customer hangs up; a transfer to oneself or to an invalid number is refused', async () => {
    const at = await signIn({ targets: { '102': 'never-answers' } });
    const id = await at.inCall();
    const refused = [
      { ...noemie, id: '101' },
      { ...workshop, id: '555' },
      { ...repairs, id: '' },
    ];
    for (const target of refused) await assert.rejects(at.telephony.transfer(id, target, 'cold'), { code: 'invalid' });
    await at.telephony.transfer(id, noemie, 'warm');
    await at.wait(5);
    at.telephony.hangUp(id);
    await at.wait(5);
    assert.deepEqual(since(at, id), [
      'held',
      'transfer.started',
      'transfer.failed',
      'ended',
      'recording.ready',
      'closed',
    ]);
  });

  it('R13 in a queue without agents the customer waits until they hang up', async () => {
    const at = await signIn({ directory: [{ ...repairs, path: ['Repairs'] }] });
    const id = await at.inCall();
    await at.telephony.transfer(id, repairs, 'cold');
    await at.wait(60);
    assert.deepEqual(at.of(id).slice(-4), ['transfer.finished', 'ended', 'recording.ready', 'closed']);
    assert.equal(at.last('session.ended').owner, '101');
    const waiting = at.telephony.incoming({ number: '+14155550123' });
    assert.throws(() => at.telephony.takenElsewhere(waiting), { code: 'not-available' });
  });

  it('the directory finds queues, colleagues and outside numbers by every word, but not the agent', async () => {
    const at = await signIn();
    const labels = async (query: string) => (await at.telephony.directory(query)).items.map(({ label }) => label);
    assert.deepEqual(await labels('work san'), ['Workshop San Francisco']);
    assert.deepEqual(await labels('sales'), ['Orders and returns']);
    assert.ok(!(await labels('')).includes('Alex Morgan'));
    const own = await signIn({ directory: [{ kind: 'agent', id: '101', label: 'Alex' }, noemie] });
    assert.deepEqual(
      (await own.telephony.directory('')).items.map(({ label }) => label),
      [noemie.label],
    );
    const page = await at.telephony.directory('', { limit: 3 });
    assert.deepEqual([page.items.length, page.next], [3, '3']);
    assert.equal((await at.telephony.directory('', { limit: 3, page: page.next! })).items[0]?.label, 'Noémie Laurent');
  });

  it('A16 the directory tells who is available and how many calls wait, and that changes', async () => {
    const at = await signIn();
    const told = async (id: string) => {
      const found = (await at.telephony.directory('')).items.find((one) => one.id === id);
      return found?.presence ?? found?.waiting;
    };
    const seen = new Set<unknown>();
    for (let turn = 0; turn < 4; turn++) {
      seen.add(await told('102'));
      await at.wait(90);
    }
    assert.deepEqual([...seen].sort(), ['available', 'away', 'busy']);
    await at.telephony.setStatus('break');
    const before = Number(await told('returns'));
    at.telephony.incoming({ number: '+14155550123', queue: { id: 'returns', path: ['Sales'] } });
    assert.equal(await told('returns'), before + 1, 'the caller waits in the queue');
    at.telephony.setAvailability('102', { presence: 'away' });
    assert.equal(await told('102'), 'away');
    const colleague = { kind: 'agent', id: '103', label: 'Jonas Weber' } as const;
    const id = await at.inCall();
    await at.telephony.transfer(id, colleague, 'cold');
    await at.wait(10);
    assert.equal(await told('103'), 'busy', 'the colleague has the call');
  });
});
