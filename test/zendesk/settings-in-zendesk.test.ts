import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SettingsInput } from '../../src/domain/settings.js';
import { AgentBrowser, becomes, until, type AgentTab } from '../zendesk-stand-in/agent-browser.js';

const zendesk = AgentBrowser.forTests();
const minute = 60_000;
const mia = { id: 2001, name: 'Mia Chen', phone: '+15135557611', numbers: ['+12025550177'] };
const router = { id: 4711, requesterId: 2001, subject: 'Router restarts', status: 'pending', age: 9 * minute } as const;
const invoice = { id: 4712, requesterId: 2001, subject: 'Invoice', status: 'open', age: 30 * minute } as const;
const solved = { id: 4713, requesterId: 2001, subject: 'Delivered', status: 'solved', age: 2 * minute } as const;
const velora = { users: [mia], tickets: [router, invoice, solved] };
const entry = (use: 'optional' | 'mandatory', more: SettingsInput = {}): SettingsInput => ({
  ...more,
  ticketEntry: { enabled: true, teams: { '501': use }, ...more.ticketEntry },
});

const s2 = 'Prompt agents to select open ticket from list (when applicable)';
const option = (tab: AgentTab, name: string) => tab.settings.getByRole('checkbox', { name, exact: true });
const save = (tab: AgentTab) => tab.settings.getByRole('button', { name: 'Save', exact: true });
const stored = async () => JSON.parse((await zendesk.control.settings()).settings as string) as SettingsInput;

const enterTicket = async (tab: AgentTab, id: string) => {
  await tab.panel.getByRole('textbox', { name: 'Ticket ID', exact: true }).fill(id);
  await tab.press('Next');
};
const asksForTicket = (tab: AgentTab) => tab.panel.getByRole('textbox', { name: 'Ticket ID', exact: true }).waitFor();

test('S2 in Zendesk: an administrator’s change is stored, takes effect in the panel at once, and outlives a reload', async () => {
  const tab = await zendesk.given({ ...velora, settings: '', path: '/agent/apps/app' });
  await option(tab, s2).check();
  await tab.settings.getByText('You have unsaved changes.').waitFor();
  assert.deepEqual(await zendesk.control.settings(), { settings: '' });
  await save(tab).click();
  await tab.settings.getByText(/^Saved[.]/).waitFor();
  assert.equal(await save(tab).isDisabled(), true);
  assert.equal((await stored()).outbound?.promptForTicket, true);

  await tab.dial('5135557611');
  await tab.says('Choose a ticket.');
  await tab.press('Cancel');
  await tab.page.reload();
  await option(tab, s2).waitFor();
  await becomes(() => option(tab, s2).isChecked(), true);
});

test('S in Zendesk: an agent who is no administrator sees a message and no form', async () => {
  const tab = await zendesk.given({ ...velora, path: '/agent/apps/app?user=102' });
  await tab.settings.getByText('Only administrators can change these settings.').waitFor();
  assert.equal(await tab.settings.getByRole('checkbox').count(), 0);
});

test('S in Zendesk: a refused save is reported and loses no input', async () => {
  const tab = await zendesk.given({ ...velora, settings: '', path: '/agent/apps/app' });
  const title = tab.settings.getByRole('textbox', { name: 'Ticket title', exact: true });
  await title.fill('Call with {{contact.name}}');
  await zendesk.control.failNext({ kind: 'status', status: 403 }, { method: 'PUT', path: '/apps/installations/' });
  await save(tab).click();
  await tab.settings.getByRole('alert').filter({ hasText: 'The settings weren’t saved.' }).waitFor();
  await tab.settings.getByRole('alert').filter({ hasText: 'You don’t have permission in Zendesk' }).waitFor();
  assert.equal(await title.inputValue(), 'Call with {{contact.name}}');
  assert.deepEqual(await zendesk.control.settings(), { settings: '' });
  await save(tab).click();
  await tab.settings.getByText(/^Saved[.]/).waitFor();
  assert.equal((await stored()).tickets?.title, 'Call with {{contact.name}}');
});

