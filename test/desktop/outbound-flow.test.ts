import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SettingsInput } from '../../src/domain/settings.js';
import { optionValue } from '../../src/domain/ticket-choice.js';
import { numberEntryView } from '../../src/machine/outbound/form-view.js';
import { headerView } from '../../src/machine/agent/screen-view.js';
import '../../src/domain/usable-settings.js';
import { SimulatedTelephony } from '../../src/simulator/index.js';
import { TelephonyError } from '../../src/telephony/telephony-error.js';
import { ANA, BEN, MIA, MIAS, SHARED, TOM, crmData } from '../support/crm-data.js';
import { Desk } from '../support/desk.js';

const agent = { id: '101', name: 'Grace', teams: ['support'], canAdminister: true };
const start = (settings: SettingsInput = {}, more: Parameters<typeof Desk.start>[0] = {}) =>
  Desk.start({ host: { data: crmData, agent }, settings, ...more });
const entry = (mode: 'optional' | 'mandatory', more: object = {}): SettingsInput => ({
  ticketEntry: { enabled: true, teams: { support: mode }, ...more },
});
const notices = (desk: Desk) => desk.desktop.snapshot.outbound!.context.notices.map(({ code }) => code);
const contact = (desk: Desk) => {
  const { selected } = desk.details.form.contact;
  return typeof selected === 'object' ? selected.id : selected;
};
const ticket = (desk: Desk) => {
  const { selected } = desk.details.form.ticket;
  return selected && optionValue(selected);
};
const offered = (desk: Desk) => desk.details.form.ticket.options.map(optionValue);
const type = (text: string) => [{ type: 'typeNumber', text }, { type: 'next' }] as const;

