import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { optionValue } from '../../src/domain/ticket-choice.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import type { DesktopCommand } from '../../src/desktop/agent-desktop.js';
import { BEN, MIA, MIAS, SHARED, TOM, crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';
import { howMany } from '../support/counts.js';
import { progress } from '../support/run/progress.mjs';

const runs = howMany({ all: 75, long: 5000 });

const numbers = [MIAS, SHARED, '+1 628 555 0123', '911', 'nonsense', '', '+1 900 234 5678', '415 555 0198 x12'];
const ticketIds = ['1', '2', '3', '4', '5', '6', '4711', ''];
const number = fc.constantFrom(...numbers);
const ticketId = fc.constantFrom(...ticketIds);
const contactId = fc.constantFrom(MIA, BEN, TOM, 'nobody');

type Action = (tab: TestTab) => void;
const form =
  (command: Extract<DesktopCommand, { type: 'outbound' }>['command']): Action =>
  (tab) =>
    tab.desktop.send({ type: 'outbound', command });
const dial =
  (request: Parameters<TestTab['host']['requestDial']>[0]): Action =>
  (tab) =>
    tab.host.requestDial(request);
const operation = fc.constantFrom(
  'findContacts',
  'findTickets',
  'getContact',
  'getTicket',
  'createTicket',
  'writeTickets' as const,
);
const failure = fc.constantFrom('unavailable', 'never', 'nonsense', 'rate-limited', 'unauthorized', 'timeout' as const);

const action: fc.Arbitrary<[string, Action]> = fc.oneof(
  fc
    .constantFrom(
      'cancel',
      'back',
      'next',
      'skip',
      'retry',
      'openKeypad',
      'changeTicket',
      'call',
      'confirm',
      'decline',
      'moreContacts',
      'moreTickets' as const,
    )
    .map((type): [string, Action] => [type, form({ type } as never)]),
  number.map((text): [string, Action] => [`typeNumber ${text}`, form({ type: 'typeNumber', text })]),
  ticketId.map((text): [string, Action] => [`typeTicket ${text}`, form({ type: 'typeTicket', text })]),
  number.map((text): [string, Action] => [`searchContacts ${text}`, form({ type: 'searchContacts', text })]),
  fc
    .oneof(contactId, fc.constant('new'))
    .map((value): [string, Action] => [`chooseContact ${value}`, form({ type: 'chooseContact', value })]),
  fc
    .oneof(ticketId, fc.constantFrom('new', 'none'))
    .map((value): [string, Action] => [`chooseTicket ${value}`, form({ type: 'chooseTicket', value })]),
  fc.boolean().map((on): [string, Action] => [`useEnteredNumber ${on}`, form({ type: 'useEnteredNumber', on })]),
  fc
    .constantFrom('en', 'fr', 'de')
    .map((language): [string, Action] => [`chooseLanguage ${language}`, form({ type: 'chooseLanguage', language })]),
  fc
    .tuple(contactId, number)
    .map(([id, text]): [string, Action] => [
      `dial contact ${id} ${text}`,
      dial({ from: 'contact', contactId: id, number: text }),
    ]),
  fc
    .tuple(ticketId, number)
    .map(([id, text]): [string, Action] => [
      `dial ticket ${id} ${text}`,
      dial({ from: 'ticket', ticketId: id, number: text }),
    ]),
  ticketId.map((id): [string, Action] => [`dial new number ${id}`, dial({ from: 'ticket-new-number', ticketId: id })]),
  fc
    .option(number, { nil: undefined })
    .map((text): [string, Action] => [
      `dial adapter ${text}`,
      dial({ from: 'adapter', ...(text === undefined ? {} : { number: text }) }),
    ]),
  fc
    .constantFrom('replaceRequest', 'keepRequest', 'closeMessage', 'endCall', 'dismissCall', 'retryRecords' as const)
    .map((type): [string, Action] => [type, (tab) => tab.desktop.send({ type })]),
  fc
    .tuple(operation, failure)
    .map(([what, how]): [string, Action] => [
      `${what} fails: ${how}`,
      (tab) => tab.host.failNext(what as never, how as never),
    ]),
  fc
    .constantFrom('restricted', 'never', 'lost', 'offline' as const)
    .map((how): [string, Action] => [`dial fails: ${how}`, (tab) => (tab.telephony.trouble = { dial: how })]),
  fc
    .constantFrom(0, 3000)
    .map((latencyMs): [string, Action] => [
      `latency ${latencyMs}`,
      (tab) => (tab.host.trouble = { ...tab.host.trouble, latencyMs }),
    ]),
);

const settings: fc.Arbitrary<SettingsInput> = fc.record({
  outbound: fc.record({ promptForTicket: fc.boolean(), allowNoTicket: fc.boolean(), allowEnteredNumber: fc.boolean() }),
  tickets: fc.record({ append: fc.boolean() }),
  ticketEntry: fc.record({
    enabled: fc.boolean(),
    teams: fc.constantFrom({}, { support: 'optional' as const }, { support: 'mandatory' as const }),
  }),
});

/** The next step of a person towards the call. */
async function step(tab: TestTab): Promise<void> {
  const { snapshot } = tab.desktop;
  if (snapshot.agent.matches({ ready: { outbound: { form: 'asking' } } }))
    return void tab.desktop.send({ type: 'keepRequest' });
  switch (tab.screen) {
    case 'main':
      return void tab.desktop.dial({ from: 'adapter' });
    case 'refused':
      return void (await tab.form({ type: 'cancel' }));
    case 'ticket-entry':
      return void (await tab.form({ type: 'typeTicket', text: '1' }, { type: 'next' }));
    case 'number-entry':
      return void (await tab.form({ type: 'typeNumber', text: MIAS }, { type: 'next' }));
    case 'details':
      return settle(tab);
    default:
      await tab.wait(10_000);
  }
}

async function settle(tab: TestTab): Promise<void> {
  const { form: view, confirming, lookUps } = tab.details;
  const [missing] = view.missing;
  if (confirming) return void (await tab.form({ type: 'confirm' }));
  if (!missing) return void (await tab.form({ type: 'call' }));
  switch (missing.code) {
    case 'contact': {
      const [first] = view.contact.options;
      const value = first === 'new' || !first || first.disabled ? 'new' : first.contact.id;
      return void (await tab.form({ type: 'chooseContact', value }));
    }
    case 'contacts-failed':
    case 'tickets-failed':
      return void (await tab.form({ type: 'retry' }));
    case 'ticket':
      if (lookUps.tickets === 'failed') await tab.form({ type: 'retry' });
      else await tab.form({ type: 'chooseTicket', value: optionValue(view.ticket.options[0]!) });
      return;
    case 'outbound-number':
      return void (await tab.form({ type: 'chooseOutboundNumber', number: view.outboundNumbers[0]!.number }));
    case 'looking-up':
      return void (await tab.wait(15_000));
    default:
      if (view.number.offered[0])
        return void (await tab.form({ type: 'chooseNumber', number: view.number.offered[0].text }));
      // The requester has no number: goes on with another ticket (T2).
      if (view.contact.readOnly) return void (await tab.form({ type: 'changeTicket' }));
      await tab.form({ type: 'openKeypad' });
  }
}

describe('every reachable state', () => {
  it('F8 F7 Q8 leads back to the main screen and to Call, after failed, late and lost answers', async () => {
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(
        settings,
        fc.array(fc.tuple(action, fc.constantFrom(0, 50, 11_000)), { maxLength: 25 }),
        async (given, actions) => {
          progress();
          const tab = await TestTab.start({
            host: { data: crmData, agent: { id: '101', name: 'Grace', teams: ['support'] } },
            settings: given,
          });
          tab.telephony.defaultOutcome = { outcome: 'answered', ringSeconds: 1 } as never;
          for (const [[, act], pause] of actions) {
            act(tab);
            await tab.wait(pause);
            assert.notEqual(tab.desktop.snapshot.agent.status, 'error');
          }
          tab.host.trouble = { ...tab.host.trouble, fail: {}, latencyMs: 0 };
          tab.telephony.trouble = {};
          await tab.wait(61_000);
          const dialled = new Set(tab.telephony.sessions().map(({ id }) => id));
          const isCalling = () =>
            tab.telephony.sessions().some(({ id, phase }) => !dialled.has(id) && phase !== 'ended');
          if (tab.screen === 'call' && tab.desktop.snapshot.session && tab.phase !== 'ended') await tab.hangUp();
          if (tab.screen === 'call') tab.desktop.send({ type: 'dismissCall' });
          for (let steps = 0; steps < 25 && !isCalling(); steps++) {
            await step(tab);
            await tab.wait(50);
          }
          assert.ok(isCalling(), `no call from ${tab.screen}: ${JSON.stringify(tab.desktop.snapshot.outbound?.value)}`);
          calls++;
          await tab.connect();
          await tab.hangUp();
          tab.desktop.send({ type: 'dismissCall' });
          await tab.form({ type: 'cancel' });
          assert.equal(tab.screen, 'main');
          await tab.desktop.stop();
        },
      ),
      { numRuns: runs, seed: 20260302, endOnFailure: false },
    );
    assert.equal(calls >= runs, true);
  });
});
