import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { intentsFor } from '../../src/records/rules.js';
import { plainWriting } from '../../src/records/writing.js';
import {
  at,
  bare,
  chat,
  commentOf,
  definitions,
  eventOf,
  ivr,
  recordedOf,
  settingsOf,
  textsOf,
  wordless,
  written,
  writtenAfter,
} from './cases.js';

/** A comment, by the agent. `formerly`: the step in the key of version 0.1.0. */
const note = (key: string, body: string, foot: string, more = {}) => [
  { key, comment: { body, foot, public: false, authorId: '101' }, ...more },
];
const on = (session: Session) => recordedOf(session);
const mobile: Session = { ...chat, id: 'm1', channel: 'mobile-chat' };
const ended = (session: Session, more = {}) =>
  eventOf(session, {
    ...{ type: 'session.ended', endedBy: 'customer', durations: { total: 200, talk: 160, hold: 30, wait: 10 } },
    ...more,
  });
const closed = (session: Session) => eventOf(session, { type: 'session.closed' }, 'closed');
const after = (seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString();

describe('the writes of an event of a recorded session', () => {
  it('R11 R32 writes each part of a recording, with its link if it has one', () => {
    const recording = { url: 'https://r.example/2', startedAt: at, durationSeconds: 3725, part: 2, parts: 3 };
    assert.deepEqual(bare(written(eventOf(ivr, { type: 'recording.ready', recording }), on(ivr))), [
      {
        key: 's1/recording/2026-03-02T09:00:00-2',
        formerly: 's1/recording/e1',
        comment: {
          body:
            '☎ Recording of the call with +14155550132\nPart 2 of 3\nStarted Mar 2, 2026, 09:00\n' +
            '▶ Recording, 1 h 2 min 5 s: https://r.example/2',
          foot: 'recording_ready · s1',
          public: false,
          authorId: '101',
          recording,
        },
      },
    ]);
  });

  it('R12 R21 R33 each write describes its session, for a follow-up ticket', () => {
    const session: Session = { ...ivr, parentId: 's0', extension: '12' };
    const [write] = written(eventOf(session, { type: 'rating.received', score: 4 }), on(session));
    assert.ok(write?.kind === 'write-ticket');
    assert.deepEqual(
      { ...write, comment: wordless(write.comment!) },
      {
        kind: 'write-ticket',
        key: 's1/rating',
        formerly: 's1/rating/e1',
        sessionId: 's1',
        at,
        ticket: { id: '7' },
        comment: {
          body: 'Automatic: ★ Rated 4 of 5 by +14155550132 ext. 12',
          foot: 'rating_received · s1',
          public: false,
        },
        origin: { sessionId: 's1', channel: 'ivr-call', queueId: 'orders' },
        about:
          '☎ Inbound call from +14155550132 ext. 12\nTo +18005550100 · English · Shop › Orders\n' +
          'Calls back an earlier call',
      },
    );
  });

  it('R12 X1 X2 X9 each write of an SDK session has the fields filled before it', () => {
    const settings = settingsOf({
      tickets: { sessionFields: { session_type: '301', from_number: '302', verification: '303', csat_score: '304' } },
    });
    const session: Session = { ...mobile, platformNumber: '+18005550100' };
    const started = intentsFor(
      eventOf(session, { type: 'session.assigned', session, agent: '101' }),
      { ...recordedOf(session), recorded: false, decision: { contact: { id: '5' }, ticket: { id: '7' } } },
      settings,
    );
    const verified = intentsFor(
      eventOf(session, {
        type: 'smart-action.completed',
        kind: 'verification',
        results: {},
        attachments: [],
        verified: true,
      }),
      started.known,
      settings,
    );
    const rated = intentsFor(eventOf(session, { type: 'rating.received', score: 4 }), verified.known, settings);
    const filled = [started, verified, rated].map(
      ({ intents }) => intents.map((intent) => intent.kind === 'write-ticket' && intent.filled)[0],
    );
    assert.deepEqual(filled, [
      undefined,
      { 301: 'Mobile chat', 302: '+18005550100' },
      { 301: 'Mobile chat', 302: '+18005550100', 303: true },
    ]);
  });

  it('R11 S17 a comment writes a time in the time zone, and leaves an invalid time unchanged', () => {
    const writing = { ...plainWriting, timeZone: 'America/New_York' };
    for (const [startedAt, utc, newYork] of [
      ['2026-03-02T09:00:02.949Z', 'Mar 2, 2026, 09:00', 'Mar 2, 2026, 04:00'],
      ['2026-03-02T23:30:00+02:00', 'Mar 2, 2026, 21:30', 'Mar 2, 2026, 16:30'],
      ['yesterday', 'yesterday', 'yesterday'],
    ] as const)
      for (const [known, time] of [
        [on(ivr), utc],
        [{ ...on(ivr), writing }, newYork],
      ] as const) {
        const recording = { startedAt, durationSeconds: 1, part: 1, parts: 1 };
        assert.deepEqual(textsOf(written(eventOf(ivr, { type: 'recording.ready', recording }), known)), [
          `☎ Recording of the call with +14155550132\nStarted ${time}\n▶ Recording, 1 s\nrecording_ready · s1`,
        ]);
      }
  });

  it('R11 S14 writes no recording with S14 off, in a comment or in the card', () => {
    const recording = { startedAt: at, durationSeconds: 1, part: 1, parts: 1 };
    const settings = { calls: { recording: false } };
    for (const more of [{}, { url: 'https://r.example/1' }]) {
      const event = eventOf(ivr, { type: 'recording.ready', recording: { ...recording, ...more } });
      assert.deepEqual(written(event, on(ivr), settings), []);
      const [card, ...others] = textsOf(writtenAfter([event, ended(ivr), closed(ivr)], on(ivr), settings));
      assert.deepEqual(others, []);
      assert.doesNotMatch(card!, /Recording|r\.example/);
    }
  });

  it('R13 R31 a transfer to an agent or a queue writes the handover card, with the assignment to the agent', () => {
    const card = (headline: string, more = {}) => [
      {
        key: 's1/handed-over/101/2026-03-02T09:01:12',
        formerly: 's1/transferred/e1',
        comment: {
          body: `☎ ${headline} · +14155550132 · 1 min 12 s so far`,
          foot: 'call_handed_over · s1',
          public: false,
          authorId: '101',
        },
        urgent: true,
        ...more,
      },
    ];
    for (const [kind, id, expected] of [
      ['agent', '102', card('Transferred to there', { assigneeId: '102' })],
      ['agent', '101', []],
      ['queue', 'billing', card('Transferred to there')],
      ['outside', '+16285550123', []],
    ] as const) {
      const event = {
        ...eventOf(ivr, { type: 'transfer.finished', target: { kind, id, label: 'there' }, mode: 'cold' }),
        at: after(72),
      };
      assert.deepEqual(bare(written(event, on(ivr))), expected, `${kind} ${id}`);
    }
  });

  it('R13 R23 the agent who takes a session from the queue is assigned its ticket and sees it', () => {
    const target = { kind: 'queue' as const, id: 'billing', label: 'Billing' };
    const { known } = intentsFor(
      eventOf(ivr, { type: 'transfer.finished', target, mode: 'cold' }),
      on(ivr),
      settingsOf(),
    );
    const taken = (agent: string) => eventOf(ivr, { type: 'session.assigned', session: ivr, agent }, 'e2');
    const turn = (agent: string) => `${agent}/2026-03-02T09:00:00`;
    const assigned = (agent: string) => ({
      key: `s1/assigned/${turn(agent)}`,
      formerly: 's1/assigned/e2',
      assigneeId: agent,
    });
    assert.deepEqual(bare(written(taken('101'), known)), [
      assigned('101'),
      { kind: 'open-ticket', key: `s1/pop/${turn('101')}`, ticket: { id: '7' } },
    ]);
    assert.deepEqual(bare(written(taken('102'), known)), [assigned('102')]);
    assert.deepEqual(written(taken('101'), on(ivr)), [], 'who has it already is not assigned again');
  });

  it('R14 X9 writes the results, files and verification of a smart action', () => {
    const attachments = [{ name: 'bike.jpg', type: 'image/jpeg', url: 'https://f.example/bike.jpg' }];
    const event = eventOf(mobile, {
      type: 'smart-action.completed',
      kind: 'photo',
      results: { frame: 'A-12' },
      attachments,
      verified: true,
    });
    const settings = { tickets: { sessionFields: { verification: '303' } } };
    assert.deepEqual(bare(written(event, on(mobile), settings)), [
      {
        key: 'm1/smart-action/e1',
        comment: {
          body: 'Smart action: photo\nframe: A-12\nVerified: yes',
          foot: 'smart_action · m1',
          public: false,
          authorId: '101',
          attachments,
        },
        fields: { '303': true },
      },
    ]);
  });

  it('R15 writes why a smart action failed, if the user caused it', () => {
    const failed = (byUser: boolean) =>
      eventOf(ivr, { type: 'smart-action.failed', kind: 'payment', message: 'Card refused', byUser });
    assert.deepEqual(
      bare(written(failed(true), on(ivr))),
      note('s1/smart-action/e1', 'Smart action failed: payment\nCard refused', 'smart_action · s1'),
    );
    assert.deepEqual(written(failed(false), on(ivr)), []);
  });

  it('R14 R31 the end card only names the smart actions, each kind once', () => {
    const done = (kind: string, id: string) =>
      eventOf(ivr, { type: 'smart-action.completed', kind, results: { frame: 'A-12' }, attachments: [] }, id);
    const events = [done('photo', 'e1'), done('form', 'e2'), done('photo', 'e3'), ended(ivr), closed(ivr)];
    const card = textsOf(writtenAfter(events, on(ivr))).at(-1)!;
    assert.match(card, /\nSmart actions: photo, form\ncall_finished · s1$/);
    assert.doesNotMatch(card, /A-12/);
  });

  it('R16 R22 writes custom data as a comment and into its fields, and names the fields that cannot hold it', () => {
    const data = { year: 2025, report: 'E-14', plan: 'gold', colour: 'red', size: 12 };
    const mapping = { year: '302', report: '305', plan: '309', colour: '999', other: '302' };
    const event = eventOf(ivr, { type: 'custom-data.received', data });
    const known = { ...on(ivr), fields: definitions };
    assert.deepEqual(bare(written(event, known, { tickets: { customDataFields: mapping } })), [
      ...note(
        's1/custom-data/e1',
        'Custom data\nyear: 2025\nreport: E-14\nplan: gold\ncolour: red\nsize: 12',
        'custom_data · s1',
        { fields: { '302': 2025, '305': 'E-14' } },
      ),
      ...note(
        's1/custom-data/e1/field-problem',
        'Custom data that no ticket field has taken\nplan: ticket field “Plan” (309) cannot hold “gold”\n' +
          'colour: there is no ticket field 999',
        'field_problem · s1',
      ),
    ]);
  });

  it('R16 an invalid date is written in the comment, not into a date field', () => {
    const event = (day: string) => eventOf(ivr, { type: 'custom-data.received', data: { day } });
    const known = {
      ...on(ivr),
      fields: [{ on: 'ticket' as const, id: '306', key: 'day', title: 'Due', type: 'date' as const }],
    };
    const fieldsOf = (day: string) =>
      written(event(day), known, { tickets: { customDataFields: { day: '306' } } }).map(
        (one) => one.kind === 'write-ticket' && [one.fields, one.comment?.body],
      );
    assert.deepEqual(fieldsOf('2026-02-28'), [[{ '306': '2026-02-28' }, 'Custom data\nday: 2026-02-28']]);
    assert.deepEqual(fieldsOf('2026-02-31'), [
      [undefined, 'Custom data\nday: 2026-02-31'],
      [undefined, 'Custom data that no ticket field has taken\nday: ticket field “Due” (306) cannot hold “2026-02-31”'],
    ]);
  });

  it('R16 R22 custom data from before the start is written without the keys that the start wrote', () => {
    const session = { ...ivr, customData: { plan: 'gold', size: 12 } };
    const start = { ...recordedOf(session), recorded: false, decision: { contact: { id: '5' }, ticket: { id: '7' } } };
    const { known } = intentsFor(
      eventOf(session, { type: 'session.assigned', session, agent: '101' }),
      start,
      settingsOf(),
    );
    const early = (data: Record<string, string | number>) =>
      ({ ...eventOf(ivr, { type: 'custom-data.received', data }), at: '2026-03-02T08:59:00.000Z' }) as const;
    const custom = (line: string) => note('s1/custom-data/e1', `Custom data\n${line}`, 'custom_data · s1');
    assert.deepEqual(bare(written(early({ plan: 'silver', size: 12 }), known)), []);
    assert.deepEqual(bare(written(early({ plan: 'silver', colour: 'red' }), known)), custom('colour: red'));
    // Each event with a key that the start did not write is written, and the last value counts.
    const settings = { tickets: { customDataFields: { step: '302' } } };
    const withFields = { ...known, fields: definitions };
    const one = intentsFor(early({ step: 1 }), withFields, settingsOf(settings));
    const two = written(early({ step: 2 }), { ...one.known, fields: definitions }, settings);
    assert.deepEqual(
      [...one.intents, ...two].map((write) => write.kind === 'write-ticket' && [write.comment?.body, write.fields]),
      [
        ['Custom data\nstep: 1', { '302': 1 }],
        ['Custom data\nstep: 2', { '302': 2 }],
      ],
    );
    const later = eventOf(ivr, { type: 'custom-data.received', data: { plan: 'silver' } });
    assert.deepEqual(bare(written(later, known)), custom('plan: silver'));
  });

  it('R17 X8 X10 writes score and feedback; fields only for an SDK session that is the last one on the ticket', () => {
    const settings = {
      tickets: { defaultUserId: '190', sessionFields: { csat_score: '401', customer_feedback: '402' } },
    };
    const rated = (session: Session) =>
      eventOf(session, { type: 'rating.received', score: 4, feedback: 'Quick.\nThanks' });
    const comment = (session: Session, who: string, more = {}) => [
      {
        key: `${session.id}/rating`,
        formerly: `${session.id}/rating/e1`,
        comment: {
          body: `★ Rated 4 of 5 by ${who}\n  Quick.\n  Thanks`,
          foot: `rating_received · ${session.id}`,
          public: false,
          authorId: '190',
        },
        ...more,
      },
    ];
    const fields = { fields: { '401': 4, '402': 'Quick.\nThanks' } };
    assert.deepEqual(bare(written(rated(mobile), on(mobile), settings)), comment(mobile, 'Mia Chen', fields));
    assert.deepEqual(bare(written(rated(ivr), on(ivr), settings)), comment(ivr, '+14155550132'));
    assert.deepEqual(
      bare(written(rated(mobile), { ...on(mobile), superseded: true }, settings)),
      comment(mobile, 'Mia Chen'),
    );
  });

  it('R18 writes who handled a voicemail, how and when', () => {
    for (const [type, words, foot] of [
      ['voicemail.read', 'listened to', 'voicemail_read'],
      ['voicemail.closed', 'closed', 'voicemail_closed'],
      ['voicemail.called-back', 'called back', 'voicemail_called_back'],
    ] as const)
      assert.deepEqual(
        bare(written(eventOf(ivr, { type, agent: '101' }), on(ivr))),
        note(
          `s1/${type.replace('.', '/')}/101/2026-03-02T09:00:00`,
          `☎ Alex Morgan ${words} the voicemail · Mar 2, 2026, 09:00`,
          `${foot} · s1`,
          { formerly: 's1/voicemail/e1' },
        ),
      );
  });

  it('R19 S10 R33 writes an API response as pairs, as JSON, or not at all', () => {
    const event = eventOf(ivr, { type: 'api.responded', name: 'Order', data: { id: 12, paid: true, note: null } });
    const response = (told: string) => [
      {
        key: 's1/api-response/e1',
        comment: { body: `Automatic: API response: Order\n${told}`, foot: 'api_response · s1', public: false },
      },
    ];
    for (const [apiResponses, expected] of [
      ['off', []],
      ['pairs', response('id: 12\npaid: true\nnote: ')],
      ['json', response('{\n  "id": 12,\n  "paid": true,\n  "note": null\n}')],
    ] as const)
      assert.deepEqual(bare(written(event, on(ivr), { tickets: { apiResponses } })), expected, apiResponses);
  });

  it('R6 R17 R33 what nobody did has no author without S9, also if no agent is known', () => {
    for (const known of [on(ivr), { ...on(ivr), session: ivr, facts: {} }]) {
      const [write] = written(eventOf(ivr, { type: 'rating.received', score: 1 }), known);
      assert.deepEqual(wordless(commentOf(write!)!), {
        body: 'Automatic: ★ Rated 1 of 5 by +14155550132',
        foot: 'rating_received · s1',
        public: false,
      });
    }
  });
});