describe('the outbound call form', () => {
  it('F2 keeps the outbound numbers that have the language and clears one that no longer fits', async () => {
    const desk = await start();
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    const { profile, outboundNumber } = desk.details.context;
    assert.equal(outboundNumber, profile.outboundNumbers.find((number) => number.default)!.number);
    await desk.form({ type: 'chooseLanguage', language: 'de' });
    assert.ok(
      desk.details.form.outboundNumbers.every(({ languages }) => !languages.length || languages.includes('de')),
    );
    assert.equal(desk.details.context.outboundNumber, undefined);
    assert.deepEqual(notices(desk), ['outbound-number-cleared']);
    assert.deepEqual(desk.missing, ['outbound-number']);
    const german = desk.details.form.outboundNumbers[0]!.number;
    await desk.form({ type: 'chooseOutboundNumber', number: german }, { type: 'call' });
    await desk.wait(1000);
    const { platformNumber, language } = desk.session.context.session;
    assert.deepEqual({ platformNumber, language }, { platformNumber: german, language: 'de' });
  });

  it('F4 accepts a number in any written form, and refuses other text without losing it', async () => {
    const desk = await start();
    await desk.dial({ from: 'adapter' });
    assert.equal(desk.screen, 'number-entry');
    await desk.form(...type('hello'));
    assert.equal(desk.screen, 'number-entry');
    assert.equal(numberEntryView(desk.desktop.snapshot.outbound!).text, 'hello');
    await desk.form(...type('tel:+1-415-555-0132;ext=12'));
    assert.equal(desk.screen, 'details');
    const { reading } = desk.details.form;
    assert.deepEqual(reading.state === 'number' && [reading.number, reading.extension], [MIAS, '12']);
  });

  it('F5 selects a single contact, asks the agent to choose among several, and says if there is none', async () => {
    const one = await start();
    await one.dial({ from: 'adapter', number: '415 555 0132' });
    assert.equal(contact(one), MIA);
    const several = await start();
    await several.dial({ from: 'adapter', number: SHARED });
    assert.equal(contact(several), undefined);
    assert.deepEqual(several.missing, ['contact']);
    assert.equal(several.details.form.ticket.kind, 'undecided');
    assert.deepEqual(
      several.details.form.contact.options.map((option) => (option === 'new' ? 'new' : option.contact.id)),
      [ANA, BEN, 'new'],
    );
    const none = await start();
    await none.dial({ from: 'adapter', number: '+1 628 555 0123' });
    assert.equal(contact(none), 'new');
    assert.equal(none.details.form.contact.noneFound, true);
  });

  it('F5 finds any other contact, and offers its own numbers if the number is not one of them', async () => {
    const desk = await start();
    await desk.dial({ from: 'adapter', number: SHARED });
    await desk.form({ type: 'searchContacts', text: 'mia' });
    await desk.wait(1000);
    assert.deepEqual(
      desk.details.form.contact.options.map((option) => (option === 'new' ? 'new' : option.contact.id)),
      [MIA, 'new'],
    );
    await desk.form({ type: 'chooseContact', value: MIA });
    assert.deepEqual(desk.missing, ['number-of-nobody']);
    assert.equal(desk.details.form.number.offered.length, 2);
    await desk.form({ type: 'chooseNumber', number: '(415) 555-0198' });
    assert.deepEqual(desk.missing, []);
    assert.equal(desk.details.form.plan!.number, '+14155550198');
    assert.equal(desk.details.form.plan!.association.enteredNumber, false);
  });

  it('F5 shows a contact without a number as disabled, unless S5 is on', async () => {
    for (const allowEnteredNumber of [false, true]) {
      const desk = await start({ outbound: { allowEnteredNumber } });
      await desk.dial({ from: 'adapter', number: SHARED });
      await desk.form({ type: 'searchContacts', text: 'tom' });
      await desk.wait(1000);
      const [tom] = desk.details.form.contact.options;
      assert.deepEqual(typeof tom === 'object' && [tom.contact.id, tom.disabled], [TOM, !allowEnteredNumber]);
    }
  });

  it('F7 S5 permits a number that is not the contact’s only if the box is ticked', async () => {
    const desk = await start({ outbound: { allowEnteredNumber: true } });
    await desk.dial({ from: 'contact', contactId: BEN, number: SHARED });
    await desk.form({ type: 'useEnteredNumber', on: true }, { type: 'openKeypad' }, ...type(MIAS));
    assert.equal(contact(desk), BEN, 'the contact stays');
    assert.deepEqual(desk.missing, []);
    assert.equal(desk.details.form.plan!.association.enteredNumber, true);
    await desk.form({ type: 'useEnteredNumber', on: false });
    assert.deepEqual(desk.missing, ['number-of-nobody']);
  });

  it('F8 gives up any look-up from every step', async () => {
    const desk = await start();
    desk.host.trouble = { ...desk.host.trouble, latencyMs: 5000 };
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.equal(desk.screen, 'loading');
    await desk.form({ type: 'cancel' });
    assert.equal(desk.screen, 'main');
    await desk.dial({ from: 'adapter', number: MIAS });
    assert.deepEqual(desk.missing, ['looking-up']);
    await desk.form({ type: 'cancel' });
    assert.equal(desk.screen, 'main');
    await desk.wait(20_000);
    assert.equal(desk.screen, 'main');
  });

  it('F9 keeps the contact of the CRM’s menu, and permits its number even if the contact does not have it', async () => {
    const desk = await start();
    await desk.dial({ from: 'contact', contactId: TOM, number: '(628) 555-0123' });
    assert.equal(contact(desk), TOM);
    assert.equal(ticket(desk), '6');
    assert.deepEqual(desk.missing, []);
    assert.equal(desk.details.form.plan!.association.enteredNumber, true, 'R24 applies');
  });

  it('F10 takes number, requester and ticket from the ticket; the ticket’s own requester wins over the hint', async () => {
    const desk = await start();
    await desk.dial({ from: 'ticket', ticketId: '1', number: '(415) 555-0198', contactId: BEN });
    assert.equal(contact(desk), MIA);
    assert.equal(ticket(desk), '1', 'although #2 was updated later');
  });

  for (const [ticketId, status] of [
    ['3', 'solved'],
    ['4', 'closed'],
  ] as const)
    it(`F10 F12 says that a ${status} ticket cannot be joined, and goes on as from the contact`, async () => {
      const desk = await start();
      await desk.dial({ from: 'ticket', ticketId, number: MIAS });
      assert.deepEqual(desk.desktop.snapshot.outbound!.context.notices, [
        { code: 'ticket-not-live', ticketId, status },
      ]);
      assert.equal(contact(desk), MIA);
      assert.equal(ticket(desk), '2');
      const other = await start();
      await other.dial({ from: 'ticket-new-number', ticketId });
      assert.deepEqual(notices(other), ['ticket-not-live']);
      assert.equal(other.details.form.entered.ticked, true, 'the tick stays');
    });

  it('F12 shows the entered number ticked even if S5 is off, and keeps the requester', async () => {
    const desk = await start();
    await desk.dial({ from: 'ticket-new-number', ticketId: '1' });
    assert.deepEqual(desk.details.form.entered, { shown: true, ticked: true, canUntick: false });
    await desk.form({ type: 'useEnteredNumber', on: false });
    assert.equal(desk.details.form.entered.ticked, true);
    await desk.form({ type: 'openKeypad' }, ...type(SHARED));
    assert.equal(contact(desk), MIA, 'although the number is Ben’s');
    assert.deepEqual(desk.missing, []);
    await desk.form({ type: 'chooseContact', value: 'new' });
    assert.equal(desk.details.form.entered.shown, false);
  });

  it('F13 looks up another number, but not another one of the contact’s own', async () => {
    const desk = await start();
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await desk.form({ type: 'openKeypad' }, ...type('415 555 0198'));
    assert.equal(contact(desk), MIA);
    await desk.form({ type: 'openKeypad' }, ...type('+1 628 555 0123'));
    assert.equal(contact(desk), 'new');
    await desk.form({ type: 'openKeypad' }, { type: 'typeNumber', text: MIAS }, { type: 'back' });
    assert.equal(desk.details.context.numberText, '+1 628 555 0123', 'back changes nothing');
  });

  it('F13 says that a ticket is dropped when another contact is chosen', async () => {
    const desk = await start({ outbound: { promptForTicket: true } });
    await desk.dial({ from: 'ticket', ticketId: '1', number: MIAS });
    await desk.form({ type: 'searchContacts', text: 'ben' });
    await desk.wait(1000);
    await desk.form({ type: 'chooseContact', value: BEN });
    assert.deepEqual(notices(desk), ['ticket-dropped']);
    assert.deepEqual(offered(desk), ['5']);
  });

  it('F14 S15 refuses or confirms a number by the country of the outbound number, before the platform is asked', async () => {
    const asked = async (settings: SettingsInput['outbound'], number: string) => {
      const desk = await start({ outbound: { ...settings } });
      await desk.dial({ from: 'adapter' });
      await desk.form(...type(number));
      if (desk.screen === 'number-entry') {
        const { policy } = numberEntryView(desk.desktop.snapshot.outbound!);
        return policy.action === 'allow' ? 'not a number' : `${policy.action} ${policy.reason}`;
      }
      await desk.form({ type: 'call' });
      if (desk.details.confirming) {
        assert.equal(desk.telephony.sessions().length, 0, 'the platform has not been asked');
        await desk.form({ type: 'decline' });
        assert.equal(desk.screen, 'details');
        await desk.form({ type: 'call' }, { type: 'confirm' });
        await desk.wait(1000);
        return `confirmed ${desk.session.context.session.customerNumber}`;
      }
      return 'dialled';
    };
    assert.equal(await asked({}, '911'), 'refuse emergency');
    assert.equal(await asked({ emergencyNumbers: 'confirm' }, '911'), 'confirmed 911');
    assert.equal(await asked({ refusedPrefixes: ['+7'] }, '+7 495 123 45 67'), 'refuse prefix');
    assert.equal(await asked({}, '+1 900 234 5678'), 'confirmed +19002345678');
    assert.equal(await asked({ premiumNumbers: 'refuse' }, '+1 900 234 5678'), 'refuse premium');
    assert.equal(await asked({ shortNumbers: ['4711'] }, '4711').catch(() => 'dialled'), 'dialled');
    assert.equal(await asked({}, '4711'), 'not a number');
  });

  it('R10 fills in a call-back from its parent, and dials at once if nothing is missing', async () => {
    const desk = await start();
    await desk.dial({ from: 'ticket', ticketId: '1', number: MIAS });
    await desk.form({ type: 'call' });
    await desk.connect();
    await desk.hangUp();
    const parent = desk.session.context.session.id;
    desk.desktop.dial({ from: 'call-back', sessionId: parent }, { pressed: true });
    await desk.wait(2000);
    const { session } = desk.session.context;
    assert.equal(session.parentId, parent);
    assert.deepEqual(session.association?.ticket, { id: '1' });
    await desk.hangUp();
    desk.desktop.dial({ from: 'call-back', sessionId: parent });
    await desk.wait(2000);
    assert.equal(desk.screen, 'details', 'only a person’s press in the panel dials');
  });
});

