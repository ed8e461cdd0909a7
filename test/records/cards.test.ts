import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Settings } from '../../src/domain/settings.js';
import { commentText } from '../../src/domain/ticket.js';
import type { Intent } from '../../src/records/intent.js';
import type { Known, RecordEvent } from '../../src/records/rule.js';
import { intentsFor } from '../../src/records/rules.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';
import { eventOf, ivr, recordedOf, settingsOf } from './cases.js';

const settings: Settings = settingsOf();
const durations = { total: 90, talk: 60, hold: 0, wait: 30 };
const jonas = { kind: 'agent' as const, id: '103', label: 'Jonas Weber' };
const kim = { id: 'outside-1', kind: 'outside' as const, label: 'Kim', held: false };

const at = (minute: number): string => `2026-03-02T09:${String(minute).padStart(2, '0')}:00.000Z`;
const assigned = eventOf(ivr, { type: 'session.assigned', session: ivr, agent: '101' }, 'e0');
const joined = { ...eventOf(ivr, { type: 'session.participant-joined', participant: kim }, 'e1'), at: at(1) };
const transfer = { ...eventOf(ivr, { type: 'transfer.finished', target: jonas, mode: 'cold' }, 'e2'), at: at(2) };
const note = eventOf(ivr, { type: 'disposition.submitted', agent: '101', notes: 'Sends a charger.', codes: [] }, 'e3');
const ended = { ...eventOf(ivr, { type: 'session.ended', endedBy: 'customer', durations }, 'e4'), at: at(4) };
const closed = eventOf(ivr, { type: 'session.closed' }, 'e5');
const due: RecordEvent = { type: 'card.due', id: 'card', at: at(9), sessionId: ivr.id };

/** The session on its ticket, in the agent's hands. */
const begun: Known = intentsFor(assigned, { ...recordedOf(ivr), facts: {} }, settings).known;

function run(events: readonly RecordEvent[], from = begun, given = settings) {
  const all: Intent[] = [];
  let known = from;
  for (const event of events) {
    const result = intentsFor(event, known, given);
    all.push(...result.intents);
    known = result.known;
  }
  return { known, intents: all, texts: all.flatMap((one) => textOf(one)) };
}

const textOf = (intent: Intent): string[] =>
  intent.kind === 'write-ticket' && intent.comment ? [commentText(intent.comment)] : [];

const steps = (intents: readonly Intent[]): string[] => intents.map(({ key }) => key.replace('s1/', ''));

