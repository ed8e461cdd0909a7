import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Disposition, Session } from '../../src/domain/session.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import type { Known, RecordEvent } from '../../src/records/rule.js';
import { intentsFor } from '../../src/records/rules.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';
import {
  at,
  bare,
  chat,
  eventOf,
  ivr,
  outbound,
  recordedOf as on,
  settingsOf,
  textsOf,
  writtenAfter,
} from './cases.js';

const after = (seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString();
const later = <T extends SessionEvent>(seconds: number, event: T): T => ({ ...event, at: after(seconds) });
const durations = { total: 200, talk: 160, hold: 30, wait: 10 };
type Ended = Extract<SessionEvent, { type: 'session.ended' }>;
const ended = (session: Session, more: Partial<Ended> = {}) =>
  later(200, eventOf(session, { type: 'session.ended', endedBy: 'customer', durations, ...more }, 'ended'));
const closed = (session: Session) => later(230, eventOf(session, { type: 'session.closed' }, 'closed'));
const submitted = (session: Session, more: object = {}, id = 'note') =>
  later(
    220,
    eventOf(session, { type: 'disposition.submitted', agent: '101', notes: 'Wants two.', codes: [], ...more }, id),
  );
const recorded = (url: string | undefined, seconds: number, id: string) =>
  later(
    seconds,
    eventOf(
      ivr,
      {
        type: 'recording.ready',
        recording: { ...(url && { url }), startedAt: after(seconds), durationSeconds: 154, part: 1, parts: 1 },
      },
      id,
    ),
  );
const texts = (events: readonly RecordEvent[], known: Known, settings?: SettingsInput) =>
  textsOf(writtenAfter(events, known, settings));

describe('the end card', () => {
  it('R27 R31 says what happened, with whom and how long, in one comment', () => {
    assert.deepEqual(bare(writtenAfter([ended(ivr), closed(ivr)], on(ivr, { contactName: 'Mia Chen' }))), [
      {
        key: 's1/finished',
        comment: {
          body: '☎ Inbound call from Mia Chen · +14155550132 · 3 min 10 s (30 s on hold)',
          foot: 'call_finished · s1',
          public: false,
          authorId: '101',
        },
      },
    ]);
  });

  it('R31 is due at the close, with the agent’s note, at once without wrap-up, or when its time has come', () => {
    const due = (session: Session): RecordEvent => ({
      type: 'card.due',
      id: 'due',
      at: after(320),
      sessionId: session.id,
    });
    const exceeded = eventOf(ivr, { type: 'session.wrap-up-exceeded' }, 'exceeded');
    const atOnce = { calls: { wrapUpSeconds: { inbound: 0, outbound: 60 } } };
    for (const [name, events, cards, settings] of [
      ['not at the end', [ended(ivr)], 0],
      ['not when wrap-up is exceeded', [ended(ivr), exceeded], 0],
      ['not before the end', [due(ivr)], 0],
      ['at the close', [ended(ivr), closed(ivr)], 1],
      ['at the close of a session whose end nobody told', [closed(ivr)], 1],
      ['with the note after the end', [ended(ivr), submitted(ivr)], 1],
      ['not with the note before the end', [submitted(ivr)], 0],
      ['not with a colleague’s note', [ended(ivr), submitted(ivr, { agent: '102' })], 0],
      ['in time', [ended(ivr), due(ivr)], 1],
      ['once', [ended(ivr), due(ivr), closed(ivr), submitted(ivr)], 1],
      ['at the end without wrap-up', [ended(ivr)], 1, atOnce],
      ['at the end without wrap-up, but by direction', [ended(outbound)], 0, atOnce],
    ] as const) {
      const session = events.some(({ sessionId }) => sessionId === 'o1') ? outbound : ivr;
      const feet = texts(events, on(session), settings).filter((text) => text.includes('call_finished'));
      assert.equal(feet.length, cards, name);
    }
  });

  it('R27 a call with a talk of less than a second was completed, and so was a chat without talk time', () => {
    const none = { total: 1, talk: 0, hold: 0, wait: 1 };
    const headline = (session: Session, more: Partial<Ended> = {}) =>
      texts([ended(session, { durations: none, ...more }), closed(session)], on(session))[0]!.split('\n')[0];
    const call = '☎ Inbound call from +14155550132';
    const talk = '💬 Web chat with Mia Chen';
    assert.equal(headline(ivr), `${call} · cancelled before it was answered`);
    assert.equal(headline(ivr, { connected: true }), call);
    assert.equal(headline(chat), talk);
    assert.equal(headline(chat, { connected: false }), `${talk} · cancelled before it was answered`);
    assert.equal(headline(chat, { failReason: 'eu_abandoned' }), `${talk} · the customer did not wait`);
  });

  it('R32 says who ended a call only if it was the platform, and the outcome only if nobody spoke', () => {
    const card = (more: Partial<Ended>) => texts([ended(ivr, more), closed(ivr)], on(ivr))[0]!;
    for (const endedBy of ['agent', 'customer'] as const) assert.doesNotMatch(card({ endedBy }), /ended/i);
    assert.match(card({ endedBy: 'platform' }), /\nEnded by the platform\ncall_finished/);
    const none = { total: 1, talk: 0, hold: 0, wait: 1 };
    assert.match(card({ durations: none, failReason: 'eu_busy' }), /^☎ Inbound call from \+14155550132 · busy\n/);
    assert.doesNotMatch(card({ failReason: 'eu_busy' }), /busy/);
  });

  it('R27 X3 X4 X5 X6 X7 a chat’s card fills the fields with its last queue', () => {
    const sessionFields = { duration: '1', wait_time: '2', queue_name: '3', session_id: '4', hold_time: '5' };
    const events = [
      eventOf(chat, { type: 'session.queue-changed', queue: { id: 'billing', path: ['Shop', 'Billing'] } }),
      ended(chat, { endedBy: 'agent' }),
      closed(chat),
    ];
    assert.deepEqual(bare(writtenAfter(events, on(chat), { tickets: { sessionFields } })), [
      {
        key: 'c1/finished',
        comment: {
          body: '💬 Web chat with Mia Chen · 3 min 10 s (30 s on hold)',
          foot: 'chat_finished · c1',
          public: false,
          authorId: '101',
        },
        fields: { '1': 200, '2': 10, '3': 'Shop › Billing', '4': 'c1', '5': 30 },
      },
    ]);
  });

  it('X1 X2 X3 fills no fields for a session that did not come from an SDK', () => {
    const settings = { tickets: { sessionFields: { duration: '1' } } };
    const [card] = writtenAfter([ended(ivr, { endedBy: 'agent' }), closed(ivr)], on(ivr), settings);
    assert.equal(card?.kind === 'write-ticket' && 'fields' in card, false);
  });

  const dispositions: Disposition[] = [
    {
      code: 'sales',
      label: 'Sales',
      children: [{ code: 'order', label: 'Order', children: [{ code: 'o-2', label: 'Second' }] }],
    },
  ];
  const twoCodes = { notes: ' Wants two.\nCall again. ', codes: ['o-2', 'gone'] };

  it('R28 R32 has the agent’s note first, then the codes by their labels', () => {
    const [card, ...more] = texts([submitted(ivr, twoCodes), ended(ivr), closed(ivr)], on(ivr), {
      calls: { dispositions },
    });
    assert.deepEqual(more, []);
    assert.equal(
      card,
      '☎ Inbound call from +14155550132 · 3 min 10 s (30 s on hold)\nWants two.\nCall again.\n' +
        'Sales › Order › Second\ngone\ncall_finished · s1',
    );
  });

  it('R28 R31 a note after the card is a comment of its own, by its agent, and each later one another', () => {
    const events = [
      ended(ivr),
      closed(ivr),
      submitted(ivr, { ...twoCodes, agent: '102' }, 'n1'),
      submitted(ivr, {}, 'n2'),
      submitted(ivr, {}, 'n2'),
    ];
    const [, ...notes] = bare(writtenAfter(events, on(ivr), { calls: { dispositions } }));
    assert.deepEqual(notes, [
      {
        key: 's1/disposition/102/2026-03-02T09:03:40',
        formerly: 's1/disposition/n1',
        comment: {
          body: 'Note by a colleague\nWants two.\nCall again.\nSales › Order › Second\ngone',
          foot: 'disposition · s1',
          public: false,
          authorId: '102',
        },
      },
      {
        key: 's1/disposition/101/2026-03-02T09:03:40',
        formerly: 's1/disposition/n2',
        comment: {
          body: 'Note by Alex Morgan\nWants two.',
          foot: 'disposition · s1',
          public: false,
          authorId: '101',
        },
      },
    ]);
  });

  it('R31 the note of an agent who has handed the call over is a comment, by them, at once', () => {
    const target = { kind: 'agent' as const, id: '102', label: 'Sam Rivera' };
    const events = [
      later(72, eventOf(ivr, { type: 'transfer.finished', target, mode: 'cold' }, 'moved')),
      later(73, eventOf(ivr, { type: 'session.assigned', session: ivr, agent: '102' }, 'taken')),
      later(80, submitted(ivr)),
      ended(ivr),
      closed(ivr),
    ];
    const writes = writtenAfter(events, on(ivr));
    assert.deepEqual(textsOf(writes), [
      '☎ Transferred to Sam Rivera · +14155550132 · 1 min 12 s so far\ncall_handed_over · s1',
      'Note by Alex Morgan\nWants two.\ndisposition · s1',
      '☎ Inbound call from +14155550132 · 3 min 10 s (30 s on hold)\nWith Alex Morgan until 09:01, then a colleague\n' +
        'call_finished · s1',
    ]);
    const [handover, note, end] = writes.map((write) => write.kind === 'write-ticket' && write);
    assert.deepEqual(
      [handover, note, end].map((write) => write && [write.urgent, write.assigneeId, write.comment?.authorId]),
      [
        [true, '102', '101'],
        [true, undefined, '101'],
        [undefined, undefined, '102'],
      ],
    );
  });

  it('R28 R32 has a line for each participant and transfer, and one for the redactions', () => {
    const participant = { id: 'p', kind: 'outside' as const, label: '+16285550123', held: false };
    const target = { kind: 'outside' as const, id: '+16285550124', label: 'Workshop' };
    const events = [
      later(10, eventOf(ivr, { type: 'session.participant-joined', participant }, 'joined')),
      later(30, eventOf(ivr, { type: 'session.recording-paused', paused: true }, 'p1')),
      later(51, eventOf(ivr, { type: 'session.recording-paused', paused: false }, 'p2')),
      later(60, eventOf(ivr, { type: 'session.participant-left', participant }, 'left')),
      later(70, eventOf(ivr, { type: 'session.recording-paused', paused: true }, 'p3')),
      later(90, eventOf(ivr, { type: 'transfer.failed', target, mode: 'cold', reason: 'busy' } as never, 't1')),
    ];
    const all = [...events, ended(ivr), closed(ivr)];
    const card = [
      '☎ Inbound call from +14155550132 · 3 min 10 s (30 s on hold)\n+16285550123 joined at 09:00 and left at 09:01\n' +
        'Workshop did not take a transfer at 09:01\nRecording paused 09:00:30–09:00:51, 09:01:10–09:03:20\ncall_finished · s1',
    ];
    assert.deepEqual(texts(all, on(ivr)), card);
    // R30: an event that is delivered twice changes nothing.
    assert.deepEqual(texts([...all, ...all], on(ivr)), card);
    assert.deepEqual(texts([...events, ...all], on(ivr)), card);
  });

  it('R11 R32 names a single recording as a link; several recordings have a comment each, before the card', () => {
    const one = recorded('https://r.example/1', 20, 'r1');
    const two = recorded('https://r.example/2', 90, 'r2');
    assert.deepEqual(texts([one, ended(ivr), closed(ivr)], on(ivr)), [
      '☎ Inbound call from +14155550132 · 3 min 10 s (30 s on hold)\n' +
        '▶ Recording, 2 min 34 s: https://r.example/1\ncall_finished · s1',
    ]);
    const writes = writtenAfter([one, two, one, ended(ivr), closed(ivr), two], on(ivr));
    const apart = (url: string, time: string) =>
      `☎ Recording of the call with +14155550132\nStarted Mar 2, 2026, ${time}\n` +
      `▶ Recording, 2 min 34 s: ${url}\nrecording_ready · s1`;
    assert.deepEqual(textsOf(writes), [
      apart('https://r.example/1', '09:00'),
      apart('https://r.example/2', '09:01'),
      '☎ Inbound call from +14155550132 · 3 min 10 s (30 s on hold)\ncall_finished · s1',
    ]);
    assert.equal(new Set(writes.map(({ key }) => key)).size, 3);
    // A recording after the card has a comment of its own.
    assert.deepEqual(texts([ended(ivr), closed(ivr), two], on(ivr)).slice(1), [apart('https://r.example/2', '09:01')]);
  });

  it('R4 R31 an abandoned call that an agent had has its comment and no end card', () => {
    const events = [eventOf(ivr, { type: 'session.abandoned', session: ivr }), ended(ivr), closed(ivr)];
    const [abandoned, ...more] = texts(events, on(ivr));
    assert.match(abandoned!, /^Automatic: ☎ Abandoned call from \+14155550132\n[^]*\ncall_abandoned · s1$/);
    assert.deepEqual(more, []);
  });

  it('R31 a detail after the end card has a comment of its own', () => {
    const participant = { id: 'p', kind: 'outside' as const, label: 'Workshop', held: false };
    const late = later(10, eventOf(ivr, { type: 'session.participant-joined', participant }, 'late'));
    assert.deepEqual(bare(writtenAfter([ended(ivr), closed(ivr), late], on(ivr))).slice(1), [
      {
        key: 's1/detail/late',
        comment: {
          body: '☎ More about the call with +14155550132\nWorkshop joined at 09:00',
          foot: 'call_detail · s1',
          public: false,
          authorId: '101',
        },
      },
    ]);
  });

  it('R31 the facts of a card are JSON, so that the journal keeps them', () => {
    const participant = { id: 'p', kind: 'outside' as const, label: 'Workshop', held: false };
    let known = on(ivr);
    for (const event of [
      later(10, eventOf(ivr, { type: 'session.participant-joined', participant }, 'joined')),
      later(20, eventOf(ivr, { type: 'session.recording-paused', paused: true }, 'p1')),
      recorded('https://r.example/1', 20, 'r1'),
      submitted(ivr, twoCodes),
      ended(ivr),
    ]) {
      ({ known } = intentsFor(event, known, settingsOf()));
      assert.deepEqual(JSON.parse(JSON.stringify(known.facts)), known.facts);
      known = JSON.parse(JSON.stringify(known)) as Known;
    }
    assert.deepEqual(textsOf(intentsFor(closed(ivr), known, settingsOf()).intents), [
      '☎ Inbound call from +14155550132 · 3 min 10 s (30 s on hold)\nWants two.\nCall again.\no-2\ngone\n' +
        'Workshop joined at 09:00\nRecording paused 09:00:20–09:03:20\n▶ Recording, 2 min 34 s: https://r.example/1\n' +
        'call_finished · s1',
    ]);
  });
});