describe('missing data of the platform', () => {
  it('F7 A17 without languages a call and its plan need none', async () => {
    const outboundNumbers = [{ number: '+18005550100', label: 'Support', languages: [], default: true }];
    const desk = await start({}, { telephony: { profile: { languages: [], outboundNumbers } as never } });
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.deepEqual(desk.missing, []);
    assert.ok(!('language' in desk.details.form.plan!));
    await desk.form({ type: 'call' });
    await desk.wait(2000);
    assert.ok(!('language' in desk.session.context.session));
    await desk.connect();
    assert.equal(desk.phase, 'connected');
  });

  it('R10 a call-back of an unknown call says that the call is unknown', async () => {
    const desk = await start();
    await desk.dial({ from: 'call-back', sessionId: 'gone' });
    assert.deepEqual(notices(desk), ['call-unknown']);
  });
});

describe('which ticket the call joins', () => {
  const all = { promptForTicket: true, allowNewTicket: true, allowNoTicket: true };
  for (const [name, settings, ticketId, options, selected] of [
    ['S1 gives every call a new ticket', { tickets: { append: false } }, '', ['new'], 'new'],
    ['S1 keeps a ticket that the agent started from', { tickets: { append: false } }, '1', ['1'], '1'],
    ['S1 counts S2 and S3 as off', { tickets: { append: false }, outbound: all }, '', ['new', 'none'], 'new'],
    ['S2 off selects the newest live ticket', {}, '', ['2'], '2'],
    ['S2 on offers the live tickets, newest first', { outbound: { promptForTicket: true } }, '', ['2', '1'], undefined],
    ['S3 offers a new ticket', { outbound: { ...all, allowNoTicket: false } }, '', ['2', '1', 'new'], undefined],
    ['S4 offers none beside the newest', { outbound: { allowNoTicket: true } }, '', ['2', 'none'], '2'],
    [
      'F6 prefers the ticket that the agent started from to every default',
      { outbound: all },
      '1',
      ['2', '1', 'new', 'none'],
      '1',
    ],
  ] as const)
    it(name, async () => {
      const desk = await start(settings as SettingsInput);
      await desk.dial(
        ticketId ? { from: 'ticket', ticketId, number: MIAS } : { from: 'contact', contactId: MIA, number: MIAS },
      );
      assert.deepEqual(offered(desk), options);
      assert.equal(ticket(desk), selected);
    });
});

