import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { AgentBrowser, becomes, until, type AgentTab } from '../zendesk-stand-in/agent-browser.js';

const zendesk = AgentBrowser.forTests();
const minute = 60_000;
const mia = { id: 2001, name: 'Mia Chen', phone: '+15135557611', numbers: ['+12025550177'] };
const router = { id: 4711, requesterId: 2001, subject: 'Router restarts', status: 'pending', age: 9 * minute } as const;
const invoice = { id: 4712, requesterId: 2001, subject: 'Invoice', status: 'open', age: 30 * minute } as const;
const velora = { users: [mia], tickets: [router, invoice] };
const search = { path: '/api/v2/search' };
const entry = { ticketEntry: { enabled: true, teams: { '501': 'mandatory' } } } as const;

const said = (tab: AgentTab, key: string) =>
  tab.page.evaluate(
    (wanted) =>
      window.protocolLog.filter(({ dropped, message }) => !dropped && (message as { key?: string }).key === wanted)
        .length,
    key,
  );
const replaceQuestion = (tab: AgentTab) => tab.panel.getByText('You’re already preparing a call').count();

for (const mode of ['both', 'top_bar', 'background'])
  test(`A1 in Zendesk: a click that Zendesk sends to ${mode} opens the form exactly once`, async () => {
    const tab = await zendesk.given({ ...velora, path: `/agent/users/2001?dialout=${mode}` });
    // The preloaded panel receives the event too.
    await becomes(() => said(tab, 'iframe.on:pane.activated'), 1);
    await tab.callNumber('+12025550177');
    await tab.shows({ number: '+1 202 555 0177', contact: 'Mia Chen', ticket: '4711' });
    if (mode !== 'top_bar') await becomes(() => said(tab, 'zaf.ccai.dial.taken'), 1);
    assert.equal(await tab.popover.isVisible(), true);
    assert.equal(await replaceQuestion(tab), 0);
    await tab.press('Cancel');
    await tab.button('Dial a number').waitFor();
    // The same number again is another click, unless it is part of a double click.
    await tab.page.waitForTimeout(600);
    await tab.callNumber('+12025550177');
    await tab.shows({ number: '+1 202 555 0177' });
  });

test('A1 in Zendesk: the first click, before the panel is loaded, is not lost', async () => {
  await zendesk.account(velora);
  const context = await zendesk.context();
  let load = () => {};
  const loaded = new Promise<void>((resolve) => (load = resolve));
  await context.route('**/top-bar.html*', (route) => void loaded.then(() => route.continue()));
  const tab = await zendesk.open('/agent/users/2001', context);
  await tab.callNumber('+15135557611');
  await becomes(() => said(tab, 'iframe.trigger:ccai.dial'), 1);
  assert.equal(await said(tab, 'zaf.ccai.dial'), 0);
  load();
  await tab.shows({ number: '+1 513 555 7611', contact: 'Mia Chen', ticket: '4711' });
  assert.equal(await replaceQuestion(tab), 0);
});

test('A9 in Zendesk: a click in the second tab opens the panel there', async () => {
  await zendesk.account(velora);
  const context = await zendesk.context();
  const first = await zendesk.open('/agent', context);
  const second = await zendesk.open('/agent/users/2001', context);
  await second.callNumber('+15135557611');
  await second.shows({ number: '+1 513 555 7611', contact: 'Mia Chen', ticket: '4711' });
  assert.equal(await first.popover.isVisible(), false);
  await first.icon.click();
  await first.button('Dial a number').waitFor();
});

test('F10, F12 in Zendesk: without the voice plan the ticket’s sidebar has Call and Enter new number', async () => {
  await zendesk.account(velora);
  await zendesk.control.setConditions({ voice: false });
  const tab = await zendesk.open('/agent/tickets/4712');
  assert.equal(await tab.page.getByRole('button', { name: 'Call', exact: true }).count(), 0);
  await tab.sidebar.getByRole('button', { name: 'Call +1 202 555 0177' }).click();
  await tab.shows({ number: '+1 202 555 0177', contact: 'Mia Chen', ticket: '4712' });
  await tab.press('Cancel');
  await tab.sidebar.getByRole('button', { name: 'Enter new number' }).click();
  await tab.enter('5135557688');
  await tab.shows({ number: '+1 513 555 7688', contact: 'Mia Chen', ticket: '4712' });
  await tab.panel.getByRole('checkbox', { name: 'Use entered number to make call', checked: true }).waitFor();
  await tab.page.getByRole('link', { name: 'Home', exact: true }).click();
  await tab.icon.click();
  await tab.call();
  // Without the voice API, R23 uses the framework's route.
  await tab.opens(4712);
  const entered =
    / · \+1 513 555 7688\n[^]*\nThe agent entered the number\. It is not stored on the contact\.\ncall_started · …$/;
  await until(async () => assert.match((await zendesk.comments(4712))[1] ?? '', entered));
});

