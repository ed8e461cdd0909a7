import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import type { Disposition } from '../../src/domain/session.js';
import { intentsFor } from '../../src/records/rules.js';
import { at, bare, chat, definitions, eventOf, ivr, recordedOf, settingsOf, written } from './cases.js';

const note = (key: string, body: string, more = {}) => [
  { key, comment: { body, public: false, authorId: '101' }, ...more },
];
const on = (session: Session) => recordedOf(session);
const mobile: Session = { ...chat, id: 'm1', channel: 'mobile-chat' };

describe('the writes of an event of a recorded session', () => {
  it('R11 writes each part of a recording, with its link if it has one', () => {
    const recording = { url: 'https://r.example/2', startedAt: at, durationSeconds: 3725, part: 2, parts: 3 };
    assert.deepEqual(bare(written(eventOf(ivr, { type: 'recording.ready', recording }), on(ivr))), [
      {
        key: 's1/recording/e1',
        comment: {
          body: `Call recording\nPart 2 of 3\nCall ID: s1\nStarted: 2026-03-02 09:00:00 UTC\nLength: 1:02:05\nLink: https://r.example/2`,
          public: false,
          authorId: '101',
          recording,
        },
      },
    ]);
  });

  it('R12 R21 each write describes its session, for a follow-up ticket', () => {
    const session: Session = { ...ivr, parentId: 's0', extension: '12' };
    const [write] = written(eventOf(session, { type: 'rating.received', score: 4 }), on(session));
    assert.deepEqual(write, {
      kind: 'write-ticket',
      key: 's1/rating/e1',
      sessionId: 's1',
      at,
      ticket: { id: '7' },
      comment: { body: 'Customer rating: 4 of 5\nCall ID: s1', public: false, authorId: '101' },
      origin: { sessionId: 's1', channel: 'ivr-call', queueId: 'orders' },
      about:
        'Type: Voice Inbound (IVR)\nCall ID: s1\nCall back of: s0\nLanguage: en\nQueue: Shop › Orders\n' +
        'Support number: +18005550100\nCustomer number: +14155550132 ext. 12',
    });
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

  it('R11 R18 R21 a comment formats a time to the second, and leaves an invalid time unchanged', () => {
    for (const [startedAt, words] of [
      ['2026-03-02T09:00:02.949Z', '2026-03-02 09:00:02 UTC'],
      ['2026-03-02T23:30:00+02:00', '2026-03-02 21:30:00 UTC'],
      ['yesterday', 'yesterday'],
    ] as const) {
      const recording = { startedAt, durationSeconds: 1, part: 1, parts: 1 };
      const [write] = written(eventOf(ivr, { type: 'recording.ready', recording }), on(ivr));
      const body = write!.kind === 'write-ticket' && write!.comment!.body;
      assert.equal(body, `Call recording\nCall ID: s1\nStarted: ${words}\nLength: 00:01`);
    }
  });

  it('R11 S14 writes no recording with S14 off', () => {
    const recording = { startedAt: at, durationSeconds: 1, part: 1, parts: 1 };
    const event = eventOf(ivr, { type: 'recording.ready', recording });
    assert.deepEqual(written(event, on(ivr), { calls: { recording: false } }), []);
  });

  it('R13 a transfer to an agent assigns the ticket; a transfer to a queue or an outside number does not', () => {
    for (const [kind, id, expected] of [
      ['agent', '102', [{ key: 's1/transferred/e1', assigneeId: '102' }]],
      ['agent', '101', []],
      ['queue', 'billing', []],
      ['outside', '+16285550123', []],
    ] as const) {
      const event = eventOf(ivr, { type: 'transfer.finished', target: { kind, id, label: 'there' }, mode: 'cold' });
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
    assert.deepEqual(bare(written(taken('101'), known)), [
      { key: 's1/assigned/e2', assigneeId: '101' },
      { kind: 'open-ticket', key: 's1/pop/e2', ticket: { id: '7' } },
    ]);
    assert.deepEqual(bare(written(taken('102'), known)), [{ key: 's1/assigned/e2', assigneeId: '102' }]);
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
          body: 'Smart action completed: photo\nframe: A-12\nVerified: yes',
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
      note('s1/smart-action/e1', 'Smart action failed: payment\nCard refused'),
    );
    assert.deepEqual(written(failed(false), on(ivr)), []);
  });

  it('R16 R22 writes custom data as a comment and into its fields, and names the fields that cannot hold it', () => {
    const data = { year: 2025, report: 'E-14', plan: 'gold', colour: 'red', size: 12 };
    const mapping = { year: '302', report: '305', plan: '309', colour: '999', other: '302' };
    const event = eventOf(ivr, { type: 'custom-data.received', data });
    const known = { ...on(ivr), fields: definitions };
    assert.deepEqual(bare(written(event, known, { tickets: { customDataFields: mapping } })), [
      {
        key: 's1/custom-data/e1',
        comment: {
          body: [
            'Custom data',
            'year: 2025',
            'report: E-14',
            'plan: gold',
            'colour: red',
            'size: 12',
            'Not written: "plan" to ticket field "Plan" (309), which is of type other',
            'Not written: "colour" to ticket field 999, which does not exist',
          ].join('\n'),
          public: false,
          authorId: '101',
        },
        fields: { '302': 2025, '305': 'E-14' },
      },
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
        (one) => one.kind === 'write-ticket' && [one.fields, one.comment?.body.split('\n')[2]],
      );
    assert.deepEqual(fieldsOf('2026-02-28'), [[{ '306': '2026-02-28' }, undefined]]);
    assert.deepEqual(fieldsOf('2026-02-31'), [
      [undefined, 'Not written: "day" to ticket field "Due" (306), which is of type date'],
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
    assert.deepEqual(bare(written(early({ plan: 'silver', size: 12 }), known)), []);
    assert.deepEqual(
      bare(written(early({ plan: 'silver', colour: 'red' }), known)),
      note('s1/custom-data/e1', 'Custom data\ncolour: red'),
    );
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
    assert.deepEqual(bare(written(later, known)), note('s1/custom-data/e1', 'Custom data\nplan: silver'));
  });

  it('R17 X8 X10 writes score and feedback; fields only for an SDK session that is the last one on the ticket', () => {
    const settings = { tickets: { sessionFields: { csat_score: '401', customer_feedback: '402' } } };
    const rated = (session: Session) =>
      eventOf(session, { type: 'rating.received', score: 4, feedback: 'Quick.\nThanks' });
    const words = 'Customer rating: 4 of 5\nFeedback: Quick. Thanks';
    const body = `${words}\nChat ID: m1`;
    const fields = { fields: { '401': 4, '402': 'Quick.\nThanks' } };
    assert.deepEqual(bare(written(rated(mobile), on(mobile), settings)), note('m1/rating/e1', body, fields));
    assert.deepEqual(bare(written(rated(ivr), on(ivr), settings)), note('s1/rating/e1', `${words}\nCall ID: s1`));
    assert.deepEqual(
      bare(written(rated(mobile), { ...on(mobile), superseded: true }, settings)),
      note('m1/rating/e1', body),
    );
  });

  it('R18 writes who handled a voicemail, how and when', () => {
    for (const [type, words] of [
      ['voicemail.read', 'listened to'],
      ['voicemail.closed', 'closed'],
      ['voicemail.called-back', 'called back'],
    ] as const)
      assert.deepEqual(
        bare(written(eventOf(ivr, { type, agent: '101' }), on(ivr))),
        note('s1/voicemail/e1', `Voicemail ${words} by Alex Morgan\nTime: 2026-03-02 09:00:00 UTC`),
      );
  });

  it('R19 S10 writes an API response as pairs, as JSON, or not at all', () => {
    const event = eventOf(ivr, { type: 'api.responded', name: 'Order', data: { id: 12, paid: true, note: null } });
    for (const [apiResponses, expected] of [
      ['off', []],
      ['pairs', note('s1/api-response/e1', 'API response: Order\nid: 12\npaid: true\nnote: ')],
      ['json', note('s1/api-response/e1', 'API response: Order\n{\n  "id": 12,\n  "paid": true,\n  "note": null\n}')],
    ] as const)
      assert.deepEqual(bare(written(event, on(ivr), { tickets: { apiResponses } })), expected, apiResponses);
  });

  const durations = { total: 200, talk: 160, hold: 30, wait: 10 };

  it('R27 writes how a call ended', () => {
    const event = eventOf(ivr, { type: 'session.ended', endedBy: 'customer', durations });
    assert.deepEqual(
      bare(written(event, on(ivr))),
      note(
        's1/finished',
        'call_finished\nCall ID: s1\nOutcome: Completed\nEnded by: Customer\nTalk time: 02:40\nHold time: 00:30\nWait time: 00:10\nTotal: 03:20',
      ),
    );
  });

  it('R27 a call with a talk of less than a second was completed, and so was a chat without talk time', () => {
    const none = { total: 1, talk: 0, hold: 0, wait: 1 };
    const outcome = (session: Session, more: { connected?: boolean; failReason?: string } = {}) =>
      written(
        eventOf(session, { type: 'session.ended', endedBy: 'customer', durations: none, ...more }),
        on(session),
      ).map((one) => one.kind === 'write-ticket' && one.comment?.body.split('\n')[2])[0];
    assert.equal(outcome(ivr), 'Outcome: Cancelled before it was answered');
    assert.equal(outcome(ivr, { connected: true }), 'Outcome: Completed');
    assert.equal(outcome(chat), 'Outcome: Completed');
    assert.equal(outcome(chat, { connected: false }), 'Outcome: Cancelled before it was answered');
    assert.equal(outcome(chat, { failReason: 'eu_abandoned' }), 'Outcome: Abandoned');
  });

  it('R27 X3 X4 X5 X6 X7 writes how a chat ended, and fills the fields with its last queue', () => {
    const event = eventOf(chat, { type: 'session.ended', endedBy: 'agent', durations });
    const sessionFields = { duration: '1', wait_time: '2', queue_name: '3', session_id: '4', hold_time: '5' };
    const moved = intentsFor(
      eventOf(chat, { type: 'session.queue-changed', queue: { id: 'billing', path: ['Shop', 'Billing'] } }),
      on(chat),
      settingsOf(),
    );
    assert.deepEqual(
      bare(written(event, moved.known, { tickets: { sessionFields } })),
      note(
        'c1/finished',
        'chat_finished\nChat ID: c1\nOutcome: Completed\nEnded by: Agent\nChat time: 02:40\nHold time: 00:30\nWait time: 00:10\nTotal: 03:20',
        { fields: { '1': 200, '2': 10, '3': 'Shop › Billing', '4': 'c1', '5': 30 } },
      ),
    );
  });

  it('X1 X2 X3 fills no fields for a session that did not come from an SDK', () => {
    const event = eventOf(ivr, { type: 'session.ended', endedBy: 'agent', durations });
    const settings = { tickets: { sessionFields: { duration: '1' } } };
    assert.equal('fields' in (written(event, on(ivr), settings)[0] ?? {}), false);
  });

  it('R28 writes disposition codes with their path, the note and the agent', () => {
    const dispositions: Disposition[] = [
      {
        code: 'sales',
        label: 'Sales',
        children: [{ code: 'order', label: 'Order', children: [{ code: 'o-2', label: 'Second' }] }],
      },
    ];
    const event = eventOf(ivr, {
      type: 'disposition.submitted',
      agent: '102',
      notes: ' Wants two. ',
      codes: ['o-2', 'gone'],
    });
    assert.deepEqual(bare(written(event, on(ivr), { calls: { dispositions } })), [
      {
        key: 's1/disposition/e1',
        comment: {
          body: 'Disposition submitted\nCode: o-2 (Sales › Order › Second)\nCode: gone\nNote: Wants two.\nAgent: agent 102\nCall ID: s1',
          public: false,
          authorId: '102',
        },
      },
    ]);
  });

  it('R28 writes one line for each participant who joins or leaves, and for each redaction', () => {
    const participant = { id: 'p', kind: 'outside' as const, label: '+16285550123', held: false };
    for (const [event, key, body] of [
      [
        eventOf(ivr, { type: 'session.participant-joined', participant }),
        's1/participant/e1',
        'Participant joined: +16285550123 (outside)',
      ],
      [
        eventOf(ivr, { type: 'session.participant-left', participant }),
        's1/participant/e1',
        'Participant left: +16285550123 (outside)',
      ],
      [
        eventOf(ivr, { type: 'session.recording-paused', paused: true }),
        's1/redaction/e1',
        'Recording redacted: start',
      ],
      [eventOf(ivr, { type: 'session.recording-paused', paused: false }), 's1/redaction/e1', 'Recording redacted: end'],
    ] as const)
      assert.deepEqual(bare(written(event, on(ivr))), note(key, body));
  });

  it('R6 R17 writes a comment without an author if no agent is known', () => {
    const known = { ...on(ivr), session: ivr };
    const [write] = written(eventOf(ivr, { type: 'rating.received', score: 1 }), known);
    assert.deepEqual(write?.kind === 'write-ticket' && write.comment, {
      body: 'Customer rating: 1 of 5\nCall ID: s1',
      public: false,
    });
  });
});