describe('ticket entry by team', () => {
  it('T1 S6 asks for a ticket first; Skip goes on if it is optional, Cancel always closes', async () => {
    const optional = await start(entry('optional'));
    await optional.dial({ from: 'adapter', number: MIAS });
    assert.equal(optional.screen, 'ticket-entry');
    await optional.form({ type: 'skip' });
    assert.equal(optional.screen, 'details');
    assert.equal(optional.details.context.numberText, MIAS, 'the number that came with the request is used');
    const mandatory = await start(entry('mandatory'));
    await mandatory.dial({ from: 'adapter' });
    await mandatory.form({ type: 'skip' }, { type: 'next' });
    assert.equal(mandatory.screen, 'ticket-entry');
    assert.deepEqual(mandatory.desktop.snapshot.outbound!.context.ticketRefusal, { code: 'empty' });
    await mandatory.form({ type: 'cancel' });
    assert.equal(mandatory.screen, 'main');
  });

  it('T1 S6 prefers mandatory to optional and optional to off, for an agent in several teams', async () => {
    for (const [teams, screen] of [
      [{ support: 'optional', sales: 'mandatory' }, 'mandatory'],
      [{ support: 'optional' }, 'optional'],
      [{ elsewhere: 'mandatory' }, 'off'],
    ] as const) {
      const settings = { ticketEntry: { enabled: true, teams: { ...teams } } } as SettingsInput;
      const desk = await start(settings, { host: { data: crmData, agent: { ...agent, teams: ['support', 'sales'] } } });
      await desk.dial({ from: 'adapter' });
      assert.equal(desk.desktop.snapshot.outbound!.context.entryMode, screen);
    }
  });

  it('T2 takes the requester and the number from the ticket, and dials nothing by itself', async () => {
    const desk = await start(entry('mandatory'));
    await desk.dial({ from: 'adapter' });
    await desk.form({ type: 'typeTicket', text: ' #1 ' }, { type: 'next' });
    assert.equal(desk.screen, 'details');
    const { form } = desk.details;
    assert.deepEqual(
      [contact(desk), form.contact.readOnly, ticket(desk), form.ticket.changeable],
      [MIA, true, '1', true],
    );
    assert.equal(form.plan!.number, MIAS, 'the default first');
    assert.equal(form.number.offered.length, 2, 'the others to choose from');
    await desk.form({ type: 'chooseContact', value: 'new' });
    assert.equal(contact(desk), MIA, 'changed only by Change of the ticket');
    await desk.wait(60_000);
    assert.equal(desk.telephony.sessions().length, 0);
  });

  it('T2 says that the requester has no number, and goes on with S5 or another ticket', async () => {
    const desk = await start({ ...entry('mandatory'), outbound: { allowEnteredNumber: true } });
    await desk.dial({ from: 'adapter' });
    await desk.form({ type: 'typeTicket', text: '6' }, { type: 'next' });
    assert.deepEqual(notices(desk), ['contact-without-number']);
    assert.deepEqual(desk.missing, ['number']);
    await desk.form({ type: 'useEnteredNumber', on: true }, { type: 'openKeypad' }, ...type(SHARED));
    assert.deepEqual(desk.missing, []);
    await desk.form({ type: 'changeTicket' }, { type: 'typeTicket', text: '1' }, { type: 'next' });
    assert.deepEqual(notices(desk), []);
    assert.equal(contact(desk), MIA);
  });

  it('T3 S13 calls the number in the chosen field, or says why not', async () => {
    const settings = entry('mandatory', { phoneField: '301' });
    const desk = await start(settings);
    await desk.dial({ from: 'adapter' });
    await desk.form({ type: 'typeTicket', text: '2' }, { type: 'next' });
    assert.equal(desk.details.form.plan!.number, '+14155550111');
    assert.equal(desk.details.form.plan!.association.enteredNumber, true);
    for (const [id, value, number] of [
      ['5', 'ask at the desk', SHARED],
      ['1', '', MIAS],
    ] as const) {
      const other = await start(settings);
      await other.dial({ from: 'adapter' });
      await other.form({ type: 'typeTicket', text: id }, { type: 'next' });
      const [notice] = other.desktop.snapshot.outbound!.context.notices;
      assert.deepEqual(notice, { code: 'field-without-number', field: 'Call-back number', value });
      assert.equal(other.details.form.plan!.number, number);
    }
  });

  it('T4 refuses a ticket that is not live, with its status, and an unknown ticket; nothing typed is lost', async () => {
    const desk = await start(entry('optional'));
    await desk.dial({ from: 'adapter' });
    for (const [text, refusal] of [
      ['3', { code: 'not-live', ticketId: '3', status: 'solved' }],
      ['4', { code: 'not-live', ticketId: '4', status: 'closed' }],
      ['4711', { code: 'unknown', ticketId: '4711' }],
    ] as const) {
      await desk.form({ type: 'typeTicket', text }, { type: 'next' });
      const { ticketRefusal, ticketText } = desk.desktop.snapshot.outbound!.context;
      assert.deepEqual(ticketRefusal, refusal);
      assert.equal(ticketText, text);
    }
    await desk.form({ type: 'typeTicket', text: 'https://example.zendesk.com/agent/tickets/1' }, { type: 'next' });
    assert.equal(ticket(desk), '1');
  });

  it('T4 beats F10: a ticket that is not live is asked for again', async () => {
    const desk = await start(entry('mandatory'));
    await desk.dial({ from: 'ticket', ticketId: '3', number: MIAS });
    assert.equal(desk.screen, 'ticket-entry');
    await desk.form({ type: 'typeTicket', text: '1' }, { type: 'next' });
    assert.equal(ticket(desk), '1');
  });

  it('T5 fills in the ticket from its menu, calls the menu’s number, and offers Change', async () => {
    const desk = await start({ ...entry('mandatory'), outbound: { promptForTicket: true, allowNewTicket: true } });
    await desk.dial({ from: 'ticket', ticketId: '1', number: '(415) 555-0198' });
    const { form } = desk.details;
    assert.deepEqual([form.ticket.kind, form.ticket.changeable, offered(desk)], ['text', true, ['1']]);
    assert.equal(form.plan!.number, '+14155550198');
    await desk.form({ type: 'changeTicket' });
    assert.equal(desk.screen, 'ticket-entry');
    await desk.form({ type: 'back' });
    assert.equal(desk.screen, 'details');
  });

  it('T6 refuses a call from a contact and a new number from a ticket, and dials nothing', async () => {
    for (const mode of ['optional', 'mandatory'] as const)
      for (const request of [
        { from: 'contact', contactId: MIA, number: MIAS },
        { from: 'ticket-new-number', ticketId: '1' },
      ] as const) {
        const desk = await start(entry(mode));
        await desk.dial(request);
        assert.equal(desk.screen, 'refused');
        await desk.form({ type: 'call' }, { type: 'next' }, { type: 'skip' });
        assert.equal(desk.screen, 'refused');
        await desk.form({ type: 'cancel' });
        assert.equal(desk.screen, 'main');
      }
  });

  it('T7 says that no default outbound number is set, and lets the agent choose', async () => {
    const profile = { outboundNumbers: [{ number: '+14155550100', label: 'Support', languages: [] }] };
    const desk = await start({}, { telephony: { profile } as never });
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.deepEqual(notices(desk), ['no-default-outbound-number']);
    assert.deepEqual(desk.missing, ['outbound-number']);
    await desk.form({ type: 'chooseOutboundNumber', number: '+14155550100' });
    assert.deepEqual(desk.missing, []);
  });
});

