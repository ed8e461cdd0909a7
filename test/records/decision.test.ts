import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Contact } from '../../src/domain/contact.js';
import type { Session } from '../../src/domain/session.js';
import type { Ticket } from '../../src/domain/ticket.js';
import { decide, nextNeed, offeredTickets, type Situation } from '../../src/records/decision.js';
import { agent, at, chat, eventOf, ivr, settingsOf } from './cases.js';

const contact = (id: string, createdAt: string): Contact => ({ id, name: id, phoneNumbers: [], createdAt });
const old = contact('old', '2025-01-01T00:00:00.000Z');
const young = contact('young', '2026-01-01T00:00:00.000Z');
const ticket = (id: string, day: number, more: Partial<Ticket> = {}): Ticket => ({
  id,
  subject: id,
  status: 'pending',
  contactId: 'old',
  createdAt: at,
  updatedAt: `2026-02-${day}T09:00:00.000Z`,
  fields: {},
  ...more,
});
const madeBy = (channel: Session['channel'], queueId = 'orders', voicemail = false) => ({
  origin: { sessionId: 'before', channel, queueId, ...(voicemail ? { voicemail } : {}) },
});
const situation = (session: Session, more: Partial<Situation> = {}): Situation => ({
  event: eventOf(session, { type: 'session.assigned', session, agent: agent.id }),
  session,
  found: { contacts: {} },
  settings: settingsOf(),
  ...more,
});

