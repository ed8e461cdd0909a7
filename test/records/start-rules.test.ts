import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Session } from '../../src/domain/session.js';
import { agent, at, bare, chat, definitions, eventOf, ivr, knownOf, outbound, written, wordless } from './cases.js';
import type { Intent } from '../../src/records/intent.js';

const assigned = (session: Session) => eventOf(session, { type: 'session.assigned', session, agent: agent.id });
const created = (session: Session) => eventOf(session, { type: 'session.created', session, key: 'k' });
const mia = { id: 'mia', name: 'Mia Chen' };
const fresh = { decision: { contact: mia, ticket: 'new' as const } };

/** The call's line on its cards. */
const aboutCall = 'To +18005550100 · English · Shop › Orders';
/** R12: what a follow-up ticket says about the call. */
const ivrInWords = `☎ Inbound call from Mia Chen · +14155550132\n${aboutCall}`;
/** The start card of the inbound call, without its words. */
const ivrComment = { body: ivrInWords, foot: 'call_started · s1', public: false, authorId: '101' };

/** The writes, with comments without their words. */
const plain = (intents: readonly Intent[]): unknown[] =>
  intents.map((intent) => {
    if (intent.kind === 'create-ticket')
      return { ...intent, draft: { ...intent.draft, comment: wordless(intent.draft.comment) } };
    return intent.kind === 'write-ticket' && intent.comment ? { ...intent, comment: wordless(intent.comment) } : intent;
  });

