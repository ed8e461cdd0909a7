import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainWriting, type Writing } from '../../src/records/writing.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';
import { commentOf, eventOf, ivr, knownOf, recordedOf, written, writtenAfter } from './cases.js';

const writing = (more: Partial<Writing>): Writing => ({ ...plainWriting, ...more });
const settings = { tickets: { defaultUserId: '190', apiResponses: 'pairs' } } as const;
/** The author and the headline of the first comment. */
const signed = (event: SessionEvent, known: ReturnType<typeof recordedOf>, given: object = settings) => {
  const comment = commentOf(written(event, known, given)[0]!)!;
  return [comment.authorId, comment.body.split('\n')[0]];
};

const rating = eventOf(ivr, { type: 'rating.received', score: 4 });
const response = eventOf(ivr, { type: 'api.responded', name: 'Order', data: { id: 1 } });
const abandoned = eventOf(ivr, { type: 'session.abandoned', session: ivr });
const voicemail = eventOf(ivr, {
  type: 'voicemail.received',
  session: ivr,
  recording: { startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 5, part: 1, parts: 1 },
});
const nobodys = [
  [rating, '★ Rated 4 of 5 by +14155550132'],
  [response, 'API response: Order'],
  [abandoned, '☎ Abandoned call from +14155550132'],
] as const;
const read = (agent: string) => eventOf(ivr, { type: 'voicemail.read', agent });
const time = ' · Mar 2, 2026, 09:00';

describe('the author of a comment', () => {
  it('R33 what nobody did is written by the default user (S9), where the host takes other authors', () => {
    for (const [event, headline] of nobodys) assert.deepEqual(signed(event, recordedOf(ivr)), ['190', headline]);
    const known = knownOf(ivr, { decision: { contact: { id: 'mia' }, ticket: 'new' } });
    assert.deepEqual(signed(voicemail, known), ['190', '☎ Voicemail from +14155550132']);
  });

  it('R33 without a default user, or without the capability, its headline begins with “Automatic:”', () => {
    for (const [more, given] of [
      [{}, { tickets: { apiResponses: 'pairs' } }],
      [{ writing: writing({ authors: false }) }, settings],
    ] as const)
      for (const [event, headline] of nobodys)
        assert.deepEqual(signed(event, recordedOf(ivr, more), given), [undefined, `Automatic: ${headline}`]);
  });

  it('R33 without the capability no write has an author, and a headline names who did it, unless it was the writer', () => {
    const names = { 102: 'Sam Rivera' };
    const none = recordedOf(ivr, { writing: writing({ authors: false, names }) });
    const some = recordedOf(ivr, { writing: writing({ names }) });
    const own = `☎ Alex Morgan listened to the voicemail${time}`;
    const other = `☎ Sam Rivera listened to the voicemail${time}`;
    assert.deepEqual(signed(read('101'), some), ['101', own]);
    assert.deepEqual(signed(read('102'), some), ['102', other]);
    assert.deepEqual(signed(read('101'), none), [undefined, own]);
    assert.deepEqual(signed(read('102'), none), [undefined, other]);
  });

  it('R31 R33 no write of a session has an author where the host does not take one', () => {
    const known = recordedOf(ivr, { writing: writing({ authors: false, names: { 102: 'Sam Rivera' } }) });
    const durations = { total: 90, talk: 60, hold: 0, wait: 30 };
    const target = { kind: 'agent' as const, id: '102', label: 'Sam Rivera' };
    const note = (agent: string, id: string) =>
      eventOf(ivr, { type: 'disposition.submitted', agent, notes: 'Wants two.', codes: [] }, id);
    const comments = writtenAfter(
      [
        eventOf(ivr, { type: 'custom-data.received', data: { a: 1 } }, 'e1'),
        eventOf(ivr, { type: 'smart-action.completed', kind: 'photo', results: {}, attachments: [] }, 'e2'),
        eventOf(ivr, { type: 'transfer.finished', target, mode: 'cold' }, 'e3'),
        eventOf(ivr, { type: 'session.assigned', session: ivr, agent: '102' }, 'e4'),
        note('101', 'e5'),
        eventOf(ivr, { type: 'session.ended', endedBy: 'agent', durations }, 'e6'),
        note('102', 'e7'),
        note('102', 'e8'),
        rating,
      ],
      known,
    ).flatMap((intent) => commentOf(intent) ?? []);
    assert.deepEqual(
      comments.map(({ authorId }) => authorId),
      comments.map(() => undefined),
    );
    assert.deepEqual(
      comments.map(({ body }) => body.split('\n')[0]),
      [
        'Custom data',
        'Smart action: photo',
        '☎ Transferred to Sam Rivera · +14155550132',
        'Note by Alex Morgan',
        '☎ Inbound call from +14155550132 · 1 min · by Sam Rivera',
        'Note by Sam Rivera',
        'Automatic: ★ Rated 4 of 5 by +14155550132',
      ],
    );
  });

  it('R33 a colleague whose name cannot be read is “a colleague”, never an id', () => {
    for (const authors of [true, false]) {
      const known = recordedOf(ivr, { writing: writing({ authors }) });
      const durations = { total: 90, talk: 60, hold: 0, wait: 30 };
      const target = { kind: 'agent' as const, id: '7203', label: '' };
      const bodies = writtenAfter(
        [
          read('7203'),
          eventOf(ivr, { type: 'transfer.finished', target, mode: 'cold' }, 'e3'),
          eventOf(ivr, { type: 'session.assigned', session: ivr, agent: '7203' }, 'e4'),
          eventOf(ivr, { type: 'session.ended', endedBy: 'agent', durations }, 'e6'),
          eventOf(ivr, { type: 'disposition.submitted', agent: '7203', notes: 'Two.', codes: [] }, 'e7'),
          eventOf(ivr, { type: 'disposition.submitted', agent: '7203', notes: 'More.', codes: [] }, 'e8'),
        ],
        known,
      ).flatMap((intent) => commentOf(intent)?.body ?? []);
      assert.equal(bodies.length, 4);
      for (const body of bodies) assert.ok(body.includes('a colleague') && !body.includes('7203'), body);
    }
  });
});