describe('failures', () => {
  for (const failure of ['unavailable', 'never', 'nonsense', 'rate-limited', 'unauthorized'] as const)
    it(`F8 Retry goes on after the CRM was ${failure} for the contact, the contacts, the tickets`, async () => {
      const desk = await start();
      desk.host.failNext('getContact', failure);
      await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
      await desk.wait(20_000);
      assert.equal(desk.screen, 'not-loaded');
      desk.host.failNext('findTickets', failure);
      await desk.form({ type: 'retry' });
      await desk.wait(20_000);
      assert.equal(desk.details.lookUps.tickets, 'failed');
      assert.deepEqual(desk.missing, ['tickets-failed']);
      await desk.form({ type: 'retry' });
      assert.deepEqual(desk.missing, []);
      desk.host.failNext('findContacts', failure);
      await desk.form({ type: 'openKeypad' }, ...type(SHARED));
      await desk.wait(20_000);
      assert.equal(desk.details.lookUps.contacts, 'failed');
      await desk.form({ type: 'retry' });
      assert.equal(desk.details.form.contact.options.length, 3);
    });

  it('F7 S4 offers a call without a ticket while the tickets cannot be loaded', async () => {
    const desk = await start({ outbound: { allowNoTicket: true } });
    desk.host.trouble = { ...desk.host.trouble, fail: { findTickets: 'unavailable' } };
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.deepEqual(offered(desk), ['none']);
    await desk.form({ type: 'chooseTicket', value: 'none' });
    assert.deepEqual(desk.missing, []);
  });

  it('F7 keeps the form if the platform refuses the call, and never makes two calls of one', async () => {
    const desk = await start();
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    desk.telephony.trouble = { dial: 'lost' };
    await desk.form({ type: 'call' });
    await desk.wait(20_000);
    desk.telephony.trouble = {};
    if (desk.screen === 'details') await desk.form({ type: 'call' });
    await desk.wait(5000);
    assert.equal(desk.screen, 'call');
    assert.equal(desk.telephony.sessions().length, 1);
  });

  it('F7 dials with the same key after silence, and with another after a change or a refusal', async () => {
    const desk = await start({ outbound: { promptForTicket: true } });
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await desk.form({ type: 'chooseTicket', value: '1' });
    const keys: string[] = [];
    let code: 'timeout' | 'restricted' = 'timeout';
    desk.telephony.dial = ({ key }) => {
      keys.push(key);
      return Promise.reject(new TelephonyError(code, 'no'));
    };
    await desk.form({ type: 'call' }, { type: 'call' }, { type: 'chooseTicket', value: '2' }, { type: 'call' });
    code = 'restricted';
    await desk.form({ type: 'call' }, { type: 'call' });
    const [first, again, changed, sameChange, afterRefusal] = keys;
    assert.equal(again, first);
    assert.notEqual(changed, first);
    assert.equal(sameChange, changed);
    assert.notEqual(afterRefusal, sameChange);
  });

  it('F8 takes back a plan that may still become a call', async () => {
    const desk = await start();
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    desk.telephony.trouble = { dial: 'never' };
    await desk.form({ type: 'call' });
    assert.equal(desk.screen, 'call');
    await desk.form({ type: 'cancel' });
    await desk.wait(30_000);
    assert.equal(desk.telephony.sessions().filter(({ phase }) => phase !== 'ended').length, 0);
  });

  it('F9 asks before an open form is replaced, and refuses while a call is on', async () => {
    const desk = await start();
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await desk.dial({ from: 'contact', contactId: BEN, number: SHARED });
    assert.equal(contact(desk), MIA);
    desk.desktop.send({ type: 'keepRequest' });
    await desk.wait();
    assert.equal(contact(desk), MIA);
    await desk.dial({ from: 'contact', contactId: BEN, number: SHARED });
    desk.desktop.send({ type: 'replaceRequest' });
    await desk.wait();
    assert.equal(contact(desk), BEN);
    await desk.form({ type: 'call' });
    await desk.connect();
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.equal(desk.screen, 'call');
    assert.equal(desk.desktop.snapshot.agent.context.message?.code, 'in-call');
  });

  it('S12 S3 keeps the last good settings in force and names the refused ones', async () => {
    const desk = await start({ outbound: { allowNoTicket: true } });
    desk.host.setSettings({ batching: { windowSeconds: 61 } });
    await desk.wait();
    desk.host.setSettings({ outbound: { allowNewTicket: true } });
    await desk.wait();
    const { settings, settingsProblems } = desk.desktop.snapshot.agent.context.opened!;
    assert.equal(settings.outbound.allowNoTicket, true);
    assert.deepEqual(
      settingsProblems.map(({ path }) => path),
      ['outbound.allowNewTicket'],
    );
    assert.ok(
      desk.events.some((event) => event.type === 'error' && event.message.startsWith('batching.windowSeconds')),
    );
  });

  it('S14 S4 at start uses every good value beside a bad one, and records nothing until the settings are good', async () => {
    const rules: boolean[] = [];
    class Heard extends SimulatedTelephony {
      override async connect(...given: Parameters<SimulatedTelephony['connect']>) {
        rules.push(given[1].record);
        return super.connect(...given);
      }
      override async setRules(...given: Parameters<SimulatedTelephony['setRules']>) {
        rules.push(given[0].record);
        return super.setRules(...given);
      }
    }
    const bad = { outbound: { refusedPrefixes: ['abc', '+1 900'], allowNoTicket: true } };
    const desk = await Desk.start({ host: { data: crmData }, settings: bad, Platform: Heard });
    const opened = () => desk.desktop.snapshot.agent.context.opened!;
    assert.deepEqual(opened().settings.outbound.refusedPrefixes, ['+1900']);
    assert.equal(opened().settings.outbound.allowNoTicket, true);
    assert.equal(opened().settings.calls.recording, false);
    assert.equal(opened().lastGood, false);
    assert.deepEqual(rules, [false]);
    desk.host.setSettings({ outbound: { premiumNumbers: 'maybe' as never, allowEnteredNumber: true } });
    await desk.wait();
    assert.equal(opened().settings.outbound.allowEnteredNumber, true, 'there are no good settings yet');
    assert.equal(opened().settings.calls.recording, false);
    desk.host.setSettings({ outbound: { allowNewTicket: false } });
    await desk.wait();
    assert.equal(opened().settings.calls.recording, true);
    assert.equal(opened().lastGood, true);
    assert.equal(rules.at(-1), true);
    desk.host.setSettings({ calls: { recording: false, maxChats: 99 } });
    await desk.wait();
    assert.equal(opened().settings.calls.recording, true, 'the last good ones');
  });

  it('F14 allows ten calls a minute and no more', async () => {
    const desk = await start({ tickets: { append: false } });
    desk.telephony.trouble = { dial: 'restricted' };
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    for (let press = 0; press < 11; press++) await desk.form({ type: 'call' });
    assert.equal(desk.failure?.failReason, 'too_many_calls');
  });

  it('Q8 starts again after a failed start', async () => {
    const desk = await Desk.start({ host: { data: crmData }, telephony: {} });
    desk.host.failNext('getAgent', 'unavailable');
    desk.open();
    await desk.wait(1000);
    assert.equal(desk.screen, 'not-started');
    desk.desktop.send({ type: 'retryStart' });
    await desk.wait(1000);
    assert.equal(desk.screen, 'main');
  });
});

