import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { AgentPage, becomes, number, SipParties, tone } from '../support/sip/sip-parties.js';

let parties: SipParties;
before(async () => (parties = await SipParties.start('test/support/sip/panel-page.ts')));
after(() => parties?.close());
afterEach(() => parties.closePages());

/** Alex with the panel, and a customer who is in the CRM. */
async function withPanel() {
  const page = await parties.page(tone.alex);
  const open = () =>
    page.evaluate(([options, to]) => globalThis.panelPage.panel(options, to), [
      parties.options('alex'),
      number.customer,
    ] as const);
  await open();
  const alex = new AgentPage(page, () => parties.options('alex'));
  const customer = await parties.customer();
  await page.getByRole('button', { name: 'Dial a number' }).waitFor();
  return { page, alex, customer, open };
}

/** Alex calls the contact's number from the CRM. */
async function calls(page: AgentPage['page']): Promise<void> {
  await page.evaluate((to) => {
    document.querySelector('ccai-agent-adapter')!.dial({ from: 'contact', contactId: '2001', number: to });
  }, number.customer);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByRole('timer', { name: 'Call time' }).waitFor();
}

test('F9 A4 R11 R21 the panel over SIP: in a dialled call both sides hear each other, and the ticket gets the call and its recording', async () => {
  const { page, alex, customer } = await withPanel();
  await calls(page);
  await customer.hears(tone.alex);
  await alex.hears(tone.customer);
  const comments = () => page.evaluate(() => globalThis.panelPage.comments('4711'));
  const cards = async (word: string) => (await comments()).filter((body) => body.includes(`\n${word} · `)).length;
  await becomes(() => cards('call_started'), 1);
  const { sessionId } = await alex.emits('session.created');
  const [started] = (await comments()).filter((body) => body.includes('call_started'));
  assert.match(started!, /^☎ Outbound call to .+ · \+1 415 555 0123\nFrom \+1 800 555 0100 · /);
  assert.ok(started!.endsWith(`\ncall_started · ${sessionId}`), started);
  await page.getByRole('button', { name: 'End call' }).click();
  await becomes(() => customer.states(), ['Terminated']);
  await becomes(() => cards('call_finished'), 1);
  const recordings = () => page.evaluate(() => globalThis.panelPage.recordings('4711'));
  await becomes(() => recordings(), ['audio/webm;codecs=opus']);
  assert.equal(await customer.rang(), 1);
});

test('A5 R23 R26 the panel over SIP: an incoming call is answered and muted in the panel, and gets a ticket', async () => {
  const { page, alex, customer } = await withPanel();
  assert.equal(await alex.run('setStatus', 'available'), undefined);
  await customer.call('alex');
  await page.getByRole('button', { name: 'Answer' }).click();
  await alex.hears(tone.customer);
  await customer.hears(tone.alex);
  await page.getByRole('button', { name: 'Mute' }).click();
  await customer.hears();
  const tickets = () =>
    page.evaluate(() => globalThis.panelPage.host.tickets().map(({ id, contactId }) => [id, contactId]));
  await becomes(async () => (await tickets()).filter(([id, contact]) => id !== '4711' && contact === '2001').length, 1);
  await customer.hangUp();
  await alex.emits('session.closed');
});

test('A9 the panel over SIP: a reload shows the call again, both sides hear each other, and the customer is not called again', async () => {
  const { page, alex, customer, open } = await withPanel();
  await calls(page);
  await customer.hears(tone.alex);
  await page.reload();
  await page.waitForFunction(() => 'sip' in globalThis);
  await page.evaluate((hz) => globalThis.sip.microphone(hz), tone.alex);
  await open();
  await page.getByRole('timer', { name: 'Call time' }).waitFor();
  await customer.hears(tone.alex);
  await alex.hears(tone.customer);
  assert.equal(await customer.rang(), 1);
  await page.getByRole('button', { name: 'End call' }).click();
  await becomes(async () => (await customer.states()).includes('on'), false);
});
