import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AgentBrowser, becomes, until } from '../zendesk-stand-in/agent-browser.js';

const zendesk = AgentBrowser.forTests();
const minute = 60_000;
const mia = { id: 2001, name: 'Mia Chen', phone: '+15135557611', numbers: ['+12025550177'] };
const noah = { id: 2002, name: 'Noah Silva', phone: '+15135557600' };
const router = { id: 4711, requesterId: 2001, subject: 'Router restarts', status: 'pending', age: 9 * minute } as const;
const invoice = { id: 4712, requesterId: 2001, subject: 'Invoice', status: 'open', age: 30 * minute } as const;
const solved = { id: 4713, requesterId: 2001, subject: 'Delivered', status: 'solved', age: 2 * minute } as const;
const velora = { users: [mia, noah], tickets: [router, invoice] };

/** The start card. */
const started = (who: string, about = 'From +1 800 555 0100 · English') =>
  `internal, by 101: ☎ Outbound call to ${who}\n${about}\ncall_started · …`;
/** The end card of a call that the agent gave up. */
const cancelled = (who: string) =>
  `internal, by 101: ☎ Outbound call to ${who} · cancelled before it was answered\ncall_finished · …`;
const miasOther = 'Mia Chen · +1 202 555 0177';

const assigned = async (ticketId: number) => (await zendesk.control.ticket(ticketId)).assignee_id;
const status = async (ticketId: number) => (await zendesk.control.ticket(ticketId)).status;

test('A1 in Zendesk: the icon opens the panel and Minimize hides it, in a call too', async () => {
  const tab = await zendesk.given({ ...velora, path: '/agent/users/2001' });
  assert.equal(await tab.popover.isVisible(), false);
  await tab.icon.click();
  await tab.button('Dial a number').waitFor();
  await tab.press('Minimize');
  await tab.popover.waitFor({ state: 'hidden' });
  await tab.icon.click();
  await tab.button('Dial a number').waitFor();
  assert.equal(await tab.icon.getAttribute('data-symbol'), 'default');

  await tab.callNumber('+15135557611');
  await tab.call();
  await becomes(() => tab.icon.getAttribute('data-symbol'), 'in_call');
  await tab.press('Minimize');
  await tab.popover.waitFor({ state: 'hidden' });
  await tab.icon.click();
  await tab.says('Connected');
  await tab.hangUp();
  await becomes(() => tab.icon.getAttribute('data-symbol'), 'default');
});

test('F9 in Zendesk: Call this number on a customer fills in number and contact, and the call joins the newest live ticket', async () => {
  const tab = await zendesk.given({ users: [mia], tickets: [solved, router, invoice], path: '/agent/users/2001' });
  await tab.callNumber('+12025550177');
  const filled = { number: '+1 202 555 0177', contact: 'Mia Chen', ticket: '4711' };
  await tab.shows({ ...filled, language: 'en', outbound: '+18005550100' });
  assert.deepEqual(await zendesk.changes(), []);
  await tab.call();
  await tab.opens(4711);
  await tab.hangUp();
  await becomes(async () => (await zendesk.comments(4711)).slice(1), [started(miasOther), cancelled(miasOther)]);
  await becomes(async () => [await assigned(4711), await status(4711)], [101, 'pending']);
  // The ticket is opened at once, before all writes have ended.
  assert.deepEqual(await zendesk.changes(), ['ticket.displayed 4711', 'ticket.updated 4711', 'ticket.updated 4711']);
});

test('F6 in Zendesk: with S2 on and several live tickets of the customer, the agent chooses', async () => {
  const settings = { outbound: { promptForTicket: true, allowNewTicket: true } };
  const tab = await zendesk.given({ ...velora, settings, path: '/agent/users/2001' });
  await tab.callNumber('+15135557611');
  await tab.says('Choose a ticket.');
  assert.equal(await tab.button('Call').isDisabled(), true);
  assert.deepEqual(await tab.options('Ticket ID'), ['4711', '4712', 'new']);
  await tab.choose('Ticket ID', /Invoice/);
  await tab.call();
  await tab.opens(4712);
  await becomes(async () => [await assigned(4712), await assigned(4711)], [101, null]);
});

