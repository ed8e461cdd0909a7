import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commentText, longestText } from '../../src/domain/ticket.js';
import { foldable } from '../../src/outbox/fold.js';
import type { Intent, IntentOf } from '../../src/records/intent.js';
import { withinTextLimit } from '../../src/records/text-limit.js';
import { loadWords } from '../../src/records/words/words.js';
import { plainWriting } from '../../src/records/writing.js';
import { commentOf, eventOf, ivr, knownOf, recordedOf, textsOf, written, writtenAfter } from './cases.js';

const durations = { total: 90, talk: 60, hold: 0, wait: 30 };
const ended = eventOf(ivr, { type: 'session.ended', endedBy: 'agent', durations }, 'ended');
const noteOf = (notes: string) => eventOf(ivr, { type: 'disposition.submitted', agent: '101', notes, codes: [] });
const headline = '☎ Inbound call from +14155550132 · 1 min';
const foot = 'call_finished · s1';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Checks the parts of a text, and puts them together again. `joint`: what was between the parts. */
function together(parts: readonly Intent[], words = plainWriting.words, lastLine = foot): string {
  const bodies = parts.map((part) => {
    const text = commentText(commentOf(part)!);
    assert.ok(bytes(text) <= longestText, `${bytes(text)} bytes`);
    assert.ok(text.endsWith(`\n${lastLine}`), 'each part has the foot');
    return text.slice(0, -lastLine.length - 1);
  });
  return bodies
    .map((body, at) => {
      const [first, last] = [`${words['text.continued']}\n`, `\n${words['text.cut']}`];
      if (at > 0) assert.ok(body.startsWith(first), 'a further part says that it continues');
      if (at < bodies.length - 1) assert.ok(body.endsWith(last), 'a part that is cut says so');
      return body.slice(at > 0 ? first.length : 0, at < bodies.length - 1 ? -last.length : undefined);
    })
    .join('');
}

describe('texts over the limit of a comment', () => {
  it('R28 R31 a note of 100,000 characters is cut with a mark, and the rest follows in comments', () => {
    for (const [name, text, count] of [
      ['ASCII', 'a'.repeat(100_000), 2],
      ['two bytes', 'é'.repeat(100_000), 4],
      ['four bytes', '😀'.repeat(50_000), 4],
    ] as const) {
      const parts = withinTextLimit(writtenAfter([ended, noteOf(text)], recordedOf(ivr)));
      assert.equal(parts.length, count, name);
      assert.ok(together(parts) === `${headline}\n${text}`, `${name}: nothing is lost`);
      assert.deepEqual(
        parts.map(({ key }) => key),
        ['s1/finished', ...Array.from({ length: count - 1 }, (_, at) => `s1/finished/text-${at + 2}`)],
      );
      for (const part of parts) {
        assert.ok(part.kind === 'write-ticket');
        assert.deepEqual(
          [part.ticket, part.comment?.authorId, part.origin.sessionId, part.about?.split('\n')[0]],
          [{ id: '7' }, '101', 's1', '☎ Inbound call from +14155550132'],
        );
      }
    }
  });

  it('R28 the cut is between lines, where a part holds one', () => {
    const lines = Array.from({ length: 2000 }, (_, at) => `${at} ${'a'.repeat(50)}`);
    const parts = withinTextLimit(writtenAfter([ended, noteOf(lines.join('\n'))], recordedOf(ivr)));
    const told = textsOf(parts).flatMap((text) => text.split('\n'));
    const added = [headline, foot, plainWriting.words['text.cut'], plainWriting.words['text.continued']];
    assert.deepEqual(
      told.filter((line) => !added.includes(line)),
      lines,
    );
  });

  it('R32 S17 the marks are in the language of records', async () => {
    const words = await loadWords('fr');
    const known = recordedOf(ivr, { writing: { ...plainWriting, words } });
    const parts = withinTextLimit(writtenAfter([ended, noteOf('a'.repeat(100_000))], known));
    assert.match(commentOf(parts[0]!)!.body, /\n… \(suite dans le commentaire suivant\)$/);
    assert.match(commentOf(parts[1]!)!.body, /^Suite\n/);
  });

  it('R31 a note after the card is divided too, and its foot stays last', () => {
    const known = recordedOf(ivr, { finished: true, facts: {} });
    const text = 'a'.repeat(100_000);
    const parts = withinTextLimit(written(noteOf(text), known));
    assert.ok(together(parts, undefined, 'disposition · s1') === `Note by Alex Morgan\n${text}`);
  });

  it('R21 the start card of a new ticket is divided: the ticket is made with the first part', () => {
    const session = { ...ivr, customData: { story: 'a'.repeat(100_000) } };
    const known = knownOf(session, { decision: { contact: { id: 'mia' }, ticket: 'new' } });
    const [made, ...more] = withinTextLimit(
      written(eventOf(session, { type: 'session.assigned', session, agent: '101' }), known),
    );
    assert.deepEqual(
      more.map((one) => [one.kind, one.key, 'ticket' in one && one.ticket]),
      [
        ['write-ticket', 's1/ticket/text-2', { madeBy: 's1/ticket' }],
        ['open-ticket', 's1/pop', { madeBy: 's1/ticket' }],
      ],
    );
    assert.ok(/\nstory: a{100000}$/.test(together([made!, more[0]!], undefined, 'call_started · s1')));
  });

  it('R11 the recording and the files stay with the first part', () => {
    const recording = { startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 5, part: 1, parts: 1 };
    const event = eventOf(ivr, {
      type: 'recording.ready',
      recording: { ...recording, transcript: 'a'.repeat(100_000) },
    });
    const parts = withinTextLimit(written(event, recordedOf(ivr)));
    assert.deepEqual(
      parts.map((part) => commentOf(part)?.recording !== undefined),
      [true, false],
    );
  });

  it('a text within the limit is not divided', () => {
    const intents = writtenAfter([ended, noteOf('a'.repeat(50_000))], recordedOf(ivr));
    assert.deepEqual(withinTextLimit(intents), intents);
  });

  it('B3 the outbox does not put the parts together again', () => {
    const parts = withinTextLimit(writtenAfter([ended, noteOf('a'.repeat(100_000))], recordedOf(ivr)));
    assert.equal(foldable(parts as readonly IntentOf<'write-ticket'>[]), 1);
    const short = writtenAfter([ended, noteOf('Short.')], recordedOf(ivr)) as readonly IntentOf<'write-ticket'>[];
    assert.equal(foldable([...short, ...short, ...short]), 3);
  });
});
