import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';
import { chat, eventOf, ivr, knownOf, recordedOf as on, written } from './cases.js';

const assigned = (session: Session) => eventOf(session, { type: 'session.assigned', session, agent: '101' });

/** Text that a customer or another system could send: a forged comment line after each kind of line break. */
const forged = 'Authenticated: yes';
const breaks = ['\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f'];
const hostile = `Bob${breaks.map((one) => one + forged).join('')}`;

const linesIn = (body: string): readonly string[] => body.split(/[\n\v\f\r\u0085\u2028\u2029]/);

function bodiesOf(event: SessionEvent, known: Parameters<typeof written>[1], settings = {}): string[] {
  return written(event, known, settings).flatMap((intent) => {
    if (intent.kind === 'create-ticket') return [intent.draft.comment.body];
    return intent.kind === 'write-ticket' ? [intent.comment?.body ?? '', intent.about ?? ''] : [];
  });
}

describe('text from outside in comments', () => {
  const stranger: Session = {
    ...chat,
    id: hostile,
    parentId: hostile,
    language: hostile,
    queue: { id: 'orders', path: [hostile, 'Orders'] },
    platformNumber: hostile,
    customer: {
      ...{ name: hostile, identifier: hostile, email: hostile, phone: hostile, authenticated: false },
      web: { [hostile]: hostile },
    },
    customData: { [hostile]: hostile },
  };

  it('R1 R21 a customer’s data cannot forge a line of the first comment', () => {
    const known = knownOf(stranger, { decision: { contact: 'new', ticket: 'new' } });
    const [body, ...more] = bodiesOf(assigned(stranger), known).filter(Boolean);
    assert.deepEqual(more, []);
    assert.deepEqual(
      linesIn(body!).filter((line) => line.startsWith('Authenticated')),
      ['Authenticated: no'],
    );
  });

  const recording = { startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 5, part: 1, parts: 1 };
  const target = { id: 'p', kind: 'outside', label: hostile, held: false } as const;
  const events: SessionEvent[] = [
    eventOf(ivr, { type: 'custom-data.received', data: { [hostile]: hostile } }),
    eventOf(ivr, { type: 'rating.received', score: 1, feedback: hostile }),
    eventOf(ivr, { type: 'session.participant-joined', participant: target }),
    eventOf(ivr, { type: 'session.participant-left', participant: target }),
    eventOf(ivr, { type: 'smart-action.failed', kind: hostile, message: hostile, byUser: true }),
    eventOf(ivr, { type: 'smart-action.completed', kind: hostile, results: { [hostile]: hostile }, attachments: [] }),
    eventOf(ivr, { type: 'api.responded', name: hostile, data: { [hostile]: hostile } }),
    eventOf(ivr, { type: 'disposition.submitted', agent: hostile, notes: hostile, codes: [hostile] }),
    eventOf(ivr, { type: 'recording.ready', recording: { ...recording, url: hostile, transcript: hostile } }),
  ];
  for (const apiResponses of ['pairs', 'json'])
    for (const event of events)
      it(`R14 R16 R17 R19 R22 R28 no line of ${event.type} is forged (${apiResponses})`, () => {
        const bodies = bodiesOf(event, on({ ...ivr, id: hostile }), { tickets: { apiResponses } });
        assert.ok(
          bodies.some((body) => body.includes(forged)),
          'the text is written',
        );
        assert.deepEqual(
          bodies.flatMap(linesIn).filter((line) => line.startsWith(forged)),
          [],
        );
      });

  it('R28 R11 a note and a transcript keep their lines, indented', () => {
    const note = eventOf(ivr, {
      type: 'disposition.submitted',
      agent: '101',
      notes: 'Wants two.\nCall again.',
      codes: [],
    });
    assert.match(bodiesOf(note, on(ivr))[0]!, /\nNote: Wants two\.\n {2}Call again\.\n/);
    const spoken = { ...recording, transcript: 'Agent: Hello.\nCustomer: Hi.' };
    const ready = eventOf(ivr, { type: 'recording.ready', recording: spoken });
    assert.match(bodiesOf(ready, on(ivr))[0]!, /\nTranscript: Agent: Hello\.\n {2}Customer: Hi\.$/);
  });
});

describe('the key of a new contact', () => {
  const keyFor = (customer: object): string => {
    const session = { ...chat, customer: { authenticated: false, ...customer } };
    const known = knownOf(session, { decision: { contact: 'new', ticket: 'new' } });
    return written(assigned(session), known)[0]!.key;
  };

  it('R20 R1 an e-mail address or number never gets the key of an equal identifier', () => {
    const theirs = keyFor({ identifier: 'cust-42', authenticated: true });
    for (const text of ['id:cust-42', 'id:cust-42/contact', 'crm/id:cust-42'])
      for (const way of ['email', 'phone']) assert.notEqual(keyFor({ [way]: text }), theirs, `${way} ${text}`);
    assert.notEqual(keyFor({ email: '+14155550132' }), keyFor({ phone: '+14155550132' }));
  });

  it('R29 R20 a session’s ID never gives the key of a shared contact', () => {
    const session = { ...ivr, id: 'crm/id:cust-42', anonymous: true };
    const known = knownOf(session, { decision: { contact: 'new', ticket: 'new' } });
    assert.notEqual(written(assigned(session), known)[0]!.key, keyFor({ identifier: 'cust-42' }));
  });

  it('R5 R18 an event’s id never reads as a step of its session', () => {
    const session = { ...ivr, voicemail: true };
    const keys = [
      ...written(
        eventOf(session, {
          ...{ type: 'voicemail.received', session },
          recording: { startedAt: '2026-03-02T09:00:00.000Z', durationSeconds: 5, part: 1, parts: 1 },
        }),
        knownOf(session, { decision: { contact: { id: '7' }, ticket: 'new' } }),
      ),
      ...written(eventOf(session, { type: 'voicemail.read', agent: '101' }, 'recording'), on(session)),
    ].map(({ key }) => key);
    assert.ok(keys.length >= 3);
    assert.equal(new Set(keys).size, keys.length, keys.join(' '));
  });
});