for (const [kind, tags, then, why] of [
  ['Public reply', [], 'pending', 'its status stays'],
  ['Internal note', ['ccai_session_7', 'ccai_channel_ivr-call'], 'open', 'R9: a platform call’s ticket is reopened'],
] as const)
  test(`F10 in Zendesk: Call above a ticket’s ${kind} fills in number, requester and ticket, and the call joins the ticket; ${why}`, async () => {
    const ticket = { ...invoice, status: 'pending', tags, externalId: '7/ticket' } as const;
    const tab = await zendesk.given({ users: [mia], tickets: [router, ticket], path: '/agent/tickets/4712' });
    await tab.page.getByRole('radio', { name: kind }).check();
    await tab.callFromTicket('Call +12025550177');
    await tab.shows({ number: '+1 202 555 0177', contact: 'Mia Chen', ticket: '4712' });
    await tab.page.getByRole('link', { name: 'Home', exact: true }).click();
    await tab.icon.click();
    await tab.call();
    await tab.opens(4712);
    await becomes(async () => (await zendesk.comments(4712)).slice(1), [started(miasOther)]);
    await becomes(async () => [await assigned(4712), await status(4712)], [101, then]);
    assert.equal((await zendesk.comments(4711)).length, 1);
  });

test('F10 in Zendesk: a Solved ticket is reported and ignored, and the call goes on from the contact', async () => {
  const tab = await zendesk.given({ users: [mia], tickets: [router, solved], path: '/agent/tickets/4713' });
  await tab.callFromTicket('Call +15135557611');
  await tab.alert('Ticket 4713 is Solved, so this call won’t be added to it.');
  await tab.shows({ number: '+1 513 555 7611', contact: 'Mia Chen', ticket: '4711' });
  await tab.call();
  await tab.opens(4711);
  assert.equal((await zendesk.comments(4713)).length, 1);
});

test('F11 in Zendesk: the agent chooses among several contacts with the number; Create a new contact comes last', async () => {
  const shares = { id: 2003, name: 'Ada Chen', phone: '(513) 555-7611', age: minute };
  const tab = await zendesk.given({ users: [mia, shares], tickets: [router] });
  await tab.dial();
  for (const key of '5135557611') await tab.press(key);
  await tab.press('Next');
  await tab.says('2 contacts have this number. Choose one.');
  await tab.shows({ number: '+1 513 555 7611', contact: '', ticket: '' });
  assert.equal(await tab.field('Ticket ID').isDisabled(), true);
  assert.deepEqual((await tab.options('Contact ID')).toSorted(), ['2001', '2003', 'new']);
  assert.equal((await tab.options('Contact ID')).at(-1), 'new');
  await tab.choose('Contact ID', /Ada Chen/);
  await tab.shows({ contact: 'Ada Chen', ticket: 'new' });
  await tab.choose('Contact ID', /Mia Chen/);
  await tab.shows({ contact: 'Mia Chen', ticket: '4711' });
});

test('F11 in Zendesk: an unknown number makes one contact (R20) and one ticket with the title of S8 (R3, R26)', async () => {
  const settings = { tickets: { title: '{{channel}} to {{number}}' } };
  const tab = await zendesk.given({ users: [mia], tickets: [router], settings });
  await tab.dial('513 555 7699');
  await tab.says('No contact in Zendesk has this number.');
  await tab.shows({ number: '+1 513 555 7699', contact: 'Create a new contact', ticket: 'new' });
  await tab.call();
  await tab.opens(4712);
  const [contact, ticket, ...more] = await zendesk.control.auditLog().then((log) => log.slice(1));
  assert.deepEqual([contact?.what, contact?.userId, contact?.changes?.phone], ['user.created', 2002, '+15135557699']);
  assert.equal(contact?.changes?.role, 'end-user');
  assert.deepEqual([ticket?.what, ticket?.ticketId, ticket?.comment?.public], ['ticket.created', 4712, false]);
  assert.deepEqual(
    more.map(({ what }) => what),
    ['ticket.displayed'],
  );
  const { subject, requester_id, assignee_id, tags } = await zendesk.control.ticket(4712);
  assert.deepEqual([subject, requester_id, assignee_id], ['Outbound call to +1 513 555 7699', 2002, 101]);
  assert.match(
    (tags as string[]).join(' '),
    /^ccai_session_\S+ ccai_channel_outbound-call ccai_origin_\S+__outbound-call$/,
  );
  assert.deepEqual(await zendesk.comments(4712), [started('+1 513 555 7699')]);
});

test('F11 in Zendesk: a number that is stored in its national form is found', async () => {
  const tab = await zendesk.given({ users: [{ ...mia, phone: '(513) 555-7611' }], tickets: [router] });
  await tab.dial('+1 513 555 7611');
  await tab.shows({ number: '+1 513 555 7611', contact: 'Mia Chen', ticket: '4711' });
});