test('Q7 in Zendesk: panel and sidebar speak the agent’s French', async () => {
  await zendesk.account(velora);
  await zendesk.control.setConditions({ voice: false });
  const tab = await zendesk.open('/agent/tickets/4712?user=103');
  await tab.sidebar.getByRole('button', { name: 'Saisir un nouveau numéro' }).waitFor();
  await tab.sidebar.getByRole('button', { name: 'Appeler le +1 513 555 7611' }).click();
  await tab.says('Prêt à appeler.');
  await tab.button('Appeler').waitFor();
  assert.equal(await (await tab.frame('top-bar.html')).evaluate(() => document.documentElement.lang), 'fr');
});

test('A1 in Zendesk: at 250 × 405 and at 320 × 520 nothing is cut off at the sides', async () => {
  const users = [{ ...mia, name: 'Wilhelmina Alexandrina van Oosterhout-Brandenburg zu Hohenlohe-Langenburg' }];
  const settings = { outbound: { promptForTicket: true, allowNoTicket: true, allowEnteredNumber: true } };
  const tab = await zendesk.given({ ...velora, users, settings });
  await tab.icon.click();
  const frame = await tab.frame('top-bar.html');
  const fits = async (screen: string) => {
    for (const [width, height] of [
      [250, 405],
      [320, 520],
    ]) {
      await tab.page.evaluate((size) => window.standInShell.panes.resize(size), { width, height });
      await becomes(() => frame.evaluate(() => innerWidth), width);
      assert.deepEqual(await frame.evaluate(sticksOut), [], `${screen} at ${width}`);
    }
  };
  await tab.button('Dial a number').waitFor();
  await fits('main');
  await tab.press('Dial a number');
  await tab.button('Next').waitFor();
  await fits('number entry');
  await tab.enter('5135557611');
  await tab.choose('Ticket ID', /Router restarts/);
  await tab.says('Ready to call.');
  await fits('details');
  await tab.call();
  await tab.panel.getByRole('button', { name: /^Ticket #4711/ }).waitFor();
  await fits('call');
});

/** The elements that are wider than their page. Runs in the panel's frame. */
function sticksOut(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const found = scrollWidth > clientWidth ? [`the page: ${scrollWidth} > ${clientWidth}`] : [];
  const roots: ParentNode[] = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      const { left, right, width } = element.getBoundingClientRect();
      const isSeen = width > 1 && element.checkVisibility();
      if (isSeen && (left < -0.5 || right > innerWidth + 0.5)) found.push(`${element.localName}.${element.className}`);
    }
  return found;
}

test('Security in Zendesk: in a page of another origin the app says so, posts no message and sends no request', async (test) => {
  await zendesk.account(velora);
  const framed = (file: string, origin: string) =>
    `<iframe src="${zendesk.standIn.appUrl}/app/assets/${file}?origin=${encodeURIComponent(origin)}&app_guid=1"></iframe>`;
  const server = createServer((request, response) => {
    const [own, account] = [`http://${request.headers.host}`, zendesk.standIn.url];
    const frames = ['nav-bar.html', 'ticket-sidebar.html', 'top-bar.html'].map((file) => framed(file, account));
    response.setHeader('content-type', 'text/html').end(`<script>heard = []; onmessage = ({ data }) => heard.push(data);
      </script>${framed('top-bar.html', own)}${frames.join('')}`);
  });
  test.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await (await zendesk.context()).newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  for (const at of [0, 1, 2, 3]) {
    const alert = page.frameLocator('iframe').nth(at).getByRole('alert');
    await alert.filter({ hasText: `This app belongs to ${zendesk.standIn.url}. It does not work in` }).waitFor();
  }
  assert.deepEqual(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard), []);
  assert.deepEqual(await zendesk.control.requests(), []);
});

test('B5 in Zendesk: a rate-limited look-up (429) is reported, and Retry works after the wait', async () => {
  await zendesk.account(velora);
  const context = await zendesk.context();
  await context.clock.install();
  const tab = await zendesk.open('/agent', context);
  await zendesk.control.failNext({ kind: 'status', status: 429, retryAfter: 1 }, search);
  await tab.dial('5135557611');
  await tab.alert('Zendesk is busy. Wait a moment.');
  assert.equal(await tab.button('Call').isDisabled(), true);
  // The framework gives no headers of a refusal, so the wait is ten seconds.
  await context.clock.fastForward(10_000);
  await tab.press('Retry');
  await tab.shows({ contact: 'Mia Chen', ticket: '4711' });
});

