import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AgentBrowser, until, type AgentTab, type Given } from '../zendesk-stand-in/agent-browser.js';

const zendesk = AgentBrowser.forTests({ drivenPlatform: true });
const grace = { id: 2001, name: 'Grace Lindqvist', phone: '+15135557611' };

const drawerOf = ({ page }: AgentTab) => page.getByRole('complementary', { name: 'Stand-in' });
const press = (tab: AgentTab, name: string) => drawerOf(tab).getByRole('button', { name, exact: true }).click();
const raised = (tab: AgentTab, name: string) => drawerOf(tab).getByText(`Done: ${name}`).waitFor();

/** A tab in which the panel is loaded and the stand-in's drawer is open. */
async function withDrawer(given: Given & { path?: string } = {}): Promise<AgentTab> {
  const tab = await zendesk.given({ users: [grace], ...given });
  await tab.icon.click();
  await tab.button('Dial a number').waitFor();
  await tab.page.getByRole('button', { name: 'Stand-in', exact: true }).click();
  await drawerOf(tab).getByLabel('Answer at once').check();
  return tab;
}

test('R26 the app writes a call that the stand-in raises, and its later events', async () => {
  const tab = await withDrawer();
  await press(tab, 'Grace Lindqvist: one contact');
  await raised(tab, 'Grace Lindqvist: one contact');
  const ticketId = await made(1);
  assert.equal((await zendesk.control.ticket(ticketId)).requester_id, grace.id);
  for (const act of ['Shares two photos', 'Rates with 5', 'Hangs up']) {
    await press(tab, act);
    await raised(tab, act);
  }
  const written = async () => (await zendesk.comments(ticketId)).join('\n');
  for (const words of [
    /: ☎ Inbound call from Grace Lindqvist · \+1 513 555 7611\n[^]*\ncall_started · …/,
    /: Smart action: photo\n[^]*\nsmart_action · …/,
    /: Automatic: ★ Rated 5 of 5 by Grace Lindqvist · \+1 513 555 7611\n {2}Quick and kind, thank you\.\nrating_received · …/,
    /: ☎ Inbound call from Grace Lindqvist · \+1 513 555 7611(?: · .*)?\nSmart actions: photo\n(?:▶ Recording.*\n)?call_finished · …/,
  ])
    await until(async () => assert.match(await written(), words));
  await press(tab, 'Transfers now');
  await drawerOf(tab)
    .getByRole('alert')
    .filter({ hasText: /Not possible: .*has ended/ })
    .waitFor();
});

/** Grace's call, whose new ticket is open in front of the agent. */
async function callOfGrace(tab: AgentTab): Promise<number> {
  await press(tab, 'Grace Lindqvist: one contact');
  return made(1);
}

/** The ticket with this number in the order of creation. */
const made = (count: number) =>
  until(async () => {
    const tickets = (await zendesk.control.auditLog()).filter(({ what }) => what === 'ticket.created');
    assert.equal(tickets.length, count);
    return tickets.at(-1)!.ticketId!;
  });

const wordsOf = async (ticketId: number) => (await zendesk.comments(ticketId)).join('\n');
const finishes = (ticketId: number) => until(async () => assert.match(await wordsOf(ticketId), /call_finished/));

test('R5, R11 a voicemail that the stand-in raises makes a voicemail ticket with one message', async () => {
  const tab = await withDrawer();
  await press(tab, 'Grace Lindqvist leaves a voicemail');
  const ticketId = await made(1);
  const { via } = (await zendesk.control.ticket(ticketId)) as { via: { source: { rel: string } } };
  assert.equal(via.source.rel, 'voicemail');
  await until(async () =>
    assert.match(
      await wordsOf(ticketId),
      /☎ Voicemail from Grace Lindqvist · [^]*\n▶ Recording, 24 s: https:[^]*\nvoicemail_received · …$/,
    ),
  );
  assert.equal((await wordsOf(ticketId)).match(/https:\S+/g)?.length, 1);
});

test('R12 when a colleague merges a call’s ticket, the rest of the call goes to the target', async () => {
  const other = {
    id: 4711,
    requesterId: grace.id,
    subject: 'Router restarts',
    status: 'solved',
    assigneeId: 102,
  } as const;
  const tab = await withDrawer({ tickets: [other, { ...other, id: 4712, subject: 'Invoice' }] });
  const ticketId = await callOfGrace(tab);
  await tab.opens(ticketId);
  await drawerOf(tab).getByText('There is no other live ticket to merge it into.').waitFor();
  for (const id of [4711, 4712]) await zendesk.control.change(id, { status: 'open' });
  await drawerOf(tab).getByLabel('Merge ticket into').selectOption('#4711 Router restarts (Grace Lindqvist)');
  await press(tab, 'Merge tickets');
  await drawerOf(tab).getByText(`Ticket #${ticketId} was merged into #4711.`).waitFor();
  await press(tab, 'Hangs up');
  await finishes(4711);
  assert.doesNotMatch(await wordsOf(ticketId), /call_finished/);
});

test('R12 when a colleague closes a call’s ticket, the rest of the call goes to a follow-up', async () => {
  const tab = await withDrawer();
  const ticketId = await callOfGrace(tab);
  await tab.opens(ticketId);
  await press(tab, 'Close for good');
  await drawerOf(tab).getByText(`Ticket #${ticketId} is closed.`).waitFor();
  await press(tab, 'Solve');
  await drawerOf(tab)
    .getByRole('alert')
    .filter({ hasText: /Not done: .*closed prevents ticket update/ })
    .waitFor();
  await press(tab, 'Hangs up');
  const next = await made(2);
  await finishes(next);
  const { via } = (await zendesk.control.ticket(next)) as { via: { source: { rel: string } } };
  assert.equal(via.source.rel, 'follow_up');
});

test('R20 when a colleague deletes a contact, the next call from that number makes a new one', async () => {
  const tab = await withDrawer({ path: `/agent/users/${grace.id}` });
  await press(tab, 'Delete contact');
  await drawerOf(tab).getByText('Grace Lindqvist was deleted.').waitFor();
  const ticketId = await callOfGrace(tab);
  const { requester_id: requester } = await zendesk.control.ticket(ticketId);
  assert.notEqual(requester, grace.id);
  assert.equal((await zendesk.control.user(Number(requester))).phone, grace.phone);
});

test('R26 when a colleague deletes a call’s ticket, the agent is told which records are not written', async () => {
  const tab = await withDrawer();
  const ticketId = await callOfGrace(tab);
  await tab.opens(ticketId);
  await press(tab, 'Delete the ticket');
  await drawerOf(tab).getByText(`Ticket #${ticketId} was deleted.`).waitFor();
  await tab.page.getByRole('main').getByText('There is no such record, or you may not see it.').waitFor();
  // The end card waits for the agent's note, the comment about the photos does not.
  await press(tab, 'Shares two photos');
  if (await tab.popover.isHidden()) await tab.icon.click();
  await tab.alert(/couldn’t be saved to Zendesk/);
});

test('the packed app cannot be controlled by the page that embeds it', async () => {
  const { startWithApp } = await import('../zendesk-stand-in/installed-app.js');
  const standIn = await startWithApp();
  try {
    for (const file of ['telephony.js', 'top-bar.js']) {
      const code = await (await fetch(`${standIn.appUrl}/app/assets/${file}`)).text();
      assert.ok(code.length > 50 && !/stand-in|standIn/.test(code), file);
    }
  } finally {
    await standIn.close();
  }
});