test('S in Zendesk: unreadable settings are reported on the panel and on the page, where they can be saved anew', async () => {
  const tab = await zendesk.given({ ...velora, settings: '{oops', path: '/agent/apps/app' });
  await tab.settings.getByText('The saved settings can’t be read. You see the defaults.').waitFor();
  await tab.icon.click();
  await tab.alert('The panel couldn’t start.');
  await tab.alert('The panel’s settings in Zendesk can’t be read. An administrator can save them again');
  // The defaults that the form shows can be saved unchanged.
  await save(tab).click();
  await tab.settings.getByText(/^Saved[.]/).waitFor();
  assert.equal((await stored()).outbound?.promptForTicket, false);
  await tab.icon.click();
  await tab.press('Retry');
  await tab.button('Dial a number').waitFor();
});

test('S in Zendesk: an invalid value is named to an administrator, and the defaults stay in force', async () => {
  const settings = { batching: { windowSeconds: 61 } };
  const tab = await zendesk.given({ ...velora, settings });
  await tab.icon.click();
  await tab.alert(/batching[.]windowSeconds/);
  await tab.button('Dial a number').waitFor();
});

test('X11 in Zendesk: Create custom fields creates the fields, once', async () => {
  const tab = await zendesk.given({ ...velora, settings: '', path: '/agent/apps/app' });
  const create = tab.settings.getByRole('button', { name: 'Create custom fields' });
  await create.click();
  await tab.settings.getByText(/^11 fields created/).waitFor();
  assert.deepEqual(await zendesk.changes(), Array(11).fill('field.created'));
  await create.click();
  await tab.settings.getByText('The CRM already has all fields.').waitFor();
  assert.equal((await zendesk.changes()).length, 11);
  await save(tab).click();
  await tab.settings.getByText(/^Saved[.]/).waitFor();
  assert.deepEqual(Object.keys((await stored()).tickets?.sessionFields ?? {}).length, 10);
});

test('T1 in Zendesk: Dial a number asks for a ticket first; Skip goes on without one, Cancel ends it', async () => {
  const tab = await zendesk.given({ ...velora, settings: entry('optional') });
  await tab.dial();
  await asksForTicket(tab);
  await tab.press('Cancel');
  await tab.dial();
  await tab.press('Skip');
  await tab.enter('5135557611');
  await tab.shows({ number: '+1 513 555 7611', contact: 'Mia Chen', ticket: '4711' });
  assert.equal(await tab.button('Change').count(), 0);
});

test('T1 in Zendesk: a team that does not use ticket entry is not asked', async () => {
  const tab = await zendesk.given({ ...velora, settings: entry('mandatory'), path: '/agent?user=103' });
  await tab.icon.click();
  await tab.press('Composer un numéro');
  await tab.panel.getByRole('textbox', { name: 'Numéro de téléphone' }).waitFor();
});

test('T2 in Zendesk: the requester of the ticket and their numbers are filled in, and the call joins the ticket', async () => {
  const tab = await zendesk.given({ ...velora, settings: entry('mandatory') });
  await tab.dial();
  await enterTicket(tab, '4712');
  await tab.shows({ number: '+1 513 555 7611', contact: 'Mia Chen', ticket: '4712' });
  await tab.choose('Mia Chen’s numbers', /202 555 0177/);
  assert.equal(await tab.field('Ticket ID').getAttribute('role'), 'group');
  await tab.call();
  await tab.opens(4712);
  const joined =
    'internal, by 101: ☎ Outbound call to Mia Chen · +1 202 555 0177\nFrom +1 800 555 0100 · English\n' +
    'call_started · …';
  await becomes(async () => (await zendesk.comments(4712)).slice(1), [joined]);
});