test('B5 in Zendesk: a proxy’s HTML page is reported as a failure, and Retry works', async () => {
  const tab = await zendesk.given(velora);
  await tab.dial();
  for (const status of [200, 502] as const) await zendesk.control.failNext({ kind: 'html', status }, search);
  await tab.enter('5135557611');
  await tab.alert('Zendesk isn’t available right now.');
  await tab.press('Retry');
  await tab.alert('Zendesk isn’t available right now.');
  await tab.press('Retry');
  await tab.shows({ contact: 'Mia Chen', ticket: '4711' });
});

test('B5 in Zendesk: a signed-out agent is told how to sign in, and Retry works afterwards', async () => {
  const tab = await zendesk.given({ ...velora, path: '/agent/users/2001' });
  await tab.icon.click();
  await tab.button('Dial a number').waitFor();
  await zendesk.control.signOut();
  await tab.callNumber('+15135557611');
  await tab.alert('You’re signed out of Zendesk. Sign in, then retry.');
  await zendesk.control.signIn();
  await tab.press('Retry');
  await tab.shows({ number: '+1 513 555 7611', contact: 'Mia Chen', ticket: '4711' });
  await zendesk.control.signOut();
  await tab.call();
  await tab.alert('You’re signed out of Zendesk. Nothing is lost');
  await zendesk.control.signIn();
  await tab.press('Show');
  await tab.panel.getByRole('button', { name: 'Retry', exact: true }).first().click();
  await tab.panel.getByRole('button', { name: /^Ticket #4711/ }).waitFor();
  await becomes(async () => (await zendesk.comments(4711)).filter((one) => one.includes('call_started')).length, 1);
});

test('B5 in Zendesk: a write whose response is lost is not written twice', async () => {
  const tab = await zendesk.given({ ...velora, path: '/agent/users/2001' });
  await zendesk.control.failNext({ kind: 'cut-after' }, { method: 'PUT', path: '/tickets/4711' });
  await tab.callNumber('+15135557611');
  await tab.call();
  await tab.opens(4711);
  await tab.hangUp();
  await until(async () => assert.match((await zendesk.comments(4711)).at(-1)!, /call_finished/));
  const words = (await zendesk.comments(4711)).map((one) => /call_\w+(?= · …$)/.exec(one)?.[0]);
  assert.deepEqual(words, [undefined, 'call_started', 'call_finished']);
});

test('R20 in Zendesk: a new contact is found although the search index lags, and no second one is made', async () => {
  const tab = await zendesk.given({});
  await zendesk.control.setConditions({ indexLagMs: 20_000 });
  await tab.dial('5135557699');
  await tab.shows({ contact: 'Create a new contact', ticket: 'new' });
  await tab.call();
  await tab.opens(1);
  await tab.hangUp();
  await tab.putAway();
  await tab.dial('(513) 555-7699');
  await tab.shows({ contact: '+15135557699', ticket: '1' });
  await tab.call();
  await until(async () => {
    const calls = (await zendesk.comments(1)).filter((one) => one.includes('call_started'));
    assert.equal(calls.length, 2);
  });
  const made = (await zendesk.changes()).filter((one) => one.includes('created'));
  assert.deepEqual(made, ['ticket.created 1', 'user.created']);
});

test('F8 in Zendesk: a look-up without a response is shown, and Cancel ends it', async () => {
  const tab = await zendesk.given({ ...velora, path: '/agent/users/2001' });
  await zendesk.control.failNext({ kind: 'silent' }, search);
  await tab.dial('5135557611');
  await tab.says('One moment…');
  assert.equal(await tab.button('Call').isDisabled(), true);
  await tab.press('Cancel');
  await tab.dial('5135557611');
  await tab.shows({ contact: 'Mia Chen', ticket: '4711' });
  await tab.press('Cancel');
  await zendesk.control.setConditions({ latencyMs: 1500 });
  await tab.callNumber('+12025550177');
  await tab.says('One moment…');
  assert.equal(await tab.button('Call').isDisabled(), true);
  await tab.shows({ number: '+1 202 555 0177', contact: 'Mia Chen', ticket: '4711' });
});

test('T4 in Zendesk: a ticket that the agent may not see is refused with a message', async () => {
  const hidden = { ...invoice, groupId: 503, hidden: true };
  const tab = await zendesk.given({
    users: [mia],
    tickets: [router, hidden],
    settings: entry,
    path: '/agent?user=102',
  });
  await tab.dial();
  for (const [id, words] of [
    ['4712', 'The ticket couldn’t be loaded. You don’t have permission in Zendesk.'],
    ['4799', 'Zendesk has no ticket 4799.'],
  ] as const) {
    await tab.panel.getByRole('textbox', { name: 'Ticket ID', exact: true }).fill(id);
    await tab.press('Next');
    await tab.alert(words);
  }
});
