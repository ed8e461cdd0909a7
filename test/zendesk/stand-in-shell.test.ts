import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { ask, guidOf, heardBy, hears, instance, type Tiny } from '../zendesk-stand-in/shell/tiny-app.js';
import { TinyShell } from '../zendesk-stand-in/shell/tiny-shell.js';

declare const client: Tiny['client'];
declare const outcome: Tiny['outcome'];

let shell: TinyShell;
let page: Page;

before(async () => void (shell = await TinyShell.start()));
afterEach(() => shell.leave());
after(() => shell?.close());

async function open(path?: string) {
  const background = await shell.open(path);
  page = shell.page;
  return background;
}

test('stand-in shell: an instance is registered and activated after its handshake; the top bar is not loaded yet', async () => {
  const background = await open();
  const [registered] = await heardBy(background, 'app.registered');
  const { context, metadata } = registered as { context: Record<string, unknown>; metadata: Record<string, unknown> };
  assert.equal(metadata.installationId, 9001);
  assert.equal(typeof metadata.settings, 'object');
  assert.deepEqual([context.product, context.location], ['support', 'background']);
  assert.deepEqual(context.account, { subdomain: 'velora' });
  assert.match(background.url(), new RegExp(`app_guid=${String(context.instanceGuid)}`));
  assert.deepEqual(await heardBy(background, 'app.activated'), [{ firstLoad: true }]);
  assert.notEqual(new URL(background.url()).origin, shell.url);
  assert.equal(await page.locator('iframe[data-location=top_bar]').count(), 0);
  assert.deepEqual(await shell.protocolErrors(), []);
});

test('stand-in shell: get, set and invoke respond, with an error for unknown names', async () => {
  const background = await open('/agent?user=103');
  const me = await background.evaluate(async () => (await client.get('currentUser')).currentUser);
  const { id, role, locale } = me as Record<string, unknown>;
  assert.deepEqual([id, role, locale], [103, 'agent', 'fr']);
  const single = await background.evaluate(async () => [
    await outcome(client.get('nothing')),
    await outcome(client.get('ticket')),
    await outcome(client.set('nothing', 1)),
    await outcome(client.invoke('hide')),
    await outcome(client.invoke('popover', 'show')),
    await outcome(client.invoke('routeTo', 'ticket', 'x')),
  ]);
  assert.deepEqual(single, [
    { failed: '"nothing" does not exist' },
    { failed: '"ticket" is not available in background' },
    { failed: '"nothing" does not exist' },
    { failed: '"hide" does not exist' },
    { failed: '"popover" is not available in background' },
    { failed: '"routeTo" needs an id in place of "x"' },
  ]);
  const several = await background.evaluate(() => client.get(['currentUser', 'nothing']));
  assert.equal((several.currentUser as { id: number }).id, 103);
  assert.deepEqual(Object.keys(several.errors as object), ['nothing']);
});

test('stand-in shell: each open ticket has a sidebar, which knows the ticket and is told when it is hidden', async () => {
  const background = await open('/agent/tickets/4711');
  const sidebar = await instance(page, 'ticket_sidebar');
  const ticket = await sidebar.evaluate(async () => (await client.get('ticket')).ticket);
  const { id, subject, requester } = ticket as { id: number; subject: string; requester: { id: number } };
  assert.deepEqual([id, subject, requester.id], [4711, 'Router restarts', 2001]);
  const [registered] = await heardBy(sidebar, 'app.registered');
  assert.equal((registered!.context as { ticketId: number }).ticketId, 4711);

  await background.evaluate(() => client.invoke('routeTo', 'ticket', 4712));
  await hears(sidebar, 'app.deactivated');
  assert.equal(await page.locator('iframe[data-location=ticket_sidebar]').count(), 2);
  await page.getByRole('list', { name: 'Open tabs' }).getByRole('link', { name: 'Router restarts' }).click();
  await hears(sidebar, 'app.activated', 2);
  assert.deepEqual(await heardBy(sidebar, 'app.activated'), [{ firstLoad: true }, { firstLoad: false }]);

  await page.evaluate(() => {
    const { host, panes } = window.standInShell;
    host.updateContext(panes.ofTicket(4711)!, { ticketId: 4711, isShown: true });
  });
  await hears(sidebar, 'context.updated');
  assert.equal((await heardBy(sidebar, 'context.updated'))[0]!.isShown, true);
});

