import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadPhoneNumbers } from '../../src/domain/phone-loader.js';
import type { Intent } from '../../src/records/intent.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { newTicket, note } from '../support/intents.js';

const created = (day: string) => `2026-0${day}-01T09:00:00Z`;
const contacts = [
  { id: 'old', name: 'Ann', phoneNumbers: ['+14155550190'], createdAt: created('1') },
  { id: 'into', name: 'Ann B', phoneNumbers: ['+14155550190'], createdAt: created('2') },
];
const forAnn = {
  ...newTicket('t', 'Call', { id: 'old' }),
  person: { name: 'Ann', phoneNumber: '+14155550190' },
} as Intent;

describe('a contact that was merged or deleted before its ticket is created', () => {
  // A file of its own, which would come outside simulated time.
  before(loadPhoneNumbers);

  it('R26 was merged: the ticket is created for the contact into which it was merged', async () => {
    const { outbox, host, clock, states } = await setUpOutbox(undefined, { data: { contacts, tickets: [] } });
    host.failNext('createTicket', 'unavailable', 1);
    await outbox.enqueue([forAnn, note('n', { madeBy: 't' })]);
    host.mergeContacts('old', 'into');
    for (let seconds = 0; seconds < 20; seconds++) await clock.advance(1000);
    const [ticket] = host.tickets();
    assert.deepEqual([ticket?.contactId, states()], ['into', ['t settled', 'n settled']]);
  });

  it('R20 was deleted, and the CRM has no contact with that number: a new contact is created for the ticket', async () => {
    const { outbox, host, clock, states } = await setUpOutbox(undefined, { data: { contacts: [], tickets: [] } });
    await outbox.enqueue([forAnn]);
    for (let seconds = 0; seconds < 5; seconds++) await clock.advance(1000);
    const [ticket] = host.tickets();
    const contact = host.contact(ticket!.contactId)!;
    assert.deepEqual([contact.name, contact.phoneNumbers], ['Ann', ['+14155550190']]);
    assert.deepEqual(states(), ['t settled', 's/contact-instead settled']);
  });

  it('B5 a ticket that the CRM refuses for another reason needs a person', async () => {
    const { outbox, host, clock, states } = await setUpOutbox(undefined, { data: { contacts, tickets: [] } });
    host.failNext('createTicket', 'invalid', 1);
    await outbox.enqueue([forAnn]);
    await clock.advance(5000);
    assert.deepEqual([states(), host.tickets().length], [['t dead'], 0]);
  });
});