test('F12 in Zendesk: Enter new number keeps requester and ticket; the number is written in the comment only (R24)', async () => {
  const tab = await zendesk.given({ ...velora, path: '/agent/tickets/4712' });
  await tab.callFromTicket('Enter new number');
  // Another contact's number: the requester stays the contact.
  await tab.enter('5135557600');
  const tick = tab.panel.getByRole('checkbox', { name: 'Use entered number to make call' });
  await until(async () => assert.deepEqual([await tick.isChecked(), await tick.isDisabled()], [true, true]));
  await tab.shows({ number: '+1 513 555 7600', contact: 'Mia Chen', ticket: '4712' });
  await tab.call();
  await tab.opens(4712);
  const about = 'From +1 800 555 0100 · English\nThe agent entered the number. It is not stored on the contact.';
  await becomes(async () => (await zendesk.comments(4712)).slice(1), [started('Mia Chen · +1 513 555 7600', about)]);
  assert.deepEqual(await zendesk.changes(), ['ticket.displayed 4712', 'ticket.updated 4712']);
  assert.equal((await zendesk.control.user(2001)).phone, '+15135557611');
});

test('F13 in Zendesk: contact, ticket, number, language and outbound number change one by one, and the rest stays', async () => {
  const settings = { outbound: { promptForTicket: true, allowNewTicket: true, allowEnteredNumber: true } };
  const tab = await zendesk.given({ ...velora, settings, path: '/agent/users/2001' });
  await tab.callNumber('+15135557611');
  await tab.choose('Ticket ID', /Invoice/);
  await tab.choose('Outbound number', /Head office/);
  const first = { number: '+1 513 555 7611', contact: 'Mia Chen', ticket: '4712' };
  await tab.shows({ ...first, language: 'en', outbound: '+14155550110' });
  await tab.choose('Mia Chen’s numbers', /202 555 0177/);
  await tab.shows({ ...first, number: '+1 202 555 0177', outbound: '+14155550110' });
  await tab.choose('Language', 'French');
  await tab.shows({ ...first, number: '+1 202 555 0177', language: 'fr', outbound: '+14155550110' });
  await tab.choose('Outbound number', /Assistance/);
  await tab.choose('Ticket ID', /Router restarts/);
  await tab.shows({ number: '+1 202 555 0177', ticket: '4711', language: 'fr', outbound: '+33199000100' });
  await tab.field('Contact ID').fill('Noah');
  await tab.panel.getByRole('option', { name: /Noah Silva/ }).click();
  await tab.shows({ contact: 'Noah Silva', ticket: 'new', language: 'fr', outbound: '+33199000100' });
  await tab.choose('Noah Silva’s numbers', /513 555 7600/);
  await tab.call();
  await tab.opens(4713);
  assert.deepEqual(await zendesk.comments(4713), [
    started('Noah Silva · +1 513 555 7600', 'From +33 1 99 00 01 00 · French'),
  ]);
});

test('A1 in Zendesk: a double click on a number counts once, and a double click on Call starts one call and does not end it', async () => {
  const tab = await zendesk.given({ ...velora, path: '/agent/users/2001' });
  await tab.page.getByRole('button', { name: 'Call this number: +12025550177' }).dblclick();
  await tab.shows({ number: '+1 202 555 0177', contact: 'Mia Chen' });
  assert.equal(await tab.panel.getByText('You’re already preparing a call').count(), 0);
  await tab.button('Call').dblclick();
  await tab.panel.getByRole('timer', { name: 'Call time' }).waitFor();
  await tab.hangUp();
});

test('R25 in Zendesk: a call to a new contact with Do not create a ticket writes nothing at all', async () => {
  const tab = await zendesk.given({
    ...velora,
    settings: { outbound: { allowNoTicket: true } },
    path: '/agent/users/2001',
  });
  await tab.dial('5135557699');
  await tab.shows({ contact: 'Create a new contact', ticket: 'new' });
  await tab.choose('Ticket ID', 'Do not create a ticket');
  await tab.call();
  await tab.says('This call isn’t saved or recorded.');
  await tab.hangUp();
  await tab.putAway();
  // Any write of this call would come before the writes of the next one.
  await tab.callNumber('+12025550177');
  await tab.call();
  await tab.opens(4711);
  await becomes(async () => (await zendesk.comments(4711)).slice(1), [started(miasOther)]);
  assert.deepEqual(await zendesk.changes(), ['ticket.displayed 4711', 'ticket.updated 4711']);
});