describe('presence', () => {
  const header = (desk: Desk) => headerView(desk.desktop.snapshot.agent);

  it('A2 is Unavailable at sign-in, and changes when the platform says so', async () => {
    const desk = await start();
    assert.equal(header(desk).status?.id, 'unavailable');
    assert.ok(!header(desk).statuses.some(({ id }) => id === 'in-call'), 'set by the system only');
    desk.telephony.trouble = { latencyMs: 500 };
    desk.desktop.send({ type: 'setStatus', status: 'available' });
    await desk.wait(100);
    assert.equal(header(desk).status?.id, 'unavailable');
    assert.equal(header(desk).wanted, 'available');
    await desk.wait(2000);
    assert.equal(header(desk).status?.id, 'available');
  });

  it('A2 sets the next status in a call, and clears it', async () => {
    const desk = await start();
    await desk.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await desk.form({ type: 'call' });
    await desk.connect();
    assert.equal(header(desk).status?.id, 'in-call');
    assert.equal(header(desk).choosesNext, true);
    desk.desktop.send({ type: 'setNextStatus', status: 'break' });
    await desk.wait(1000);
    assert.equal(header(desk).next?.id, 'break');
    desk.desktop.send({ type: 'setNextStatus', status: undefined });
    await desk.wait(1000);
    assert.equal(header(desk).next, undefined);
    desk.desktop.send({ type: 'setNextStatus', status: 'meal' });
    await desk.wait(1000);
    await desk.hangUp();
    assert.equal(header(desk).status?.id, 'meal');
  });

  it('A2 shows a message if a status was not changed', async () => {
    const desk = await start();
    desk.telephony.trouble = { setStatus: 'not-available' };
    desk.desktop.send({ type: 'setStatus', status: 'available' });
    await desk.wait(1000);
    assert.equal(desk.desktop.snapshot.agent.context.message?.code, 'status-failed');
  });
});
