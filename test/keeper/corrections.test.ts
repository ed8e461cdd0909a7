import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { BEN, MIA, MIAS } from '../support/crm-data.js';
import { KeeperDesk, SpyJournal } from '../support/keeper-desk.js';

const session: Session = { id: 'a', channel: 'ivr-call', direction: 'inbound', customerNumber: MIAS, agentId: '101' };
const ended = {
  type: 'session.ended' as const,
  endedBy: 'customer' as const,
  durations: { total: 60, talk: 50, hold: 0, wait: 10 },
};
const toBen = { contact: { id: BEN }, ticket: { id: '5' } };
const bodies = (desk: KeeperDesk, id: string) => desk.host.comments(id).map(({ body }) => body);

async function correct(desk: KeeperDesk, choice = toBen, after = 0) {
  const done = desk.keeper.corrections.correct('a', after, choice).then(
    (isNew) => (isNew ? 'done' : 'known'),
    ({ code }: { code: string }) => code,
  );
  await desk.wait(1000);
  return done;
}

/** The desktop of an agent to whom the session was transferred, with a ticket that the colleague's desktop wrote to. */
async function transferred() {
  const desk = await KeeperDesk.start({ agent: '102' });
  const taken = { ...session, agentId: '102', record: { contactId: MIA, ticketId: '1' } };
  desk.platform.set(taken);
  await desk.assigned(taken, '102');
  return desk;
}

describe('a correction by the keeper', () => {
  it('R35 R13 after a transfer: the first card links to the ticket that has the colleague’s part', async () => {
    const desk = await transferred();
    assert.equal(await correct(desk), 'done');
    await desk.hear(session, ended);
    await desk.hear(session, { type: 'session.closed' });
    assert.deepEqual(desk.written('5'), ['call_started', 'call_finished']);
    assert.match(bodies(desk, '5')[0]!, /^Earlier part on #1$/m);
    assert.deepEqual(desk.written('1'), ['moved']);
    assert.equal(desk.host.ticket('5').assigneeId, '102');
    assert.equal(desk.platform.sessions.get('a')!.record!.ticketId, '5');
    assert.equal(desk.platform.sessions.get('a')!.record!.correction, 1);
  });

  it('R35 only by the agent who has the session', async () => {
    const desk = await KeeperDesk.start();
    desk.platform.set(session);
    await desk.assigned(session);
    const target = { kind: 'agent' as const, id: '102', label: 'Noémie Laurent' };
    await desk.hear(session, { type: 'transfer.finished', target, mode: 'cold' });
    assert.equal(await correct(desk), 'not-yours');
    assert.deepEqual(bodies(desk, '5'), []);
  });

  it('R35 not if the platform says that another agent has it', async () => {
    const desk = await KeeperDesk.start();
    await desk.assigned(session);
    desk.platform.set({ ...session, agentId: '102' });
    assert.equal(await correct(desk), 'not-yours');
  });

  it('R35 if the platform does not answer, nothing is changed', async () => {
    const desk = await KeeperDesk.start();
    await desk.assigned(session);
    desk.platform.fails = true;
    assert.notEqual(await correct(desk), 'done');
    desk.platform.fails = false;
    desk.platform.set(session);
    assert.equal(await correct(desk), 'done');
  });

  it('R35 another desktop hears of it, and sends to the new ticket what it has not sent', async () => {
    const desk = await KeeperDesk.start();
    desk.platform.set(session);
    await desk.assigned(session);
    const [old] = desk.madeBy('a');
    const before = bodies(desk, old!.id).length;
    const record = { correction: 1, contactId: BEN, ticketId: '5' };
    await desk.hear(session, { type: 'session.recorded', record });
    await desk.hear(session, { type: 'rating.received', score: 5 });
    assert.equal(bodies(desk, old!.id).length, before, 'it writes no line, and repeats no card');
    assert.deepEqual(desk.written('5'), ['rating_received']);
    await desk.hear(session, { type: 'session.recorded', record: { ...record, correction: 1, ticketId: '1' } });
    await desk.hear(session, { type: 'api.responded', name: 'x', data: {} });
    assert.deepEqual(bodies(desk, '1'), [], 'an old number changes nothing');
  });

  it('R35 R11 a file is not written again: the card names the ticket that has it', async () => {
    const desk = await KeeperDesk.start();
    desk.platform.set(session);
    await desk.assigned(session);
    const file = new Blob(['sound'], { type: 'audio/mpeg' });
    const recording = { file, startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 9, part: 1, parts: 1 };
    await desk.hear(session, { type: 'recording.ready', recording });
    const [old] = desk.madeBy('a');
    assert.equal(await correct(desk), 'done');
    const [card] = desk.host.comments('5').filter(({ body }) => body.endsWith('recording_ready · a'));
    assert.ok(card!.body.split('\n').includes(`File on #${old!.id}`), card!.body);
    assert.equal(card!.recording, undefined);
    // Corrected again, it still names the ticket that has the file.
    await correct(desk, { contact: { id: MIA }, ticket: { id: '1' } }, 1);
    const again = bodies(desk, '1').find((body) => body.endsWith('recording_ready · a'));
    assert.ok(again!.split('\n').includes(`File on #${old!.id}`), again);
  });

  it('R35 a crash at any write to the journal loses nothing and repeats nothing', async () => {
    for (let crashAfter = 0; crashAfter < 8; crashAfter++) {
      const journal = new SpyJournal();
      const desk = await KeeperDesk.start({ journal });
      desk.platform.set(session);
      await desk.assigned(session);
      let left = crashAfter;
      const save = journal.save;
      // From the crash on, nothing that the page does reaches the journal, the outbox or the platform.
      journal.save = (kept) => {
        if (left-- > 0) return save(kept);
        desk.outbox.fails = true;
        return new Promise(() => undefined);
      };
      void correct(desk);
      await desk.wait(1000);
      desk.keeper.stop();
      journal.save = save;
      desk.outbox.fails = false;
      const { host, outbox, platform } = desk;
      const next = await KeeperDesk.start({ journal, host, outbox, platform, time: desk.time });
      await next.wait(1000);
      if (crashAfter === 0) continue;
      const [old] = next.madeBy('a');
      assert.deepEqual(next.written('5'), ['call_started'], `after ${crashAfter}`);
      assert.deepEqual(next.written(old!.id), ['call_started', 'moved'], `after ${crashAfter}`);
      assert.equal(platform.sessions.get('a')!.record!.ticketId, '5', `after ${crashAfter}`);
    }
  });
});
