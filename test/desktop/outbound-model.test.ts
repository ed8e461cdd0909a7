import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { optionValue } from '../../src/domain/ticket-choice.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import type { DesktopCommand } from '../../src/desktop/agent-desktop.js';
import { BEN, MIA, MIAS, SHARED, TOM, crmData } from '../support/crm-data.js';
import { Desk } from '../support/desk.js';
import { howMany } from '../support/counts.js';
import { progress } from '../support/run/progress.mjs';

const runs = howMany({ all: 75, long: 5000 });

const numbers = [MIAS, SHARED, '+1 628 555 0123', '911', 'nonsense', '', '+1 900 234 5678', '415 555 0198 x12'];
const ticketIds = ['1', '2', '3', '4', '5', '6', '4711', ''];
const number = fc.constantFrom(...numbers);
const ticketId = fc.constantFrom(...ticketIds);
const contactId = fc.constantFrom(MIA, BEN, TOM, 'nobody');

type Action = (desk: Desk) => void;
const form =
  (command: Extract<DesktopCommand, { type: 'outbound' }>['command']): Action =>
  (desk) =>
    desk.desktop.send({ type: 'outbound', command });
const dial =
  (request: Parameters<Desk['host']['requestDial']>[0]): Action =>
  (desk) =>
    desk.host.requestDial(request);
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
    .map((type): [string, Action] => [type, (desk) => desk.desktop.send({ type })]),
  fc
    .tuple(operation, failure)
    .map(([what, how]): [string, Action] => [
      `${what} fails: ${how}`,
      (desk) => desk.host.failNext(what as never, how as never),
    ]),
  fc
    .constantFrom('restricted', 'never', 'lost', 'offline' as const)
    .map((how): [string, Action] => [`dial fails: ${how}`, (desk) => (desk.telephony.trouble = { dial: how })]),
  fc
    .constantFrom(0, 3000)
    .map((latencyMs): [string, Action] => [
      `latency ${latencyMs}`,
      (desk) => (desk.host.trouble = { ...desk.host.trouble, latencyMs }),
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
async function step(desk: Desk): Promise<void> {
  const { snapshot } = desk.desktop;
  if (snapshot.agent.matches({ ready: { outbound: { form: 'asking' } } }))
    return void desk.desktop.send({ type: 'keepRequest' });
  switch (desk.screen) {
    case 'main':
      return void desk.desktop.dial({ from: 'adapter' });
    case 'not-loaded':
      return void (await desk.form({ type: 'retry' }));
    case 'refused':
      return void (await desk.form({ type: 'cancel' }));
    case 'ticket-entry':
      return void (await desk.form({ type: 'typeTicket', text: '1' }, { type: 'next' }));
    case 'number-entry':
      return void (await desk.form({ type: 'typeNumber', text: MIAS }, { type: 'next' }));
    case 'details':
      return settle(desk);
    default:
      await desk.wait(10_000);
  }
}

async function settle(desk: Desk): Promise<void> {
  const { form: view, confirming, lookUps } = desk.details;
  const [missing] = view.missing;
  if (confirming) return void (await desk.form({ type: 'confirm' }));
  if (!missing) return void (await desk.form({ type: 'call' }));
  switch (missing.code) {
    case 'contact': {
      const [first] = view.contact.options;
      const value = first === 'new' || !first || first.disabled ? 'new' : first.contact.id;
      return void (await desk.form({ type: 'chooseContact', value }));
    }
    case 'contacts-failed':
    case 'tickets-failed':
      return void (await desk.form({ type: 'retry' }));
    case 'ticket':
      if (lookUps.tickets === 'failed') await desk.form({ type: 'retry' });
      else await desk.form({ type: 'chooseTicket', value: optionValue(view.ticket.options[0]!) });
      return;
    case 'outbound-number':
      return void (await desk.form({ type: 'chooseOutboundNumber', number: view.outboundNumbers[0]!.number }));
    case 'looking-up':
      return void (await desk.wait(15_000));
    default:
      if (view.number.offered[0])
        return void (await desk.form({ type: 'chooseNumber', number: view.number.offered[0].text }));
      // The requester has no number: goes on with another ticket (T2).
      if (view.contact.readOnly) return void (await desk.form({ type: 'changeTicket' }));
      await desk.form({ type: 'openKeypad' });
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
          const desk = await Desk.start({
            host: { data: crmData, agent: { id: '101', name: 'Grace', teams: ['support'] } },
            settings: given,
          });
          desk.telephony.defaultOutcome = { outcome: 'answered', ringSeconds: 1 } as never;
          for (const [[, act], pause] of actions) {
            act(desk);
            await desk.wait(pause);
            assert.notEqual(desk.desktop.snapshot.agent.status, 'error');
          }
          desk.host.trouble = { ...desk.host.trouble, fail: {}, latencyMs: 0 };
          desk.telephony.trouble = {};
          await desk.wait(61_000);
          const dialled = new Set(desk.telephony.sessions().map(({ id }) => id));
          const isCalling = () =>
            desk.telephony.sessions().some(({ id, phase }) => !dialled.has(id) && phase !== 'ended');
          if (desk.screen === 'call' && desk.desktop.snapshot.session && desk.phase !== 'ended') await desk.hangUp();
          if (desk.screen === 'call') desk.desktop.send({ type: 'dismissCall' });
          for (let steps = 0; steps < 25 && !isCalling(); steps++) {
            await step(desk);
            await desk.wait(50);
          }
          assert.ok(
            isCalling(),
            `no call from ${desk.screen}: ${JSON.stringify(desk.desktop.snapshot.outbound?.value)}`,
          );
          calls++;
          await desk.connect();
          await desk.hangUp();
          desk.desktop.send({ type: 'dismissCall' });
          await desk.form({ type: 'cancel' });
          assert.equal(desk.screen, 'main');
          await desk.desktop.stop();
        },
      ),
      { numRuns: runs, seed: 20260302, endOnFailure: false },
    );
    assert.equal(calls >= runs, true);
  });
});