test('stand-in shell: instances are listed, and receive events from each other', async () => {
  const background = await open('/agent/tickets/4711');
  const sidebar = await instance(page, 'ticket_sidebar');
  const guid = await guidOf(background, 'ticket_sidebar');
  const answer = await background.evaluate((of) => client.get(`instances.${of}`), guid);
  assert.equal((answer[`instances.${guid}`] as { ticketId: number }).ticketId, 4711);
  await background.evaluate((to) => client.instance(to).trigger('told', { by: 'another' }), guid);
  await hears(sidebar, 'told');
  assert.deepEqual(await heardBy(sidebar, 'told'), [{ by: 'another' }]);
  assert.deepEqual(await heardBy(background, 'told'), []);

  await background.evaluate(() => client.trigger('told', { by: 'itself' }));
  await hears(background, 'told');
  assert.equal((await heardBy(sidebar, 'told')).length, 1);
  assert.deepEqual(await shell.protocolErrors(), []);
});

test('stand-in shell: preloadPane loads the pane, which is told when it is shown or hidden, from the second time on', async () => {
  const background = await open();
  const guid = await guidOf(background, 'top_bar');
  await background.evaluate((of) => client.instance(of).invoke('preloadPane'), guid);
  const topBar = await instance(page, 'top_bar');
  assert.equal(await shell.popover.isVisible(), false);

  await background.evaluate((of) => client.instance(of).invoke('popover', 'show'), guid);
  await shell.popover.waitFor();
  assert.equal(await shell.appButton.getAttribute('aria-expanded'), 'true');
  assert.deepEqual(await heardBy(topBar, 'pane.activated'), []);
  await topBar.evaluate(() => client.invoke('popover', 'hide'));
  await shell.popover.waitFor({ state: 'hidden' });
  await hears(topBar, 'pane.deactivated');

  await shell.appButton.click();
  await hears(topBar, 'pane.activated');
  await page.getByRole('heading', { level: 1 }).click();
  await shell.popover.waitFor({ state: 'hidden' });
  await hears(topBar, 'pane.deactivated', 2);
  assert.equal(await page.locator('iframe[data-location=top_bar]').count(), 1);
});

test('stand-in shell: the popover has the manifest’s size until the app sets another', async () => {
  await open();
  await shell.appButton.click();
  const topBar = await instance(page, 'top_bar');
  const size = async () => {
    const { width, height } = (await page.locator('iframe[data-location=top_bar]').boundingBox())!;
    return [width, height];
  };
  assert.deepEqual(await size(), [300, 500]);
  await topBar.evaluate(() => client.invoke('popover', { width: 320, height: 520 }));
  assert.deepEqual(await size(), [320, 520]);
  await topBar.evaluate(() => client.invoke('resize', { width: '280px', height: '410px' }));
  assert.deepEqual(await size(), [280, 410]);
});

test('stand-in shell: the icon shows the symbol that an instance sets, and only drawings', async () => {
  const background = await open();
  assert.equal(await shell.appButton.getAttribute('data-symbol'), 'default');
  const guid = await guidOf(background, 'top_bar');
  await background.evaluate((of) => client.instance(of).set('iconSymbol', 'dialing'), guid);
  await page.locator('button[data-symbol=dialing] rect').waitFor();
  assert.equal(await shell.appButton.locator('script, [onclick], circle').count(), 0);
  const elsewhere = await background.evaluate(() => outcome(client.set('iconSymbol', 'dialing')));
  assert.deepEqual(elsewhere, { failed: '"iconSymbol" is not available in background' });
});