describe('the writes of a session that begins', () => {
  it('R1 R21 R23 X1 makes a ticket for a chat, with title, assignee and all known data in its first comment', () => {
    const session: Session = {
      ...chat,
      platformNumber: '+18005550100',
      customer: { ...chat.customer!, web: { browser: 'Firefox', page: '/returns' } },
      customData: { plan: 'gold', year: 2025, unmapped: true },
    };
    const settings = {
      tickets: {
        title: '{{channel}} · {{contact.name}} · {{queue}}',
        customDataFields: { year: '302', plan: '309' },
        sessionFields: { session_type: '305', from_number: '305x' },
      },
    };
    assert.deepEqual(plain(written(assigned(session), knownOf(session, { ...fresh, fields: definitions }), settings)), [
      {
        kind: 'create-ticket',
        key: 'c1/ticket',
        sessionId: 'c1',
        at,
        contact: { id: 'mia' },
        person: { name: 'Mia Chen', email: 'mia@example.com', identifier: 'mia-1' },
        draft: {
          subject: 'Web chat · Mia Chen · Shop › Orders',
          comment: {
            body: [
              '💬 Web chat with Mia Chen',
              'To +18005550100 · English · Shop › Orders',
              'Customer: Mia Chen',
              'Identifier: mia-1',
              'E-mail: mia@example.com',
              'Authenticated: yes',
              'Web user information',
              'browser: Firefox',
              'page: /returns',
              'Custom data',
              'plan: gold',
              'year: 2025',
              'unmapped: true',
            ].join('\n'),
            foot: 'chat_started · c1',
            public: false,
            authorId: '101',
          },
          assigneeId: '101',
          fields: { '302': 2025, '305': 'Web chat' },
          origin: { sessionId: 'c1', channel: 'web-chat', queueId: 'orders' },
        },
      },
      {
        kind: 'write-ticket',
        key: 'c1/ticket/field-problem',
        sessionId: 'c1',
        at,
        ticket: { madeBy: 'c1/ticket' },
        comment: {
          body: 'Custom data that no ticket field has taken\nplan: ticket field “Plan” (309) cannot hold “gold”',
          foot: 'field_problem · c1',
          public: false,
          authorId: '101',
        },
        origin: { sessionId: 'c1', channel: 'web-chat', queueId: 'orders' },
        about: '💬 Web chat with Mia Chen\nTo +18005550100 · English · Shop › Orders',
      },
      { kind: 'open-ticket', key: 'c1/pop', sessionId: 'c1', at, ticket: { madeBy: 'c1/ticket' } },
    ]);
  });

  it('R26 makes a ticket for an inbound call that joins no ticket', () => {
    const [ticket, pop, ...more] = written(assigned(ivr), knownOf(ivr, fresh));
    assert.deepEqual(more, []);
    assert.deepEqual(pop, { kind: 'open-ticket', key: 's1/pop', sessionId: 's1', at, ticket: { madeBy: 's1/ticket' } });
    assert.ok(ticket?.kind === 'create-ticket');
    assert.deepEqual(
      { ...ticket.draft, comment: wordless(ticket.draft.comment) },
      {
        subject: 'Inbound call: Mia Chen',
        comment: ivrComment,
        assigneeId: '101',
        origin: { sessionId: 's1', channel: 'ivr-call', queueId: 'orders' },
      },
    );
  });

  it('R3 R26 makes a ticket for an outbound call when it is created, and none when it is assigned', () => {
    const kinds = (event: ReturnType<typeof created>) => written(event, knownOf(outbound)).map(({ kind }) => kind);
    assert.deepEqual(kinds(created(outbound)), ['create-ticket', 'open-ticket']);
    assert.deepEqual(kinds(eventOf(outbound, { type: 'session.offered', session: outbound })), []);
  });

  it('R7 R8 R21 R22 writes an inbound session to the ticket that it joins, without changing the status', () => {
    const session: Session = { ...ivr, customData: { year: 'old' } };
    const known = knownOf(session, { decision: { contact: mia, ticket: { id: '2' } }, fields: definitions });
    assert.deepEqual(plain(written(assigned(session), known, { tickets: { customDataFields: { year: '302' } } })), [
      {
        kind: 'write-ticket',
        key: 's1/joined',
        sessionId: 's1',
        at,
        ticket: { id: '2' },
        comment: ivrComment,
        assigneeId: '101',
        origin: { sessionId: 's1', channel: 'ivr-call', queueId: 'orders' },
        about: ivrInWords,
      },
      ...[
        ['s1/custom-data', 'Custom data\nyear: old', 'custom_data'],
        [
          's1/custom-data/field-problem',
          'Custom data that no ticket field has taken\nyear: ticket field “Model year” (302) cannot hold “old”',
          'field_problem',
        ],
      ].map(([key, body, word]) => ({
        kind: 'write-ticket',
        key,
        sessionId: 's1',
        at,
        ticket: { id: '2' },
        comment: { body, foot: `${word} · s1`, public: false, authorId: '101' },
        origin: { sessionId: 's1', channel: 'ivr-call', queueId: 'orders' },
        about: ivrInWords,
      })),
      { kind: 'open-ticket', key: 's1/pop', sessionId: 's1', at, ticket: { id: '2' } },
    ]);
  });

  it('R21 a chat that joins a ticket writes the number that its customer gave', () => {
    const session: Session = { ...chat, customer: { ...chat.customer!, phone: '+14155550132' } };
    const known = knownOf(session, { decision: { contact: mia, ticket: { id: '2' } } });
    const [joined] = written(assigned(session), known);
    assert.match(
      (joined as { comment: { body: string } }).comment.body,
      /^💬 Web chat with Mia Chen · \+14155550132$/m,
    );
  });

  it('R9 R24 sets the ticket that an outbound call joins to Open if a platform call made it', () => {
    const session: Session = { ...outbound, association: { contact: mia, ticket: { id: '2' }, enteredNumber: true } };
    assert.deepEqual(bare(written(created(session), knownOf(session)))[0], {
      key: 'o1/joined',
      comment: {
        body:
          '☎ Outbound call to Mia Chen · +14155550132\nFrom +18005550100 · English\n' +
          'The agent entered the number. It is not stored on the contact.',
        foot: 'call_started · o1',
        public: false,
        authorId: '101',
      },
      assigneeId: '101',
      reopenPlatformTicket: true,
    });
  });

  it('R24 R26 a new ticket carries its contact’s data in case the contact is deleted, but not with an entered number', () => {
    for (const [enteredNumber, person] of [
      [false, { name: '+14155550132', phoneNumber: '+14155550132' }],
      [true, undefined],
    ] as const) {
      const session: Session = { ...outbound, association: { contact: mia, ticket: 'new', enteredNumber } };
      const [ticket] = written(created(session), knownOf(session, fresh));
      assert.equal(ticket?.kind, 'create-ticket');
      assert.deepEqual((ticket as { person?: object }).person, person);
    }
  });

  it('R4 R6 R33 makes a ticket for an abandoned call, assigned to the default user or nobody', () => {
    const event = eventOf(ivr, { type: 'session.abandoned', session: ivr });
    for (const [defaultUserId, automatic, owner] of [
      ['102', '', { author: { authorId: '102' }, owned: { assigneeId: '102' } }],
      [undefined, 'Automatic: ', { author: {}, owned: {} }],
    ] as const) {
      const tickets = defaultUserId ? { defaultUserId } : {};
      const intents = written(event, knownOf(ivr, fresh), { tickets });
      assert.deepEqual(plain(intents), [
        {
          kind: 'create-ticket',
          key: 's1/ticket',
          sessionId: 's1',
          at,
          contact: { id: 'mia' },
          person: { name: '+14155550132', phoneNumber: '+14155550132' },
          draft: {
            subject: 'Abandoned call: Mia Chen',
            comment: {
              body: `${automatic}☎ Abandoned call from Mia Chen · +14155550132\n${aboutCall}`,
              foot: 'call_abandoned · s1',
              public: false,
              ...owner.author,
            },
            ...owner.owned,
            origin: { sessionId: 's1', channel: 'ivr-call', queueId: 'orders' },
          },
        },
      ]);
    }
  });

  it('R4 S7 writes nothing for an abandoned call with S7 off, and makes no second ticket', () => {
    const event = eventOf(ivr, { type: 'session.abandoned', session: ivr });
    assert.deepEqual(written(event, knownOf(ivr, fresh), { tickets: { forAbandonedCalls: false } }), []);
    assert.deepEqual(written(event, knownOf(ivr, { ...fresh, ticket: { id: '7' }, recorded: true })), []);
  });

  it('R5 R6 R33 S14 makes a voicemail ticket with its message in the first comment, even with recording off', () => {
    const recording = { url: 'https://r.example/1', startedAt: at, durationSeconds: 65, part: 1, parts: 1 };
    const event = eventOf(ivr, { type: 'voicemail.received', session: ivr, recording });
    const settings = { tickets: { defaultUserId: '102' }, calls: { recording: false } };
    const origin = { sessionId: 's1', channel: 'ivr-call', queueId: 'orders', voicemail: true };
    assert.deepEqual(plain(written(event, knownOf(ivr, fresh), settings)), [
      {
        kind: 'create-ticket',
        key: 's1/voicemail',
        sessionId: 's1',
        at,
        contact: { id: 'mia' },
        person: { name: '+14155550132', phoneNumber: '+14155550132' },
        draft: {
          subject: 'Voicemail: Mia Chen',
          comment: {
            body:
              `☎ Voicemail from Mia Chen · +14155550132\n${aboutCall}\n` +
              '▶ Recording, 1 min 5 s: https://r.example/1',
            foot: 'voicemail_received · s1',
            public: false,
            authorId: '102',
            recording,
          },
          assigneeId: '102',
          origin,
        },
      },
    ]);
  });

  const contacts: [string, Session, object][] = [
    [
      'R20 an unknown number',
      ivr,
      { key: 'crm/+14155550132/contact', draft: { name: '+14155550132', phoneNumber: '+14155550132' } },
    ],
    [
      'R20 a new identifier',
      { ...chat, channel: 'mobile-chat', customer: { identifier: 'm-9', phone: '+16285550123', authenticated: true } },
      { key: 'crm/id:m-9/contact', draft: { name: '+16285550123', phoneNumber: '+16285550123', identifier: 'm-9' } },
    ],
    [
      'R20 a web user of whom nothing is known',
      { ...chat, customer: { authenticated: false } },
      { key: 'c1/contact', draft: { name: 'Web User 03/02 09:00' } },
    ],
    [
      'R29 an anonymous caller, whatever number came with it',
      { ...ivr, anonymous: true },
      { key: 's1/contact', draft: { name: 'Unknown caller 2026-03-02 09:00' } },
    ],
  ];
  it('R20 R29 makes a contact with number and identifier; an unknown caller is named by the time', () => {
    for (const [name, session, expected] of contacts) {
      const known = knownOf(session, { decision: { contact: 'new', ticket: 'new' } });
      const [contact, ticket] = written(assigned(session), known);
      const { key } = expected as { key: string };
      assert.deepEqual(contact, { kind: 'create-contact', sessionId: session.id, at, ...expected }, name);
      assert.deepEqual(ticket?.kind === 'create-ticket' && ticket.contact, { madeBy: key }, name);
    }
  });

  it('R20 makes an unshared contact if the agent wanted a new one', () => {
    const known = knownOf(ivr, { decision: { contact: 'new', ticket: 'new', ownContact: true } });
    assert.equal(written(assigned(ivr), known)[0]!.key, 's1/contact');
  });

  it('R25 R29 S4 writes nothing for a session without a ticket, a blocked or an internal one', () => {
    for (const more of [
      { association: { contact: mia, ticket: 'none' as const, enteredNumber: false } },
      { record: { ticketId: 'none' } },
      { blocked: true },
      { channel: 'internal-call' as const },
    ]) {
      const session: Session = { ...ivr, ...more };
      assert.deepEqual(written(assigned(session), knownOf(session, fresh)), [], JSON.stringify(more));
    }
  });
});