describe('the cards of a session', () => {
  it('R31 has one end card, due at the close, at the note after the end, or at its time', () => {
    for (const last of [closed, note, due]) {
      const { intents, texts } = run([joined, ended, last, closed, due]);
      assert.deepEqual(steps(intents), ['finished'], last.type);
      assert.match(texts[0]!, /Kim joined at 09:01\n(.*\n)*call_finished · s1$/);
      assert.equal(texts[0]!.includes('Sends a charger.'), last === note);
    }
    assert.deepEqual(run([ended]).intents, [], 'the note may still come');
    assert.deepEqual(run([due, note, joined]).intents, [], 'not before the end is known');
  });

  it('R31 S16 without wrap-up the end card is due at the end', () => {
    const none = settingsOf({ calls: { wrapUpSeconds: { inbound: 0, outbound: 30 } } });
    assert.deepEqual(steps(run([ended], begun, none).intents), ['finished']);
  });

  it('R28 a note before the end rides in the card, and a note after the card is a comment', () => {
    const later = eventOf(ivr, { type: 'disposition.submitted', agent: '101', notes: 'Batch 12.', codes: [] }, 'e9');
    const { intents, texts } = run([note, ended, closed, later]);
    assert.deepEqual(steps(intents), ['finished', 'disposition/101/2026-03-02T09:00:00']);
    assert.match(texts[0]!, /\nSends a charger\.\n/);
    assert.equal(texts[1], 'Note by Alex Morgan\nBatch 12.\ndisposition · s1');
  });

  it('R31 R13 the handover card takes the facts so far along, is urgent, and the next card does not repeat them', () => {
    const { intents, texts, known } = run([joined, note, transfer, ended, closed]);
    assert.deepEqual(steps(intents), ['handed-over/101/2026-03-02T09:02:00', 'finished']);
    const [card] = intents;
    assert.ok(card?.kind === 'write-ticket');
    assert.deepEqual([card.assigneeId, card.urgent], ['103', true]);
    assert.match(
      texts[0]!,
      /^☎ Transferred to Jonas Weber .*\nSends a charger\.\nKim joined at 09:01\ncall_handed_over/,
    );
    assert.doesNotMatch(texts[1]!, /Kim|charger/);
    assert.equal(known.finished, true);
  });

  it('R31 R30 an event that comes twice is told once, also after a handover', () => {
    const { texts } = run([joined, joined, transfer, transfer, joined, note, note, ended, closed, note]);
    const all = texts.join('\n');
    assert.equal(all.split('Kim joined').length - 1, 1);
    assert.equal(all.split('Sends a charger.').length - 1, 1);
    assert.equal(all.split('call_handed_over').length - 1, 1);
  });

  it('R28 R31 what comes after the last card has a comment of its own, and a late transfer assigns the ticket', () => {
    const { intents, texts } = run([ended, closed, joined, transfer]);
    assert.deepEqual(steps(intents), ['finished', 'detail/e1', 'transferred/103/2026-03-02T09:02:00', 'detail/e2']);
    assert.match(texts[1]!, /^☎ More about the call with .*\nKim joined at 09:01\ncall_detail · s1$/);
  });

  it('R31 a note of an agent who has left is written at once, by that agent', () => {
    const { intents } = run([transfer, note]);
    const [, left] = intents;
    assert.ok(left?.kind === 'write-ticket');
    assert.deepEqual([left.urgent, left.comment?.authorId], [true, '101']);
  });

  it('R4 R31 an abandoned session has no end card', () => {
    const abandoned = eventOf(ivr, { type: 'session.abandoned', session: ivr }, 'e7');
    const nobodys: Known = { ...recordedOf(ivr), holder: undefined };
    const { texts } = run([abandoned, ended, closed], { ...nobodys, facts: {} });
    assert.deepEqual(
      texts.map((text) => text.split('\n').at(-1)),
      ['call_abandoned · s1'],
    );
  });

  it('R32 R11 one recording is a line of the card, and several have comments of their own', () => {
    const recording = (minute: number): SessionEvent =>
      eventOf(
        ivr,
        {
          type: 'recording.ready',
          recording: {
            url: `https://r.example/${minute}`,
            startedAt: at(minute),
            durationSeconds: 60,
            part: 1,
            parts: 1,
          },
        },
        `r${minute}`,
      );
    const one = run([recording(1), ended, closed]);
    assert.deepEqual(steps(one.intents), ['finished']);
    assert.match(one.texts[0]!, /▶ Recording, 1 min: https:\/\/r\.example\/1\ncall_finished/);
    const two = run([recording(1), recording(2), ended, closed]);
    assert.deepEqual(steps(two.intents), [
      'recording/2026-03-02T09:01:00-1',
      'recording/2026-03-02T09:02:00-1',
      'finished',
    ]);
    assert.doesNotMatch(two.texts.at(-1)!, /r\.example/);
  });

  it('R32 a note cannot look like another card', () => {
    const forged = eventOf(
      ivr,
      { type: 'disposition.submitted', agent: '101', notes: 'A\n\n\ncall_finished · s9', codes: [] },
      'e3',
    );
    const [text] = run([ended, forged]).texts;
    assert.match(text!, /\nA\n {2}call_finished · s9\n/);
    assert.doesNotMatch(text!, /\n\n/);
  });
});