test('T3 in Zendesk: the number comes from the configured ticket field; if that is empty, the requester’s is used and a message says so', async () => {
  const settings = entry('mandatory', { ticketEntry: { phoneField: '304' } });
  const tab = await zendesk.given({ ...velora, settings });
  await zendesk.api('PUT', '/api/v2/tickets/4712.json', {
    ticket: { custom_fields: [{ id: 304, value: '(415) 555-2671' }] },
  });
  await tab.dial();
  await enterTicket(tab, '4711');
  await tab.alert('“Callback number” is empty. Using the requester’s number.');
  await tab.shows({ number: '+1 513 555 7611', ticket: '4711' });
  await tab.press('Change');
  await enterTicket(tab, '4712');
  await tab.shows({ number: '+1 415 555 2671', contact: 'Mia Chen', ticket: '4712' });
  await tab.call();
  await tab.opens(4712);
  const entered =
    / · \+1 415 555 2671\n[^]*\nThe agent entered the number\. It is not stored on the contact\.\ncall_started · …$/;
  await until(async () => assert.match((await zendesk.comments(4712)).at(-1)!, entered));
  assert.equal((await zendesk.control.user(2001)).phone, '+15135557611');
});

test('T4 in Zendesk: a Solved ticket and an unknown one are refused with a message, and another can be entered', async () => {
  const tab = await zendesk.given({ ...velora, settings: entry('mandatory') });
  await tab.dial();
  assert.equal(await tab.button('Skip').count(), 0);
  await enterTicket(tab, '4713');
  await tab.alert('Ticket 4713 is Solved. Enter an open ticket.');
  await enterTicket(tab, '9999');
  await tab.alert('Zendesk has no ticket 9999. Check the number.');
  await enterTicket(tab, '4711');
  await tab.shows({ contact: 'Mia Chen', ticket: '4711' });
});

test('T5 in Zendesk: a ticket’s menu fills in the ticket and calls the menu’s number', async () => {
  const settings = entry('mandatory', { outbound: { promptForTicket: true, allowNoTicket: true } });
  const tab = await zendesk.given({ ...velora, settings, path: '/agent/tickets/4712' });
  await tab.callFromTicket('Call +12025550177');
  await tab.shows({ number: '+1 202 555 0177', contact: 'Mia Chen', ticket: '4712' });
  assert.equal(await tab.field('Ticket ID').getAttribute('role'), 'group');
  await tab.button('Change').waitFor();
  await tab.call();
  await until(async () =>
    assert.match((await zendesk.comments(4712)).at(-1)!, / · \+1 202 555 0177\n.*\ncall_started · …$/),
  );
});

test('T6 in Zendesk: Enter new number and a call from a contact are errors that explain what to do instead', async () => {
  const tab = await zendesk.given({ ...velora, settings: entry('optional'), path: '/agent/tickets/4712' });
  await tab.callFromTicket('Enter new number');
  await tab.says(
    /you can’t use “Enter new number”[.] Call an existing number from the ticket, or dial the number here/,
  );
  assert.equal(await tab.button('Call').count(), 0);
  await tab.press('Cancel');
  await tab.page.getByRole('article').getByRole('link', { name: 'Mia Chen' }).click();
  await tab.callNumber('+15135557611');
  await tab.says(/you can’t call from a contact[.] Dial the number here and enter the ticket/);
  await tab.press('Dial a number');
  await asksForTicket(tab);
  assert.deepEqual(await zendesk.changes(), []);
});

test('T7 in Zendesk: without a default outbound number the panel says so, and the agent chooses', async () => {
  await zendesk.account({ ...velora, settings: entry('mandatory') });
  const context = await zendesk.context();
  // The file that another platform replaces.
  await zendesk.replacePlatform(
    context,
    `const profile = await connect(...given);
    return { ...profile, outboundNumbers: profile.outboundNumbers.map(({ default: _, ...one }) => one) };`,
  );
  const tab = await zendesk.open('/agent', context);
  await tab.dial();
  await enterTicket(tab, '4711');
  await tab.alert('Your team’s queue has no default outbound number. Choose one.');
  await tab.shows({ ticket: '4711', outbound: '' });
  assert.equal(await tab.button('Call').isDisabled(), true);
  await tab.choose('Outbound number', /Head office/);
  await tab.call();
  await until(async () =>
    assert.match((await zendesk.comments(4711)).at(-1)!, /\nFrom \+1 415 555 0110 · English\ncall_started · …$/),
  );
});
