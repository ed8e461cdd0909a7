import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';
import { commentText } from '../../src/domain/ticket.js';
import { nameText } from '../../src/records/writing.js';
import { chat, commentOf, eventOf, ivr, knownOf, recordedOf as on, textsOf, written, writtenAfter } from './cases.js';

const assigned = (session: Session) => eventOf(session, { type: 'session.assigned', session, agent: '101' });

/** Text that a customer or another system could send: a forged comment line after each kind of line break. */
const forged = 'Authenticated: yes';
const breaks = ['\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f'];
const hostile = `Bob${breaks.map((one) => one + forged).join('')}`;

const at = '2026-03-02T09:00:00.000Z';
const linesIn = (body: string): readonly string[] => body.split(/[\n\v\f\r\u0085\u2028\u2029]/);

/** The comments of an event and of the end card after it, and the descriptions for a follow-up ticket. */
function bodiesOf(event: SessionEvent, known: Parameters<typeof written>[1], settings = {}): string[] {
  const { session } = known;
  const durations = { total: 9, talk: 5, hold: 0, wait: 4 };
  const end = [
    eventOf(session, { type: 'session.ended', endedBy: 'customer', durations }, 'ended'),
    eventOf(session, { type: 'session.closed' }, 'closed'),
  ];
  return writtenAfter([event, ...end], known, settings).flatMap((intent) => {
    const comment = commentOf(intent);
    return [
      ...(comment ? [commentText(comment)] : []),
      ...(intent.kind === 'write-ticket' ? [intent.about ?? ''] : []),
    ];
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
    const [body, ...more] = textsOf(written(assigned(stranger), known));
    assert.deepEqual(more, []);
    assert.deepEqual(
      linesIn(body!).filter((line) => line.startsWith('Authenticated')),
      ['Authenticated: no'],
    );
  });

  const recording = { startedAt: at, durationSeconds: 5, part: 1, parts: 1 };
  const target = { id: 'p', kind: 'outside', label: hostile, held: false } as const;
  const events: SessionEvent[] = [
    eventOf(ivr, { type: 'custom-data.received', data: { [hostile]: hostile } }),
    eventOf(ivr, { type: 'rating.received', score: 1, feedback: hostile }),
    eventOf(ivr, { type: 'session.participant-joined', participant: target }),
    eventOf(ivr, { type: 'session.participant-left', participant: target }),
    eventOf(ivr, { type: 'smart-action.failed', kind: hostile, message: hostile, byUser: true }),
    eventOf(ivr, { type: 'smart-action.completed', kind: hostile, results: { [hostile]: hostile }, attachments: [] }),
    eventOf(ivr, { type: 'api.responded', name: hostile, data: { [hostile]: hostile } }),
    eventOf(ivr, { type: 'disposition.submitted', agent: hostile, notes: `Said: ${forged}`, codes: [hostile] }),
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

  it('R28 R11 R17 a note keeps its lines, without empty ones; those of the customer are indented', () => {
    const text = 'Wants two.\n\n \nCall again.';
    const note = eventOf(ivr, { type: 'disposition.submitted', agent: '101', notes: text, codes: [] });
    assert.match(bodiesOf(note, on(ivr))[0]!, /\nWants two\.\nCall again\.\ncall_finished · s1$/);
    const ready = eventOf(ivr, { type: 'recording.ready', recording: { ...recording, transcript: text } });
    assert.match(
      bodiesOf(ready, on(ivr))[0]!,
      /\nTranscript\n {2}Wants two\.\n {2}Call again\.\nrecording_ready · s1$/,
    );
    const rated = eventOf(ivr, { type: 'rating.received', score: 4, feedback: text });
    assert.match(bodiesOf(rated, on(ivr))[0]!, /\n {2}Wants two\.\n {2}Call again\.\nrating_received · s1$/);
  });

  it('R32 no text from outside makes a second foot or a second card', () => {
    const foot = 'call_finished · s2';
    const text = `Bob\n\n${foot}\n\n☎ Inbound call from Eve`;
    for (const event of [
      eventOf(ivr, { type: 'disposition.submitted', agent: '101', notes: text, codes: [text] }),
      eventOf(ivr, { type: 'recording.ready', recording: { ...recording, transcript: text } }),
      eventOf(ivr, { type: 'rating.received', score: 4, feedback: text }),
      eventOf(ivr, { type: 'custom-data.received', data: { [text]: text } }),
      eventOf(ivr, { type: 'custom-data.received', data: { [foot]: '' } }),
    ])
      for (const body of bodiesOf(event, on(ivr)).filter((one) => one.includes('Bob') || one.includes('s2'))) {
        assert.ok(!linesIn(body).some((line) => line === '' || line === foot), body);
        assert.match(body, / · s1$/, 'the foot is last');
      }
  });

  it('R32 a name cannot break a line or turn the text around it', () => {
    const turned = 'Eve\u202e\u2066\nCall ID: 7\u200f';
    assert.equal(nameText(turned), 'Eve Call ID: 7');
    assert.equal(nameText('מיה'), '\u2068מיה\u2069');
    const target = { kind: 'agent' as const, id: '102', label: turned };
    const moved = eventOf(ivr, { type: 'transfer.finished', target, mode: 'cold' });
    const participant = { id: 'p', kind: 'outside' as const, label: turned, held: false };
    const joined = eventOf(ivr, { type: 'session.participant-joined', participant });
    const known = on(ivr, { contactName: turned });
    assert.deepEqual(
      [moved, joined].flatMap((event) => bodiesOf(event, known).filter((body) => body.includes(' · s1'))),
      [
        '☎ Transferred to Eve Call ID: 7 · Eve Call ID: 7 · +14155550132\ncall_handed_over · s1',
        '☎ Inbound call from Eve Call ID: 7 · +14155550132 · 5 s\n' +
          'With Alex Morgan until 09:00, then a colleague\ncall_finished · s1',
        '☎ Inbound call from Eve Call ID: 7 · +14155550132 · 5 s\nEve Call ID: 7 joined at 09:00\ncall_finished · s1',
      ],
    );
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

  it('R5 R18 R27 R28 a part of an event never reads as a step of its session', () => {
    const voicemail = { ...ivr, voicemail: true };
    const steps = ['recording', 'finished', '../finished', '101/0', 'handed-over/101/2026-03-02T09:00:00'];
    const keys = [
      ...written(
        eventOf(voicemail, { type: 'voicemail.received', session: voicemail, recording: messageOf(at) }),
        knownOf(voicemail, { decision: { contact: { id: '7' }, ticket: 'new' } }),
      ),
      ...steps.flatMap((step) =>
        written(eventOf(voicemail, { type: 'voicemail.read', agent: step }, step), on(voicemail)),
      ),
      ...steps.flatMap((step) =>
        written(eventOf(ivr, { type: 'disposition.submitted', agent: step, notes: 'a', codes: [] }, step), on(ivr)),
      ),
      ...steps.flatMap((step) =>
        written(eventOf(ivr, { type: 'recording.ready', recording: messageOf(step) }, step), on(ivr)),
      ),
      ...writtenAfter(
        [
          eventOf(ivr, { type: 'session.ended', endedBy: 'agent', durations: { total: 1, talk: 1, hold: 0, wait: 0 } }),
          eventOf(ivr, { type: 'session.closed' }, 'closed'),
        ],
        on(ivr),
      ),
    ].map(({ key }) => key);
    assert.ok(keys.length >= 3 * steps.length + 2, keys.join(' '));
    assert.equal(new Set(keys).size, keys.length, keys.join(' '));
  });
});

const messageOf = (startedAt: string) => ({ startedAt, durationSeconds: 5, part: 1, parts: 1 });
