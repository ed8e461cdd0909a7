import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AgentBrowser, becomes, type AgentTab } from '../support/zendesk/agent-browser.js';

const zendesk = AgentBrowser.forTests({ drivenPlatform: true });
const grace = { id: 2001, name: 'Grace Lindqvist', phone: '+15135557611' };

const drawerOf = ({ page }: AgentTab) => page.getByRole('complementary', { name: 'Stand-in' });
const press = (tab: AgentTab, name: string) => drawerOf(tab).getByRole('button', { name, exact: true }).click();
const raised = (tab: AgentTab, name: string) => drawerOf(tab).getByText(`Raised: ${name}`).waitFor();

/** A tab in which the panel is loaded and the stand-in's drawer is open. */
async function withDrawer(): Promise<AgentTab> {
  const tab = await zendesk.given({ users: [grace], tickets: [] });
  await tab.icon.click();
  await tab.button('Dial a number').waitFor();
  await tab.page.getByRole('button', { name: 'Stand-in', exact: true }).click();
  await drawerOf(tab).getByLabel('Answered for the agent at once').check();
  return tab;
}

test('R26 a call that the stand-in lets come in is written by the app in Zendesk, and what follows it too', async () => {
  const tab = await withDrawer();
  await press(tab, 'Grace Lindqvist: one contact has the number');
  await raised(tab, 'Grace Lindqvist: one contact has the number');
  const made = async () =>
    (await zendesk.control.auditLog()).find(({ what }) => what === 'ticket.created')?.ticketId ?? 0;
  await becomes(async () => (await made()) > 0, true);
  const ticketId = await made();
  assert.equal((await zendesk.control.ticket(ticketId)).requester_id, grace.id);
  for (const act of ['Shares two photos', 'Rates with 5', 'Hangs up']) {
    await press(tab, act);
    await raised(tab, act);
  }
  const written = async () => (await zendesk.comments(ticketId)).join('\n');
  for (const words of [/call_started/, /Smart action completed: photo/, /Customer rating: 5 of 5/, /call_finished/])
    await becomes(async () => words.test(await written()), true);
  await press(tab, 'Transfers at once');
  await drawerOf(tab)
    .getByRole('alert')
    .filter({ hasText: /Not raised: .*has ended/ })
    .waitFor();
});

test('R5 a voicemail that the stand-in lets come in makes a ticket', async () => {
  const tab = await withDrawer();
  await press(tab, 'Grace Lindqvist leaves a voicemail');
  await becomes(
    async () => (await zendesk.control.auditLog()).filter(({ what }) => what === 'ticket.created').length,
    1,
  );
});

test('the app as it is packed cannot be driven from the page around it', async () => {
  const { startWithApp } = await import('../support/zendesk/installed-app.js');
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