test('stand-in shell: routeTo opens tabs and the app’s page, and notify shows a notification', async () => {
  const background = await open();
  await background.evaluate(() => client.invoke('routeTo', 'user', 2001));
  await page.getByRole('heading', { name: 'Mia Chen' }).waitFor();
  await background.evaluate(() => client.invoke('routeTo', 'nav_bar', '', 'settings'));
  await instance(page, 'nav_bar');
  assert.equal(new URL(page.url()).pathname, '/agent/apps/settings');
  await background.evaluate(() => client.invoke('notify', 'Written <b>once</b>', 'notice'));
  await page.getByRole('status').getByText('Written <b>once</b>').waitFor();
  await background.evaluate(() => client.invoke('notify', 'Not written', 'error', { sticky: true }));
  await page.getByRole('alert').getByText('Not written').waitFor();
});

test('stand-in shell: request gives the data or the whole response, and errors without headers', async () => {
  const background = await open();
  const { done: data } = await ask(background, '/api/v2/users/2001.json');
  assert.equal((data!.user as { name: string }).name, 'Mia Chen');
  const url = '/api/v2/users/2001.json';
  const options = { url, type: 'GET', dataType: 'json', httpCompleteResponse: true, autoRetry: false, timeout: 5000 };
  const complete = (await ask(background, options)).done!;
  assert.equal(complete.status, 200);
  assert.match((complete.headers as Record<string, string>)['content-type']!, /json/);
  assert.equal((complete.responseJSON as { user: { id: number } }).user.id, 2001);
  const failed = (await ask(background, '/api/v2/users/999999.json')).failed!;
  assert.equal(failed.status, 404);
  assert.deepEqual([typeof failed.responseJSON, 'headers' in failed], ['object', false]);
  assert.deepEqual(await shell.protocolErrors(), []);
});

test('stand-in shell: a cut request has status 0; a 429 is tried again unless autoRetry is off', async () => {
  const background = await open();
  const url = '/api/v2/users/2001.json';
  const match = { path: '/users/2001' };
  await shell.control.failNext({ kind: 'cut-before' }, match);
  assert.equal((await ask(background, url)).failed?.status, 0);
  await shell.control.failNext({ kind: 'status', status: 429, retryAfter: 1 }, match);
  assert.equal((await ask(background, { url, autoRetry: false })).failed?.status, 429);
  await shell.control.failNext({ kind: 'status', status: 429, retryAfter: 1 }, match);
  assert.ok((await ask(background, url)).done);
});

test('stand-in shell: undocumented options of a request are refused and counted', async () => {
  const background = await open();
  const wrong = [
    { url: '/api/v2/users/2001.json', credentials: 'include' },
    { url: '/api/v2/users/2001.json', type: 'FETCH' },
    { url: 'https://elsewhere.example/api/v2/users.json' },
    { url: '/stand-in/control' },
    { url: '/api/v2/users/2001.json', cors: true },
  ];
  for (const options of wrong) {
    assert.equal((await ask(background, options)).failed?.status, 400);
  }
  const errors = await shell.protocolErrors();
  assert.equal(errors.length, wrong.length);
  assert.match(errors[0]!, /background: client.request: option credentials is not documented/);
});

test('stand-in shell: messages outside the protocol are counted and shown', async () => {
  const background = await open();
  await background.evaluate(() => {
    const guid = new URL(location.href).searchParams.get('app_guid');
    const guids = { appGuid: guid, instanceGuid: guid };
    const messages = [
      { key: 'iframe.trigger:told', ...guids },
      'no JSON',
      JSON.stringify({ key: 'iframe.dance', ...guids }),
      JSON.stringify({ id: 1, request: 'get', params: 'currentUser', ...guids }),
      JSON.stringify({ key: 'iframe.trigger:told', appGuid: guid, instanceGuid: 'nobody' }),
      JSON.stringify({ key: 'iframe.trigger:told', appGuid: 'somebody', instanceGuid: guid }),
    ];
    for (const message of messages) window.parent.postMessage(message, '*');
  });
  await page.getByRole('button', { name: 'Stand-in' }).getByText('6').waitFor();
  assert.equal((await shell.protocolErrors()).length, 6);
  assert.deepEqual(await heardBy(background, 'told'), []);
});