describe('a session’s contact and ticket', () => {
  it('R1 looks up a chat by identifier, then e-mail, then phone, if they were passed', () => {
    const session: Session = { ...chat, customer: { ...chat.customer!, phone: '+14155550132' } };
    const steps: unknown[] = [];
    const found: Situation['found'] = { contacts: {} };
    for (let need = nextNeed(situation(session, { found })); need; need = nextNeed(situation(session, { found }))) {
      steps.push(need);
      if (need.look === 'contacts') found.contacts[need.way] = [];
    }
    assert.deepEqual(steps, [
      { look: 'contacts', way: 'identifier', query: { identifier: 'mia-1' } },
      { look: 'contacts', way: 'email', query: { email: 'mia@example.com' } },
      { look: 'contacts', way: 'phone', query: { phone: '+14155550132' } },
    ]);
    assert.deepEqual(decide(situation(session, { found })), { contact: 'new', ticket: 'new' });
    assert.equal(nextNeed(situation({ ...chat, customer: { authenticated: false } })), undefined);
  });

  it('R1 takes the most recently created of several contacts, and stops at the first look-up that finds one', () => {
    const found = { contacts: { identifier: [old, young] }, tickets: [] };
    assert.deepEqual(decide(situation(chat, { found })), { contact: { id: 'young', name: 'young' }, ticket: 'new' });
    assert.deepEqual(nextNeed(situation(chat, { found: { contacts: { identifier: [old] } } })), {
      look: 'tickets',
      contactId: 'old',
    });
  });

  it('R2 asks the agent to choose among several contacts, and takes the most recently created at the end of the call', () => {
    const found = { contacts: { phone: [old, young] } };
    assert.equal(decide(situation(ivr, { found })), 'ask');
    assert.equal(nextNeed(situation(ivr, { found })), undefined, 'no tickets before the contact is known');
    assert.deepEqual(decide(situation(ivr, { found: { ...found, tickets: [] }, final: true })), {
      contact: { id: 'young', name: 'young' },
      ticket: 'new',
    });
  });

  it('R2 A10 takes the agent’s choice; the agent chooses the ticket with S2 only', () => {
    const found = { contacts: { phone: [old, young] }, tickets: [ticket('2', 10, madeBy('ivr-call'))] };
    const choice = { contact: { id: 'old' }, ticket: { id: '9' } };
    const contactOld = { id: 'old', name: 'old' };
    for (const [outbound, append, expected] of [
      [{}, true, { contact: contactOld, ticket: { id: '2' } }],
      [{ promptForTicket: true }, true, { contact: contactOld, ticket: { id: '9' } }],
      [{ promptForTicket: true }, false, { contact: contactOld, ticket: 'new' }],
    ] as const)
      assert.deepEqual(
        decide(situation(ivr, { found, choice, settings: settingsOf({ outbound, tickets: { append } }) })),
        expected,
      );
    assert.deepEqual(decide(situation(ivr, { found, choice: { contact: 'new' } })), {
      contact: 'new',
      ticket: 'new',
      ownContact: true,
    });
  });

  it('R4 R5 abandoned calls and voicemails never wait for the agent and never join a ticket', () => {
    const recording = { startedAt: at, durationSeconds: 1, part: 1, parts: 1 };
    for (const event of [
      eventOf(ivr, { type: 'session.abandoned', session: ivr }),
      eventOf(ivr, { type: 'voicemail.received', session: ivr, recording }),
    ]) {
      const found = { contacts: { phone: [old, young] }, tickets: [ticket('2', 10, madeBy('ivr-call'))] };
      assert.equal(nextNeed(situation(ivr, { event, found: { contacts: found.contacts } })), undefined);
      assert.deepEqual(decide(situation(ivr, { event, found })), {
        contact: { id: 'young', name: 'young' },
        ticket: 'new',
      });
    }
  });

  const joins: [string, Session, Ticket[], string | 'new'][] = [
    ['the same queue and channel', ivr, [ticket('2', 10, madeBy('ivr-call'))], '2'],
    ['another channel', ivr, [ticket('2', 10, madeBy('mobile-call'))], 'new'],
    ['another queue', ivr, [ticket('2', 10, madeBy('ivr-call', 'billing'))], 'new'],
    ['no origin', ivr, [ticket('2', 10)], 'new'],
    ['the newest of several', ivr, [ticket('2', 10, madeBy('ivr-call')), ticket('3', 12, madeBy('ivr-call'))], '3'],
    ['not live', ivr, [ticket('2', 10, { ...madeBy('ivr-call'), status: 'solved' })], 'new'],
    ['a voicemail of another channel', ivr, [ticket('2', 10, madeBy('web-call', 'orders', true))], '2'],
    ['a voicemail of another queue', ivr, [ticket('2', 10, madeBy('ivr-call', 'billing', true))], 'new'],
    [
      'a voicemail, and newer a call',
      ivr,
      [ticket('2', 10, madeBy('web-call', 'orders', true)), ticket('3', 12, madeBy('ivr-call'))],
      '3',
    ],
    [
      'a call, and newer a voicemail',
      ivr,
      [ticket('2', 12, madeBy('web-call', 'orders', true)), ticket('3', 10, madeBy('ivr-call'))],
      '2',
    ],
    ['a chat and the same', chat, [ticket('2', 10, madeBy('web-chat'))], '2'],
    ['a chat and a voicemail', chat, [ticket('2', 10, madeBy('web-chat', 'orders', true))], 'new'],
    [
      'its own ticket',
      ivr,
      [ticket('2', 10, { origin: { sessionId: 's1', channel: 'ivr-call', queueId: 'orders' } })],
      'new',
    ],
    [
      'no menu selection',
      { ...ivr, queue: undefined },
      [ticket('2', 10, { origin: { sessionId: 'b', channel: 'ivr-call' } })],
      'new',
    ],
  ];
  it('R7 R8 joins the newest live ticket of the same queue and channel; a call also joins a voicemail ticket', () => {
    for (const [name, session, tickets, expected] of joins) {
      const found = { contacts: { phone: [old], identifier: [old] }, tickets };
      const decision = decide(situation(session, { found }));
      const wanted = expected === 'new' ? 'new' : { id: expected };
      assert.deepEqual(decision !== 'ask' && decision.ticket, wanted, name);
      const never = decide(situation(session, { found, settings: settingsOf({ tickets: { append: false } }) }));
      assert.deepEqual(never !== 'ask' && never.ticket, 'new', `S1: ${name}`);
    }
  });

  it('R8 S1 looks up no tickets if none may be joined', () => {
    const found = { contacts: { phone: [old] } };
    assert.equal(nextNeed(situation(ivr, { found, settings: settingsOf({ tickets: { append: false } }) })), undefined);
  });

  it('R29 looks up no contact for an anonymous caller', () => {
    const session: Session = { ...ivr, anonymous: true };
    assert.equal(nextNeed(situation(session)), undefined);
    assert.deepEqual(decide(situation(session)), { contact: 'new', ticket: 'new' });
  });

  it('A10 S2 offers the live tickets, newest first, with R8’s ticket preselected, and never "none"', () => {
    const settings = settingsOf({ outbound: { promptForTicket: true, allowNewTicket: true, allowNoTicket: true } });
    const two = ticket('2', 10, madeBy('ivr-call'));
    const three = ticket('3', 12);
    assert.deepEqual(offeredTickets(ivr, 'old', [two, three], settings), {
      kind: 'list',
      options: [{ ticket: three }, { ticket: two }, 'new'],
      preselected: { ticket: two },
    });
  });
});
