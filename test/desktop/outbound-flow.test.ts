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
import { TestTab } from '../support/test-tab.js';

const agent = { id: '101', name: 'Grace', teams: ['support'], canAdminister: true };
const start = (settings: SettingsInput = {}, more: Parameters<typeof TestTab.start>[0] = {}) =>
  TestTab.start({ host: { data: crmData, agent }, settings, ...more });
const entry = (mode: 'optional' | 'mandatory', more: object = {}): SettingsInput => ({
  ticketEntry: { enabled: true, teams: { support: mode }, ...more },
});
const notices = (tab: TestTab) => tab.desktop.snapshot.outbound!.context.notices.map(({ code }) => code);
const contact = (tab: TestTab) => {
  const { selected } = tab.details.form.contact;
  return typeof selected === 'object' ? selected.id : selected;
};
const ticket = (tab: TestTab) => {
  const { selected } = tab.details.form.ticket;
  return selected && optionValue(selected);
};
const offered = (tab: TestTab) => tab.details.form.ticket.options.map(optionValue);
const type = (text: string) => [{ type: 'typeNumber', text }, { type: 'next' }] as const;

describe('the outbound call form', () => {
  it('F2 keeps the outbound numbers that have the language and clears one that no longer fits', async () => {
    const tab = await start();
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    const { profile, outboundNumber } = tab.details.context;
    assert.equal(outboundNumber, profile.outboundNumbers.find((number) => number.default)!.number);
    await tab.form({ type: 'chooseLanguage', language: 'de' });
    assert.ok(tab.details.form.outboundNumbers.every(({ languages }) => !languages.length || languages.includes('de')));
    assert.equal(tab.details.context.outboundNumber, undefined);
    assert.deepEqual(notices(tab), ['outbound-number-cleared']);
    assert.deepEqual(tab.missing, ['outbound-number']);
    const german = tab.details.form.outboundNumbers[0]!.number;
    await tab.form({ type: 'chooseOutboundNumber', number: german }, { type: 'call' });
    await tab.wait(1000);
    const { platformNumber, language } = tab.session.context.session;
    assert.deepEqual({ platformNumber, language }, { platformNumber: german, language: 'de' });
  });

  it('F4 accepts a number in any written form, and refuses other text without losing it', async () => {
    const tab = await start();
    await tab.dial({ from: 'adapter' });
    assert.equal(tab.screen, 'number-entry');
    await tab.form(...type('hello'));
    assert.equal(tab.screen, 'number-entry');
    assert.equal(numberEntryView(tab.desktop.snapshot.outbound!).text, 'hello');
    await tab.form(...type('tel:+1-415-555-0132;ext=12'));
    assert.equal(tab.screen, 'details');
    const { reading } = tab.details.form;
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
    const tab = await start();
    await tab.dial({ from: 'adapter', number: SHARED });
    await tab.form({ type: 'searchContacts', text: 'mia' });
    await tab.wait(1000);
    assert.deepEqual(
      tab.details.form.contact.options.map((option) => (option === 'new' ? 'new' : option.contact.id)),
      [MIA, 'new'],
    );
    await tab.form({ type: 'chooseContact', value: MIA });
    assert.deepEqual(tab.missing, ['number-of-nobody']);
    assert.equal(tab.details.form.number.offered.length, 2);
    await tab.form({ type: 'chooseNumber', number: '(415) 555-0198' });
    assert.deepEqual(tab.missing, []);
    assert.equal(tab.details.form.plan!.number, '+14155550198');
    assert.equal(tab.details.form.plan!.association.enteredNumber, false);
  });

  it('F5 shows a contact without a number as disabled, unless S5 is on', async () => {
    for (const allowEnteredNumber of [false, true]) {
      const tab = await start({ outbound: { allowEnteredNumber } });
      await tab.dial({ from: 'adapter', number: SHARED });
      await tab.form({ type: 'searchContacts', text: 'tom' });
      await tab.wait(1000);
      const [tom] = tab.details.form.contact.options;
      assert.deepEqual(typeof tom === 'object' && [tom.contact.id, tom.disabled], [TOM, !allowEnteredNumber]);
    }
  });

  it('F7 S5 permits a number that is not the contact’s only if the box is ticked', async () => {
    const tab = await start({ outbound: { allowEnteredNumber: true } });
    await tab.dial({ from: 'contact', contactId: BEN, number: SHARED });
    await tab.form({ type: 'useEnteredNumber', on: true }, { type: 'openKeypad' }, ...type(MIAS));
    assert.equal(contact(tab), BEN, 'the contact stays');
    assert.deepEqual(tab.missing, []);
    assert.equal(tab.details.form.plan!.association.enteredNumber, true);
    await tab.form({ type: 'useEnteredNumber', on: false });
    assert.deepEqual(tab.missing, ['number-of-nobody']);
  });

  it('F8 gives up any look-up from every step', async () => {
    const tab = await start();
    tab.host.trouble = { ...tab.host.trouble, latencyMs: 5000 };
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.deepEqual([tab.screen, tab.missing], ['details', ['looking-up']]);
    await tab.form({ type: 'cancel' });
    assert.equal(tab.screen, 'main');
    await tab.dial({ from: 'adapter', number: MIAS });
    assert.deepEqual(tab.missing, ['looking-up']);
    await tab.form({ type: 'cancel' });
    assert.equal(tab.screen, 'main');
    await tab.wait(20_000);
    assert.equal(tab.screen, 'main');
  });

  it('F9 keeps the contact of the CRM’s menu, and permits its number even if the contact does not have it', async () => {
    const tab = await start();
    await tab.dial({ from: 'contact', contactId: TOM, number: '(628) 555-0123' });
    assert.equal(contact(tab), TOM);
    assert.equal(ticket(tab), '6');
    assert.deepEqual(tab.missing, []);
    assert.equal(tab.details.form.plan!.association.enteredNumber, true, 'R24 applies');
  });

  it('F10 takes number, requester and ticket from the ticket; the ticket’s own requester wins over the hint', async () => {
    const tab = await start();
    await tab.dial({ from: 'ticket', ticketId: '1', number: '(415) 555-0198', contactId: BEN });
    assert.equal(contact(tab), MIA);
    assert.equal(ticket(tab), '1', 'although #2 was updated later');
  });

  for (const [ticketId, status] of [
    ['3', 'solved'],
    ['4', 'closed'],
  ] as const)
    it(`F10 F12 says that a ${status} ticket cannot be joined, and goes on as from the contact`, async () => {
      const tab = await start();
      await tab.dial({ from: 'ticket', ticketId, number: MIAS });
      assert.deepEqual(tab.desktop.snapshot.outbound!.context.notices, [{ code: 'ticket-not-live', ticketId, status }]);
      assert.equal(contact(tab), MIA);
      assert.equal(ticket(tab), '2');
      const other = await start();
      await other.dial({ from: 'ticket-new-number', ticketId });
      assert.deepEqual(notices(other), ['ticket-not-live']);
      assert.equal(other.details.form.entered.ticked, true, 'the tick stays');
    });

  it('F12 shows the entered number ticked even if S5 is off, and keeps the requester', async () => {
    const tab = await start();
    await tab.dial({ from: 'ticket-new-number', ticketId: '1' });
    assert.deepEqual(tab.details.form.entered, { shown: true, ticked: true, canUntick: false });
    await tab.form({ type: 'useEnteredNumber', on: false });
    assert.equal(tab.details.form.entered.ticked, true);
    await tab.form({ type: 'openKeypad' }, ...type(SHARED));
    assert.equal(contact(tab), MIA, 'although the number is Ben’s');
    assert.deepEqual(tab.missing, []);
    await tab.form({ type: 'chooseContact', value: 'new' });
    assert.equal(tab.details.form.entered.shown, false);
  });

  it('F13 looks up another number, but not another one of the contact’s own', async () => {
    const tab = await start();
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.form({ type: 'openKeypad' }, ...type('415 555 0198'));
    assert.equal(contact(tab), MIA);
    await tab.form({ type: 'openKeypad' }, ...type('+1 628 555 0123'));
    assert.equal(contact(tab), 'new');
    await tab.form({ type: 'openKeypad' }, { type: 'typeNumber', text: MIAS }, { type: 'back' });
    assert.equal(tab.details.context.numberText, '+1 628 555 0123', 'back changes nothing');
  });

  it('F13 says that a ticket is dropped when another contact is chosen', async () => {
    const tab = await start({ outbound: { promptForTicket: true } });
    await tab.dial({ from: 'ticket', ticketId: '1', number: MIAS });
    await tab.form({ type: 'searchContacts', text: 'ben' });
    await tab.wait(1000);
    await tab.form({ type: 'chooseContact', value: BEN });
    assert.deepEqual(notices(tab), ['ticket-dropped']);
    assert.deepEqual(offered(tab), ['5']);
  });

  it('F14 S15 refuses or confirms a number by the country of the outbound number, before the platform is asked', async () => {
    const asked = async (settings: SettingsInput['outbound'], number: string) => {
      const tab = await start({ outbound: { ...settings } });
      await tab.dial({ from: 'adapter' });
      await tab.form(...type(number));
      if (tab.screen === 'number-entry') {
        const { policy } = numberEntryView(tab.desktop.snapshot.outbound!);
        return policy.action === 'allow' ? 'not a number' : `${policy.action} ${policy.reason}`;
      }
      await tab.form({ type: 'call' });
      if (tab.details.confirming) {
        assert.equal(tab.telephony.sessions().length, 0, 'the platform has not been asked');
        await tab.form({ type: 'decline' });
        assert.equal(tab.screen, 'details');
        await tab.form({ type: 'call' }, { type: 'confirm' });
        await tab.wait(1000);
        return `confirmed ${tab.session.context.session.customerNumber}`;
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
    const tab = await start();
    await tab.dial({ from: 'ticket', ticketId: '1', number: MIAS });
    await tab.form({ type: 'call' });
    await tab.connect();
    await tab.hangUp();
    const parent = tab.session.context.session.id;
    tab.desktop.dial({ from: 'call-back', sessionId: parent }, { pressed: true });
    await tab.wait(2000);
    const { session } = tab.session.context;
    assert.equal(session.parentId, parent);
    assert.deepEqual(session.association?.ticket, { id: '1' });
    await tab.hangUp();
    tab.desktop.dial({ from: 'call-back', sessionId: parent });
    await tab.wait(2000);
    assert.equal(tab.screen, 'details', 'only a person’s press in the panel dials');
  });
});

describe('missing data of the platform', () => {
  it('F7 A17 without languages a call and its plan need none', async () => {
    const outboundNumbers = [{ number: '+18005550100', label: 'Support', languages: [], default: true }];
    const tab = await start({}, { telephony: { profile: { languages: [], outboundNumbers } as never } });
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.deepEqual(tab.missing, []);
    assert.ok(!('language' in tab.details.form.plan!));
    await tab.form({ type: 'call' });
    await tab.wait(2000);
    assert.ok(!('language' in tab.session.context.session));
    await tab.connect();
    assert.equal(tab.phase, 'connected');
  });

  it('R10 a call-back of an unknown call says that the call is unknown', async () => {
    const tab = await start();
    await tab.dial({ from: 'call-back', sessionId: 'gone' });
    assert.deepEqual(notices(tab), ['call-unknown']);
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
      const tab = await start(settings as SettingsInput);
      await tab.dial(
        ticketId ? { from: 'ticket', ticketId, number: MIAS } : { from: 'contact', contactId: MIA, number: MIAS },
      );
      assert.deepEqual(offered(tab), options);
      assert.equal(ticket(tab), selected);
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
      const tab = await start(settings, { host: { data: crmData, agent: { ...agent, teams: ['support', 'sales'] } } });
      await tab.dial({ from: 'adapter' });
      assert.equal(tab.desktop.snapshot.outbound!.context.entryMode, screen);
    }
  });

  it('T2 takes the requester and the number from the ticket, and dials nothing by itself', async () => {
    const tab = await start(entry('mandatory'));
    await tab.dial({ from: 'adapter' });
    await tab.form({ type: 'typeTicket', text: ' #1 ' }, { type: 'next' });
    assert.equal(tab.screen, 'details');
    const { form } = tab.details;
    assert.deepEqual(
      [contact(tab), form.contact.readOnly, ticket(tab), form.ticket.changeable],
      [MIA, true, '1', true],
    );
    assert.equal(form.plan!.number, MIAS, 'the default first');
    assert.equal(form.number.offered.length, 2, 'the others to choose from');
    await tab.form({ type: 'chooseContact', value: 'new' });
    assert.equal(contact(tab), MIA, 'changed only by Change of the ticket');
    await tab.wait(60_000);
    assert.equal(tab.telephony.sessions().length, 0);
  });

  it('T2 says that the requester has no number, and goes on with S5 or another ticket', async () => {
    const tab = await start({ ...entry('mandatory'), outbound: { allowEnteredNumber: true } });
    await tab.dial({ from: 'adapter' });
    await tab.form({ type: 'typeTicket', text: '6' }, { type: 'next' });
    assert.deepEqual(notices(tab), ['contact-without-number']);
    assert.deepEqual(tab.missing, ['number']);
    await tab.form({ type: 'useEnteredNumber', on: true }, { type: 'openKeypad' }, ...type(SHARED));
    assert.deepEqual(tab.missing, []);
    await tab.form({ type: 'changeTicket' }, { type: 'typeTicket', text: '1' }, { type: 'next' });
    assert.deepEqual(notices(tab), []);
    assert.equal(contact(tab), MIA);
  });

  it('T3 S13 calls the number in the chosen field, or says why not', async () => {
    const settings = entry('mandatory', { phoneField: '301' });
    const tab = await start(settings);
    await tab.dial({ from: 'adapter' });
    await tab.form({ type: 'typeTicket', text: '2' }, { type: 'next' });
    assert.equal(tab.details.form.plan!.number, '+14155550111');
    assert.equal(tab.details.form.plan!.association.enteredNumber, true);
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
    const tab = await start(entry('optional'));
    await tab.dial({ from: 'adapter' });
    for (const [text, refusal] of [
      ['3', { code: 'not-live', ticketId: '3', status: 'solved' }],
      ['4', { code: 'not-live', ticketId: '4', status: 'closed' }],
      ['4711', { code: 'unknown', ticketId: '4711' }],
    ] as const) {
      await tab.form({ type: 'typeTicket', text }, { type: 'next' });
      const { ticketRefusal, ticketText } = tab.desktop.snapshot.outbound!.context;
      assert.deepEqual(ticketRefusal, refusal);
      assert.equal(ticketText, text);
    }
    await tab.form({ type: 'typeTicket', text: 'https://example.zendesk.com/agent/tickets/1' }, { type: 'next' });
    assert.equal(ticket(tab), '1');
  });

  it('T4 beats F10: a ticket that is not live is asked for again', async () => {
    const tab = await start(entry('mandatory'));
    await tab.dial({ from: 'ticket', ticketId: '3', number: MIAS });
    assert.equal(tab.screen, 'ticket-entry');
    await tab.form({ type: 'typeTicket', text: '1' }, { type: 'next' });
    assert.equal(ticket(tab), '1');
  });

  it('T5 fills in the ticket from its menu, calls the menu’s number, and offers Change', async () => {
    const tab = await start({ ...entry('mandatory'), outbound: { promptForTicket: true, allowNewTicket: true } });
    await tab.dial({ from: 'ticket', ticketId: '1', number: '(415) 555-0198' });
    const { form } = tab.details;
    assert.deepEqual([form.ticket.kind, form.ticket.changeable, offered(tab)], ['text', true, ['1']]);
    assert.equal(form.plan!.number, '+14155550198');
    await tab.form({ type: 'changeTicket' });
    assert.equal(tab.screen, 'ticket-entry');
    await tab.form({ type: 'back' });
    assert.equal(tab.screen, 'details');
  });

  it('T6 refuses a call from a contact and a new number from a ticket, and dials nothing', async () => {
    for (const mode of ['optional', 'mandatory'] as const)
      for (const request of [
        { from: 'contact', contactId: MIA, number: MIAS },
        { from: 'ticket-new-number', ticketId: '1' },
      ] as const) {
        const tab = await start(entry(mode));
        await tab.dial(request);
        assert.equal(tab.screen, 'refused');
        await tab.form({ type: 'call' }, { type: 'next' }, { type: 'skip' });
        assert.equal(tab.screen, 'refused');
        await tab.form({ type: 'cancel' });
        assert.equal(tab.screen, 'main');
      }
  });

  it('T7 says that no default outbound number is set, and lets the agent choose', async () => {
    const numbers = [
      { number: '+14155550100', label: 'Support', languages: [] },
      { number: '+14155550101', label: 'Sales', languages: [] },
    ];
    const profile = { outboundNumbers: numbers };
    const tab = await start({}, { telephony: { profile } as never });
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.deepEqual(notices(tab), ['no-default-outbound-number']);
    assert.deepEqual(tab.missing, ['outbound-number']);
    await tab.form({ type: 'chooseOutboundNumber', number: '+14155550100' });
    assert.deepEqual(tab.missing, []);
  });

  it('T7 A17 the only outbound number is chosen by itself', async () => {
    const profile = { outboundNumbers: [{ number: '+14155550100', label: 'Support', languages: [] }] };
    const tab = await start({}, { telephony: { profile } as never });
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.deepEqual([notices(tab), tab.missing], [[], []]);
    assert.equal(tab.details.form.plan!.outboundNumber, '+14155550100');
  });
});

describe('a still form', () => {
  const slow = async (settings: SettingsInput = {}) => {
    const tab = await start(settings);
    tab.host.trouble = { ...tab.host.trouble, latencyMs: 1000 };
    return tab;
  };

  it('A14 shows the number in the first frame, and looks up contact, ticket and tickets side by side', async () => {
    for (const request of [
      { from: 'contact', contactId: MIA, number: MIAS },
      { from: 'ticket', ticketId: '1', contactId: MIA, number: MIAS },
    ] as const) {
      const tab = await slow({ outbound: { promptForTicket: true } });
      await tab.dial(request);
      assert.equal(tab.details.form.number.text, MIAS);
      assert.deepEqual(tab.missing, ['looking-up']);
      await tab.wait(1100);
      assert.deepEqual([contact(tab), tab.details.lookUps.tickets], [MIA, 'idle'], request.from);
      assert.deepEqual(offered(tab), ['2', '1'], 'the tickets are there as soon as the contact is');
    }
  });

  it('A14 F10 looks the tickets up again if the ticket’s requester is another contact', async () => {
    const tab = await slow({ outbound: { promptForTicket: true } });
    await tab.dial({ from: 'ticket', ticketId: '1', contactId: BEN, number: MIAS });
    await tab.wait(5000);
    assert.equal(contact(tab), MIA);
    assert.ok(offered(tab).includes('2'), 'Mia’s other ticket');
    assert.ok(!offered(tab).includes('5'), 'none of Ben’s');
  });

  it('A14 the ticket that the agent started from stays offered if the list of tickets cannot be loaded', async () => {
    for (const promptForTicket of [false, true]) {
      const tab = await start({ outbound: { promptForTicket } });
      tab.host.trouble = { ...tab.host.trouble, fail: { findTickets: 'unavailable' } };
      await tab.dial({ from: 'ticket', ticketId: '1', contactId: MIA, number: MIAS });
      await tab.wait(20_000);
      assert.equal(tab.details.lookUps.tickets, 'failed');
      assert.deepEqual([ticket(tab), tab.missing], ['1', []]);
    }
  });

  it('A14 F12 opens number entry at once, while the ticket is looked up, and keeps what is typed', async () => {
    const tab = await slow();
    await tab.dial({ from: 'ticket-new-number', ticketId: '1' });
    assert.equal(tab.screen, 'number-entry');
    await tab.form(...type(SHARED));
    assert.deepEqual([tab.screen, tab.missing], ['details', ['looking-up']]);
    await tab.wait(5000);
    assert.deepEqual([contact(tab), ticket(tab), tab.missing], [MIA, '1', []]);
    assert.equal(tab.details.form.plan!.association.enteredNumber, true);
  });
});

describe('failures', () => {
  for (const failure of ['unavailable', 'never', 'nonsense', 'rate-limited', 'unauthorized'] as const)
    it(`F8 Retry goes on after the CRM was ${failure} for the contact, the contacts, the tickets`, async () => {
      const tab = await start();
      tab.host.failNext('getContact', failure);
      await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
      await tab.wait(20_000);
      assert.deepEqual([tab.screen, tab.missing], ['details', ['entry-failed']]);
      await tab.form({ type: 'call' });
      assert.equal(tab.screen, 'details');
      await tab.form({ type: 'retry' });
      await tab.form({ type: 'cancel' });
      tab.host.failNext('findTickets', failure);
      await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
      await tab.wait(20_000);
      assert.equal(tab.details.lookUps.tickets, 'failed');
      assert.deepEqual(tab.missing, ['tickets-failed']);
      await tab.form({ type: 'retry' });
      assert.deepEqual(tab.missing, []);
      tab.host.failNext('findContacts', failure);
      await tab.form({ type: 'openKeypad' }, ...type(SHARED));
      await tab.wait(20_000);
      assert.equal(tab.details.lookUps.contacts, 'failed');
      await tab.form({ type: 'retry' });
      assert.equal(tab.details.form.contact.options.length, 3);
    });

  it('F7 S4 offers a call without a ticket while the tickets cannot be loaded', async () => {
    const tab = await start({ outbound: { allowNoTicket: true } });
    tab.host.trouble = { ...tab.host.trouble, fail: { findTickets: 'unavailable' } };
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.deepEqual(offered(tab), ['none']);
    await tab.form({ type: 'chooseTicket', value: 'none' });
    assert.deepEqual(tab.missing, []);
  });

  it('F7 keeps the form if the platform refuses the call, and never makes two calls of one', async () => {
    const tab = await start();
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    tab.telephony.trouble = { dial: 'lost' };
    await tab.form({ type: 'call' });
    await tab.wait(20_000);
    tab.telephony.trouble = {};
    if (tab.screen === 'details') await tab.form({ type: 'call' });
    await tab.wait(5000);
    assert.equal(tab.screen, 'call');
    assert.equal(tab.telephony.sessions().length, 1);
  });

  it('F7 dials with the same key after silence, and with another after a change or a refusal', async () => {
    const tab = await start({ outbound: { promptForTicket: true } });
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.form({ type: 'chooseTicket', value: '1' });
    const keys: string[] = [];
    let code: 'timeout' | 'restricted' = 'timeout';
    tab.telephony.dial = ({ key }) => {
      keys.push(key);
      return Promise.reject(new TelephonyError(code, 'no'));
    };
    await tab.form({ type: 'call' }, { type: 'call' }, { type: 'chooseTicket', value: '2' }, { type: 'call' });
    code = 'restricted';
    await tab.form({ type: 'call' }, { type: 'call' });
    const [first, again, changed, sameChange, afterRefusal] = keys;
    assert.equal(again, first);
    assert.notEqual(changed, first);
    assert.equal(sameChange, changed);
    assert.notEqual(afterRefusal, sameChange);
  });

  it('F8 takes back a plan that may still become a call', async () => {
    const tab = await start();
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    tab.telephony.trouble = { dial: 'never' };
    await tab.form({ type: 'call' });
    assert.equal(tab.screen, 'call');
    await tab.form({ type: 'cancel' });
    await tab.wait(30_000);
    assert.equal(tab.telephony.sessions().filter(({ phase }) => phase !== 'ended').length, 0);
  });

  it('A17 replaces an untouched form, or a refusal, without a question', async () => {
    const tab = await start();
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.dial({ from: 'contact', contactId: BEN, number: SHARED });
    assert.equal(contact(tab), BEN);
    const refusing = await start(entry('mandatory'));
    await refusing.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.equal(refusing.screen, 'refused');
    await refusing.dial({ from: 'ticket', ticketId: '1', number: MIAS });
    assert.equal(refusing.screen, 'details');
  });

  it('F9 asks before an open form is replaced, and refuses while a call is on', async () => {
    const tab = await start();
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.form({ type: 'chooseLanguage', language: 'en' });
    await tab.dial({ from: 'contact', contactId: BEN, number: SHARED });
    assert.equal(contact(tab), MIA);
    tab.desktop.send({ type: 'keepRequest' });
    await tab.wait();
    assert.equal(contact(tab), MIA);
    await tab.dial({ from: 'contact', contactId: BEN, number: SHARED });
    tab.desktop.send({ type: 'replaceRequest' });
    await tab.wait();
    assert.equal(contact(tab), BEN);
    await tab.form({ type: 'call' });
    await tab.connect();
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    assert.equal(tab.screen, 'call');
    assert.equal(tab.desktop.snapshot.agent.context.message?.code, 'in-call');
  });

  it('S12 S3 keeps the last good settings in force and names the refused ones', async () => {
    const tab = await start({ outbound: { allowNoTicket: true } });
    tab.host.setSettings({ batching: { windowSeconds: 61 } });
    await tab.wait();
    tab.host.setSettings({ outbound: { allowNewTicket: true } });
    await tab.wait();
    const { settings, settingsProblems } = tab.desktop.snapshot.agent.context.opened!;
    assert.equal(settings.outbound.allowNoTicket, true);
    assert.deepEqual(
      settingsProblems.map(({ path }) => path),
      ['outbound.allowNewTicket'],
    );
    assert.ok(tab.events.some((event) => event.type === 'error' && event.message.startsWith('batching.windowSeconds')));
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
    const tab = await TestTab.start({ host: { data: crmData }, settings: bad, Platform: Heard });
    const opened = () => tab.desktop.snapshot.agent.context.opened!;
    assert.deepEqual(opened().settings.outbound.refusedPrefixes, ['+1900']);
    assert.equal(opened().settings.outbound.allowNoTicket, true);
    assert.equal(opened().settings.calls.recording, false);
    assert.equal(opened().lastGood, false);
    assert.deepEqual(rules, [false]);
    tab.host.setSettings({ outbound: { premiumNumbers: 'maybe' as never, allowEnteredNumber: true } });
    await tab.wait();
    assert.equal(opened().settings.outbound.allowEnteredNumber, true, 'there are no good settings yet');
    assert.equal(opened().settings.calls.recording, false);
    tab.host.setSettings({ outbound: { allowNewTicket: false } });
    await tab.wait();
    assert.equal(opened().settings.calls.recording, true);
    assert.equal(opened().lastGood, true);
    assert.equal(rules.at(-1), true);
    tab.host.setSettings({ calls: { recording: false, maxChats: 99 } });
    await tab.wait();
    assert.equal(opened().settings.calls.recording, true, 'the last good ones');
  });

  it('F14 allows ten calls a minute and no more', async () => {
    const tab = await start({ tickets: { append: false } });
    tab.telephony.trouble = { dial: 'restricted' };
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    for (let press = 0; press < 11; press++) await tab.form({ type: 'call' });
    assert.equal(tab.failure?.failReason, 'too_many_calls');
  });

  it('Q8 starts again after a failed start', async () => {
    const tab = await TestTab.start({ host: { data: crmData }, telephony: {} });
    tab.host.failNext('getAgent', 'unavailable');
    tab.open();
    await tab.wait(1000);
    assert.equal(tab.screen, 'not-started');
    tab.desktop.send({ type: 'retryStart' });
    await tab.wait(1000);
    assert.equal(tab.screen, 'main');
  });
});

describe('presence', () => {
  const header = (tab: TestTab) => headerView(tab.desktop.snapshot.agent);

  it('A2 is Unavailable at sign-in, and changes when the platform says so', async () => {
    const tab = await start();
    assert.equal(header(tab).status?.id, 'unavailable');
    assert.ok(!header(tab).statuses.some(({ id }) => id === 'in-call'), 'set by the system only');
    tab.telephony.trouble = { latencyMs: 500 };
    tab.desktop.send({ type: 'setStatus', status: 'available' });
    await tab.wait(100);
    assert.equal(header(tab).status?.id, 'unavailable');
    assert.equal(header(tab).wanted, 'available');
    await tab.wait(2000);
    assert.equal(header(tab).status?.id, 'available');
  });

  it('A2 sets the next status in a call, and clears it', async () => {
    const tab = await start();
    await tab.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await tab.form({ type: 'call' });
    await tab.connect();
    assert.equal(header(tab).status?.id, 'in-call');
    assert.equal(header(tab).choosesNext, true);
    tab.desktop.send({ type: 'setNextStatus', status: 'break' });
    await tab.wait(1000);
    assert.equal(header(tab).next?.id, 'break');
    tab.desktop.send({ type: 'setNextStatus', status: undefined });
    await tab.wait(1000);
    assert.equal(header(tab).next, undefined);
    tab.desktop.send({ type: 'setNextStatus', status: 'meal' });
    await tab.wait(1000);
    await tab.hangUp();
    assert.equal(header(tab).status?.id, 'meal');
  });

  it('A2 shows a message if a status was not changed', async () => {
    const tab = await start();
    tab.telephony.trouble = { setStatus: 'not-available' };
    tab.desktop.send({ type: 'setStatus', status: 'available' });
    await tab.wait(1000);
    assert.equal(tab.desktop.snapshot.agent.context.message?.code, 'status-failed');
  });
});