test('stand-in shell: voice.dialout reaches the background, the loaded top bar, or both', async () => {
  for (const [mode, expected] of [
    ['both', { topBar: 1, background: 1 }],
    ['top_bar', { topBar: 1, background: 0 }],
    ['background', { topBar: 0, background: 1 }],
  ] as const) {
    const background = await open(`/agent/users/2001?dialout=${mode}`);
    await page.getByRole('button', { name: 'Call this number: +12025550177' }).click();
    const guid = await guidOf(background, 'top_bar');
    await background.evaluate((of) => client.instance(of).invoke('preloadPane'), guid);
    const topBar = await instance(page, 'top_bar');
    assert.deepEqual(await heardBy(topBar, 'voice.dialout'), [], 'nothing is kept for a pane that was not there');

    const before = (await heardBy(background, 'voice.dialout')).length;
    await page.getByRole('button', { name: 'Call this number: +12025550177' }).click();
    // A later response proves that the event has arrived.
    for (const frame of [background, topBar]) await frame.evaluate(() => client.get('currentUser'));
    const inTopBar = await heardBy(topBar, 'voice.dialout');
    const inBackground = await heardBy(background, 'voice.dialout');
    assert.deepEqual({ topBar: inTopBar.length, background: inBackground.length - before }, expected, mode);
    assert.deepEqual([...inTopBar, ...inBackground][0], { number: '+12025550177', userId: 2001, ticketId: null });
  }
});

test('stand-in shell: a ticket’s call menu has the requester’s numbers and Enter new number', async () => {
  const background = await open('/agent/tickets/4711');
  for (const name of ['Call +12025550101', 'Enter new number']) {
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('menu', { name: 'Call' }).getByRole('menuitem', { name }).click();
  }
  await hears(background, 'voice.dialout', 2);
  assert.deepEqual(await heardBy(background, 'voice.dialout'), [
    { number: '+12025550101', userId: 2001, ticketId: 4711 },
    { number: '', userId: 2001, ticketId: 4711 },
  ]);
});

test('stand-in shell: a ticket shows the comments of the agent and of others', async () => {
  await open('/agent/tickets/4712');
  const conversation = page.getByRole('log', { name: 'Conversation' });
  await page.getByRole('radio', { name: 'Internal note' }).check();
  await page.getByRole('textbox', { name: 'Internal note' }).fill('Asked the bank');
  await page.getByLabel('Status').selectOption('On-hold');
  await page.getByRole('button', { name: 'Submit' }).click();
  await conversation.getByText('Asked the bank').waitFor();
  await conversation.getByText('Status: On-hold').waitFor();
  await shell.control.comment(4712, 'Heard from the bank', 102);
  await conversation.getByText('Heard from the bank').waitFor();
});

test('stand-in shell: a ticket that is displayed to the agent is opened', async () => {
  const background = await open('/agent?user=102');
  await ask(background, { url: '/api/v2/channels/voice/agents/102/tickets/4711/display', type: 'POST' });
  await page.getByRole('article', { name: 'Ticket 4711' }).waitFor();
});

test('stand-in shell: without the voice plan there are no call buttons', async () => {
  await shell.control.setConditions({ voice: false });
  try {
    await open('/agent/users/2001');
    await page.getByRole('list', { name: 'Phone numbers' }).getByText('+12025550101').waitFor();
    assert.equal(await page.getByRole('button', { name: /Call this number/ }).count(), 0);
    await page.getByRole('link', { name: 'Router restarts' }).click();
    await page.getByRole('button', { name: 'Submit' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Call', exact: true }).count(), 0);
  } finally {
    await shell.control.setConditions({ voice: true });
  }
});
