import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { SettingsInput } from '../../src/domain/settings.js';
import { CcaiAdapterSettings, type SettingsChangeEvent } from '../../src/element/settings/ccai-adapter-settings.js';
import { settingsEn } from '../../src/element/locales/settings-en.js';
import { settingsFr } from '../../src/element/locales/settings-fr.js';
import { defineOnce } from '../../src/element/register.js';
import { MemoryHost } from '../../src/memory/index.js';
import { allByRole, byRole, elements } from '../support/roles.js';

defineOnce('ccai-adapter-settings', CcaiAdapterSettings);

const textOf = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

const matching = (selector: string): HTMLElement[] =>
  [...elements(document)].filter((one): one is HTMLElement => one.matches(selector));

const referred = (element: HTMLElement, attribute: string): string =>
  (element.getAttribute(attribute) ?? '')
    .split(' ')
    .map((id) => textOf(id ? (element.getRootNode() as ShadowRoot).getElementById(id) : null))
    .filter(Boolean)
    .join(' ');

const descriptionOf = (element: HTMLElement): string =>
  referred(element, 'aria-describedby') || element.getAttribute('aria-description') || '';

const all = (role: string, name?: string): HTMLElement[] => allByRole(document, role, name);
const get = <T extends HTMLElement = HTMLInputElement>(role: string, name: string): T =>
  byRole<T>(document, role, name);

const label = (key: keyof typeof settingsEn): string => settingsEn[key];
const alerts = (): string => all('alert').map(textOf).join(' | ');
const statuses = (): string => all('status').map(textOf).join(' | ');

let element: CcaiAdapterSettings;
let changes: SettingsChangeEvent['detail']['settings'][];

async function settle(): Promise<void> {
  await element.updateComplete;
  await aTimeout(0);
  await element.updateComplete;
}

async function open(
  settings: SettingsInput = {},
  options: { host?: MemoryHost; locale?: string; width?: number } = {},
): Promise<void> {
  changes = [];
  const onChange = (event: Event) => changes.push((event as SettingsChangeEvent).detail.settings);
  element = await fixture<CcaiAdapterSettings>(html`
    <ccai-adapter-settings
      locale=${options.locale ?? 'en'}
      .settings=${settings}
      .host=${options.host}
      @ccai-settings-change=${onChange}
    ></ccai-adapter-settings>
  `);
  await settle();
  await waitUntil(() => !matching('[aria-busy=true]').length && all('checkbox').length > 0);
}

const last = () => changes.at(-1);

async function press(control: HTMLElement): Promise<void> {
  control.click();
  await settle();
}

async function type(control: HTMLInputElement, text: string): Promise<void> {
  control.value = text;
  control.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await settle();
}

async function choose(combobox: string, option: string): Promise<void> {
  await press(get('combobox', combobox));
  await waitUntil(() => all('option').some((one) => textOf(one).startsWith(option)), `no option ${option}`);
  await press(all('option').find((one) => textOf(one).startsWith(option))!);
}

const pick = (group: string, option: string): HTMLInputElement =>
  byRole<HTMLInputElement>(get<HTMLElement>('radiogroup', group), 'radio', option);

/** Resolves when the CRM's lists have loaded. */
const loaded = () => waitUntil(() => all('radiogroup', 'Support').length === 1, 'the teams did not come');

async function importFile(content: string, name = 'settings.json'): Promise<void> {
  const input = matching('input[type=file]')[0] as HTMLInputElement;
  const files = new DataTransfer();
  files.items.add(new File([content], name, { type: 'application/json' }));
  input.files = files.files;
  input.dispatchEvent(new Event('change'));
  await waitUntil(() => [...all('status'), ...all('alert')].some((one) => textOf(one).includes(name)));
  await settle();
}

describe('<ccai-adapter-settings>', () => {
  it('has no accessibility finding', async () => {
    await open({ ticketEntry: { enabled: true } }, { host: new MemoryHost() });
    await loaded();
    await expect(element).to.be.accessible();
  });

  it('has no accessibility finding with problems, with rows, and without a host', async () => {
    await open({
      batching: { windowSeconds: 61 },
      tickets: { customDataFields: { order: '' } },
      calls: { dispositions: [{ code: '', label: 'Sale', children: [{ code: 'S1', label: 'New' }] }] },
    });
    await expect(element).to.be.accessible();
  });

  it('S1 is the inverse of tickets.append', async () => {
    await open();
    expect(get('checkbox', label('s1')).checked).to.be.false;
    await press(get('checkbox', label('s1')));
    expect(last()?.tickets.append).to.be.false;
    await press(get('checkbox', label('s1')));
    expect(last()?.tickets.append).to.be.true;
  });

  it('S1 on: S2 and S3 cannot be edited, count as off, and the form says why', async () => {
    await open({ tickets: { append: false }, outbound: { promptForTicket: true, allowNewTicket: true } });
    for (const row of ['s2', 's3'] as const) {
      const control = get('checkbox', label(row));
      expect(control.disabled, row).to.be.true;
      expect(control.checked, row).to.be.false;
      expect(descriptionOf(control), row).to.contain(label('locked.s1'));
    }
    await press(get('checkbox', label('s1')));
    expect(get('checkbox', label('s2')).checked).to.be.true;
    expect(last()?.outbound.allowNewTicket).to.be.true;
  });

  it('S2 changes fire an event with all settings', async () => {
    await open({ batching: { windowSeconds: 20 } });
    await press(get('checkbox', label('s2')));
    expect(last()?.outbound.promptForTicket).to.be.true;
    expect(last()?.batching.windowSeconds).to.equal(20);
    expect(last()?.calls.maxChats).to.equal(3);
  });

  it('S3 can be edited only while S2 is on', async () => {
    await open();
    expect(get('checkbox', label('s3')).disabled).to.be.true;
    expect(descriptionOf(get('checkbox', label('s3')))).to.contain(label('locked.s2'));
    await press(get('checkbox', label('s2')));
    expect(get('checkbox', label('s3')).disabled).to.be.false;
    await press(get('checkbox', label('s3')));
    expect(last()?.outbound.allowNewTicket).to.be.true;
  });

  it('S3 is switched off together with S2, and the form says so', async () => {
    await open({ outbound: { promptForTicket: true, allowNewTicket: true } });
    await press(get('checkbox', label('s2')));
    expect(last()?.outbound).to.include({ promptForTicket: false, allowNewTicket: false });
    expect(descriptionOf(get('checkbox', label('s3')))).to.contain(label('s3.switched-off'));
  });

  it('S3 given without S2 is refused beside its control, and can be corrected there', async () => {
    await open({ outbound: { allowNewTicket: true } });
    const control = get('checkbox', label('s3'));
    expect(control.getAttribute('aria-invalid')).to.equal('true');
    expect(descriptionOf(control)).to.contain(label('refusal.needs-prompt'));
    expect(control.disabled).to.be.false;
    await press(control);
    expect(last()?.outbound.allowNewTicket).to.be.false;
  });

  it('S4 has a warning beside it', async () => {
    await open();
    expect(descriptionOf(get('checkbox', label('s4')))).to.contain(label('s4.warning'));
    await press(get('checkbox', label('s4')));
    expect(last()?.outbound.allowNoTicket).to.be.true;
  });

  it('S5 says which CRM plan has click-to-dial', async () => {
    await open();
    expect(descriptionOf(get('checkbox', label('s5')))).to.contain('Talk Partner Edition');
    await press(get('checkbox', label('s5')));
    expect(last()?.outbound.allowEnteredNumber).to.be.true;
  });

  it('S6 lists the teams by name; each is unused, optional or mandatory', async () => {
    await open({}, { host: new MemoryHost() });
    await loaded();
    expect(descriptionOf(get('checkbox', label('s6')))).to.contain('default outbound number');
    expect(pick('Sales', 'Optional').disabled).to.be.true;
    await press(get('checkbox', label('s6')));
    await press(pick('Sales', 'Optional'));
    await press(pick('Support', 'Mandatory'));
    expect(last()?.ticketEntry).to.deep.equal({ enabled: true, teams: { sales: 'optional', support: 'mandatory' } });
    await press(pick('Sales', 'Not used'));
    expect(last()?.ticketEntry.teams).to.deep.equal({ support: 'mandatory' });
  });

  it('S6 keeps a team that the CRM no longer has', async () => {
    await open({ ticketEntry: { enabled: true, teams: { old: 'optional' } } }, { host: new MemoryHost() });
    await loaded();
    expect(pick('old No longer in the CRM', 'Optional').checked).to.be.true;
  });

  it('S6 takes team ids if the CRM does not list teams', async () => {
    await open({ ticketEntry: { enabled: true } });
    await press(get('button', label('s6.teams.add')));
    await type(get('textbox', label('s6.teams.id')), 'support');
    expect(last()?.ticketEntry.teams).to.deep.equal({ support: 'optional' });
    await choose(label('s6.teams.use'), 'Mandatory');
    expect(last()?.ticketEntry.teams).to.deep.equal({ support: 'mandatory' });
    await press(get('button', 'Remove team support'));
    expect(last()?.ticketEntry.teams).to.deep.equal({});
  });

  it('S6 says that the teams could not be loaded, with Retry', async () => {
    const host = new MemoryHost();
    host.failNext('listTeams', 'unavailable');
    await open({ ticketEntry: { enabled: true } }, { host });
    await waitUntil(() => alerts().includes(label('s6.teams.failed')));
    await press(get('button', 'Retry'));
    await loaded();
    expect(alerts()).to.equal('');
  });

  it('S7 is a switch', async () => {
    await open();
    await press(get('checkbox', label('s7')));
    expect(last()?.tickets.forAbandonedCalls).to.be.false;
  });

  it('S8 refuses an unknown variable beside the title, and keeps the typed text', async () => {
    await open();
    const title = get('textbox', label('s8'));
    await type(title, '{{channel}} {{chanel}}');
    expect(descriptionOf(title)).to.contain('{{chanel}}').and.to.contain('{{contact.name}}');
    expect(title.getAttribute('aria-invalid')).to.equal('true');
    expect(title.value).to.equal('{{channel}} {{chanel}}');
    expect(changes).to.be.empty;
    await type(title, '{{queue}}: {{number}}');
    expect(last()?.tickets.title).to.equal('{{queue}}: {{number}}');
  });

  it('S9 is chosen by name, searched in the CRM, and can be empty', async () => {
    await open({ tickets: { defaultUserId: '103' } }, { host: new MemoryHost() });
    await waitUntil(() => get('combobox', label('s9')).value === 'Jonas Weber');
    const field = get('combobox', label('s9'));
    field.focus();
    await type(field, 'priya');
    await choose(label('s9'), 'Priya Raghunathan');
    expect(last()?.tickets.defaultUserId).to.equal('104');
    await choose(label('s9'), label('s9.none'));
    expect(last()?.tickets).not.to.have.property('defaultUserId');
  });

  it('S9 takes an id without a host', async () => {
    await open();
    await type(get('textbox', label('s9')), '104');
    expect(last()?.tickets.defaultUserId).to.equal('104');
  });

  it('S10 is off, key-value pairs or JSON', async () => {
    await open();
    for (const [name, value] of [
      ['Key-value pairs', 'pairs'],
      ['JSON', 'json'],
      ['Off', 'off'],
    ] as const) {
      await press(pick(label('s10'), name));
      expect(last()?.tickets.apiResponses).to.equal(value);
    }
  });

  it('S11 maps custom data to ticket fields by title, in rows', async () => {
    await open({}, { host: new MemoryHost() });
    await loaded();
    await press(get('button', label('s11.add')));
    await type(get('textbox', label('s11.key')), 'order.id');
    expect(changes, 'a row without a field').to.be.empty;
    expect(descriptionOf(get('combobox', label('s11.field')))).to.equal(label('refusal.empty'));
    await choose(label('s11.field'), 'Error report');
    expect(last()?.tickets.customDataFields).to.deep.equal({ 'order.id': '305' });
    await press(get('button', 'Remove mapping order.id'));
    expect(last()?.tickets.customDataFields).to.deep.equal({});
  });

  it('S11 refuses a key that occurs twice, and keeps both rows', async () => {
    await open({ tickets: { customDataFields: { vip: '301', tier: '302' } } });
    const second = all('textbox', label('s11.key'))[1] as HTMLInputElement;
    await type(second, 'vip');
    expect(descriptionOf(second)).to.contain('is used twice');
    expect(changes).to.be.empty;
    await type(second, 'level');
    expect(last()?.tickets.customDataFields).to.deep.equal({ vip: '301', level: '302' });
  });

  it('S12 has two switches and a window of 1 to 60 seconds', async () => {
    await open();
    await press(get('checkbox', label('s12.comments')));
    await press(get('checkbox', label('s12.updates')));
    const field = get('textbox', label('s12.window'));
    for (const bad of ['0', '61', '', 'ten', '1.5', '-1']) {
      const before = changes.length;
      await type(field, bad);
      expect(descriptionOf(field), bad).to.contain('Enter a whole number from 1 to 60.');
      expect(field.value).to.equal(bad);
      expect(changes.length, bad).to.equal(before);
    }
    await type(field, '60');
    expect(last()?.batching).to.deep.equal({ comments: false, updates: false, windowSeconds: 60 });
    expect(field.hasAttribute('aria-invalid')).to.be.false;
  });

  it('S13 is a ticket field by title, editable only while S6 is on', async () => {
    await open({}, { host: new MemoryHost() });
    await loaded();
    expect(get('combobox', label('s13')).disabled).to.be.true;
    expect(descriptionOf(get('combobox', label('s13')))).to.contain(label('locked.s6'));
    await press(get('checkbox', label('s6')));
    await choose(label('s13'), 'Call-back number');
    expect(last()?.ticketEntry.phoneField).to.equal('301');
    await choose(label('s13'), label('s13.requester'));
    expect(last()?.ticketEntry).not.to.have.property('phoneField');
  });

  it('S14 is a switch', async () => {
    await open();
    await press(get('checkbox', label('s14')));
    expect(last()?.calls.recording).to.be.false;
  });

  it('S15 the default country is found by name or calling code', async () => {
    await open();
    await waitUntil(() => get('combobox', label('s15.country')).value === 'United States');
    await type(get('combobox', label('s15.country')), '+49');
    await choose(label('s15.country'), 'Germany');
    expect(last()?.outbound.defaultCountry).to.equal('DE');
  });

  it('S15 prefixes and short numbers are lists, and each wrong line is named', async () => {
    await open();
    const prefixes = get('textbox', label('s15.prefixes'));
    await type(prefixes, '+1 900\n\n900\n+0');
    expect(descriptionOf(prefixes)).to.contain('Line 3: “900”').and.to.contain('Line 4: “+0”');
    expect(changes).to.be.empty;
    await type(prefixes, '+1 900\n+882\n');
    expect(last()?.outbound.refusedPrefixes).to.deep.equal(['+1900', '+882']);
    const short = get('textbox', label('s15.short'));
    await type(short, '1234\nabc');
    expect(descriptionOf(short)).to.contain('Line 2: “abc”');
    await type(short, '1234');
    expect(last()?.outbound.shortNumbers).to.deep.equal(['1234']);
  });

  it('S15 premium and emergency numbers have controls', async () => {
    await open();
    await press(pick(label('s15.premium'), 'Allow'));
    await press(pick(label('s15.emergency'), 'Confirm'));
    expect(last()?.outbound).to.include({ premiumNumbers: 'allow', emergencyNumbers: 'confirm' });
    expect(get<HTMLElement>('radiogroup', label('s15.emergency')).querySelectorAll('input').length).to.equal(2);
  });

  it('S16 auto-answer, wrap-up seconds, required flags and chats have controls', async () => {
    await open();
    await press(get('checkbox', label('s16.answer')));
    await type(get('textbox', label('s16.inbound')), '0');
    await type(get('textbox', label('s16.outbound')), '45');
    await press(get('checkbox', label('s16.notes')));
    await press(get('checkbox', label('s16.required')));
    await type(get('textbox', label('s16.chats')), '5');
    expect(last()?.calls).to.deep.include({
      autoAnswer: true,
      wrapUpSeconds: { inbound: 0, outbound: 45 },
      notesRequired: true,
      dispositionsRequired: true,
      maxChats: 5,
    });
    expect(descriptionOf(get('checkbox', label('s16.required')))).to.contain(label('s16.required.none'));
  });

  it('S16 dispositions can be added, renamed, nested five levels deep and removed', async () => {
    await open();
    const inputs = (part: string) => all('textbox', part) as HTMLInputElement[];
    await press(get('button', label('s16.dispositions.add')));
    expect(changes, 'a blank row says nothing').to.be.empty;
    await type(inputs('Code')[0]!, 'A');
    expect(descriptionOf(inputs('Label')[0]!)).to.equal(label('refusal.empty'));
    await type(inputs('Label')[0]!, 'Level 1');
    for (let level = 2; level <= 5; level++) {
      await press(get('button', `Add under Level ${level - 1}`));
      await type(inputs('Code')[level - 1]!, 'A'.repeat(level));
      await type(inputs('Label')[level - 1]!, `Level ${level}`);
    }
    expect(get<HTMLButtonElement>('button', label('s16.dispositions.deepest')).disabled).to.be.true;
    expect(JSON.stringify(last()?.calls.dispositions).match(/children/g)).to.have.length(4);
    await type(inputs('Code')[1]!, 'A');
    expect(descriptionOf(inputs('Code')[1]!)).to.contain('Two dispositions have the code “A”');
    await type(inputs('Code')[1]!, 'B');
    await press(get('button', 'Remove Level 3'));
    expect(last()?.calls.dispositions).to.deep.equal([
      { code: 'A', label: 'Level 1', children: [{ code: 'B', label: 'Level 2' }] },
    ]);
  });

  it('X11 creates the missing fields once; a second press creates none', async () => {
    const host = new MemoryHost();
    const before = host.fields.length;
    await open({}, { host });
    await loaded();
    await press(get('button', label('x11.create')));
    await waitUntil(() => all('status').some((one) => textOf(one).startsWith('11 fields created')));
    expect(host.fields.length).to.equal(before + 11);
    expect(Object.keys(last()?.tickets.sessionFields ?? {})).to.have.length(10);
    expect(host.fields.find(({ key }) => key === 'csat_score')?.id).to.equal(
      last()?.tickets.sessionFields['csat_score'],
    );
    const made = host.auditLog.length;
    await press(get('button', label('x11.create')));
    await waitUntil(() => all('status').some((one) => textOf(one).includes(label('x11.nothing'))));
    expect(host.auditLog.length).to.equal(made);
    expect(changes).to.have.length(1);
  });

  const x11Row = (key: 'x11.field.duration' | 'x11.field.identifier' | 'x11.field.csat_score') =>
    textOf(matching('li').find((one) => textOf(one).startsWith(label(key))));
  const x11Ticks = () => matching('li .there').length;

  it('X11 a tick means that the field will be filled: it exists, and the settings name it', async () => {
    const host = new MemoryHost();
    await open({}, { host });
    await loaded();
    await press(get('button', label('x11.create')));
    await waitUntil(() => x11Ticks() === 11);
    // The page could not save the settings: the form opens with the earlier ones.
    element.remove();
    await open({}, { host });
    await loaded();
    expect(x11Ticks()).to.equal(1);
    expect(x11Row('x11.field.identifier')).to.contain(label('x11.filled'));
    expect(x11Row('x11.field.duration')).to.contain(label('x11.there'));
    await press(get('button', label('x11.create')));
    await waitUntil(() => x11Ticks() === 11);
    expect(Object.keys(last()?.tickets.sessionFields ?? {})).to.have.length(10);
    element.settings = { tickets: { sessionFields: {} } };
    await settle();
    expect(x11Ticks()).to.equal(1);
  });

  it('X11 a field of another type is not used, and its row says what to do', async () => {
    const host = new MemoryHost();
    await host.createFields([{ on: 'ticket', key: 'duration', title: 'Duration', type: 'text' }]);
    await open({}, { host });
    await loaded();
    expect(x11Row('x11.field.duration')).to.contain('type is “text” instead of “whole number”');
    await press(get('button', label('x11.create')));
    await waitUntil(() => all('status').some((one) => textOf(one).startsWith('10 fields created')));
    expect(all('status').map(textOf).join()).to.contain('1 field has another type in the CRM');
    expect(last()?.tickets.sessionFields).not.to.have.property('duration');
    expect(Object.keys(last()?.tickets.sessionFields ?? {})).to.have.length(9);
    expect(x11Ticks()).to.equal(10);
    expect(x11Row('x11.field.duration')).to.contain('Rename or delete the field in the CRM, then create the fields.');
    await expect(element).to.be.accessible();
  });

  it('X11 says that a field of another type is not filled although the settings name it', async () => {
    await open({ tickets: { sessionFields: { csat_score: '305' } } }, { host: new MemoryHost() });
    await loaded();
    expect(x11Row('x11.field.csat_score')).to.contain('type is “multi-line text”');
    expect(x11Ticks()).to.equal(0);
  });

  it('X11 is disabled without a host, with a reason, and says what to do when it fails', async () => {
    await open();
    const button = get<HTMLButtonElement>('button', label('x11.create'));
    expect(button.disabled).to.be.true;
    expect(descriptionOf(button)).to.equal(label('x11.no-host'));
    const host = new MemoryHost();
    host.failNext('createFields', 'forbidden');
    element.host = host;
    await settle();
    await press(button);
    await waitUntil(() => alerts().includes(label('failure.forbidden')));
    await press(get('button', 'Retry'));
    await waitUntil(() => all('status').some((one) => textOf(one).includes('11 fields created')));
  });

  it('lists settings without a control by name, and removes them on request', async () => {
    await open({ bogus: 1, calls: { hold: true } } as SettingsInput);
    expect(alerts()).to.contain('bogus').and.to.contain('calls.hold');
    await press(get('checkbox', label('s7')));
    expect(changes).to.be.empty;
    await press(get('button', label('orphans.remove')));
    expect(last()?.tickets.forAbandonedCalls).to.be.false;
    expect(alerts()).to.equal('');
  });

  it('shows every wrong value, and leads to the first', async () => {
    await open({ batching: { windowSeconds: 0 }, tickets: { apiResponses: 'xml' } } as unknown as SettingsInput);
    expect(descriptionOf(get('radiogroup', label('s10')))).to.contain(label('refusal.wrong-type'));
    expect(statuses()).to.contain('2 settings aren’t valid');
    await press(get('button', label('form.refused.show')));
    expect(get<HTMLElement>('radiogroup', label('s10')).matches(':focus-within')).to.be.true;
    await type(get('textbox', label('s12.window')), '7');
    await press(pick(label('s10'), 'JSON'));
    expect(last()?.batching.windowSeconds).to.equal(7);
    expect(statuses()).to.contain(label('form.valid'));
  });

  it('Q6 the message about a refused value does not cover the control', async () => {
    await open();
    const frame = document.createElement('div');
    Object.assign(frame.style, { height: '320px', overflow: 'auto' });
    element.replaceWith(frame);
    frame.append(element);
    await settle();
    const field = get<HTMLInputElement>('textbox', label('s12.window'));
    field.focus();
    // The control is at the end of what is in sight, where the message appears.
    frame.scrollTop += field.getBoundingClientRect().bottom - frame.getBoundingClientRect().bottom + 2;
    await type(field, '99');
    await settle();
    const message = [...elements(document)].find((one) => one.matches('.state.refused'))!;
    const [shown, control] = [message.getBoundingClientRect(), field.getBoundingClientRect()];
    expect(shown.bottom, 'in sight').to.be.at.most(frame.getBoundingClientRect().bottom + 1);
    expect(control.bottom).to.be.at.most(shown.top);
    expect(control.top).to.be.at.least(frame.getBoundingClientRect().top);
  });

  it('imports a whole file', async () => {
    await open({ batching: { windowSeconds: 20 } });
    await importFile('{"outbound":{"promptForTicket":true},"calls":{"maxChats":9}}');
    expect(last()?.outbound.promptForTicket).to.be.true;
    expect(last()?.batching.windowSeconds).to.equal(10);
    expect(get('textbox', label('s16.chats')).value).to.equal('9');
  });

  it('refuses a bad file, says why, and changes nothing', async () => {
    await open({ calls: { maxChats: 4 } });
    for (const bad of ['not json', '[]', 'null', '']) {
      await importFile(bad, 'bad.json');
      expect(alerts(), bad).to.contain('“bad.json” wasn’t imported').and.to.contain('isn’t a settings file');
    }
    await importFile('{"calls":{"maxChats":99},"batching":{"windowSeconds":0}}', 'values.json');
    expect(alerts()).to.contain('2 values aren’t valid').and.to.contain(label('s12.window'));
    expect(changes).to.be.empty;
    expect(get('textbox', label('s16.chats')).value).to.equal('4');
  });

  it('exports all settings as a file, except while something is refused', async () => {
    await open({ calls: { maxChats: 4 } });
    let exported: Blob | undefined;
    const { createObjectURL } = URL;
    URL.createObjectURL = (file) => createObjectURL.call(URL, (exported = file as Blob));
    await press(get('button', label('form.export')));
    URL.createObjectURL = createObjectURL;
    const settings = JSON.parse(await exported!.text());
    expect(settings.calls.maxChats).to.equal(4);
    expect(settings.tickets.append).to.be.true;
    await type(get('textbox', label('s16.chats')), '51');
    expect(get<HTMLButtonElement>('button', label('form.export')).disabled).to.be.true;
  });

  it('keeps unfinished text when the page hands the settings back', async () => {
    await open({ batching: { windowSeconds: 20 } });
    await type(get('textbox', label('s15.prefixes')), '+1 900\n');
    element.settings = last();
    await settle();
    expect(get('textbox', label('s15.prefixes')).value).to.equal('+1 900\n');
    element.settings = { calls: { maxChats: 8 } };
    await settle();
    expect(get('textbox', label('s15.prefixes')).value).to.equal('');
    expect(get('textbox', label('s16.chats')).value).to.equal('8');
  });

  it('keeps typed text when the form is moved in the document', async () => {
    await open();
    await type(get('textbox', label('s12.window')), '99');
    element.parentElement!.append(element);
    await settle();
    expect(get('textbox', label('s12.window')).value).to.equal('99');
    expect(changes).to.be.empty;
  });

  it('Q7 is complete in French, with numbers of the locale', async () => {
    expect(Object.keys(settingsFr).sort()).to.deep.equal(Object.keys(settingsEn).sort());
    const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([gap]) => gap).sort();
    for (const [key, text] of Object.entries(settingsEn))
      expect(gaps(settingsFr[key as keyof typeof settingsEn]), key).to.deep.equal(gaps(text));
    await open({ batching: { windowSeconds: 61 } }, { locale: 'fr' });
    expect(get('checkbox', settingsFr.s1).disabled).to.be.false;
    expect(descriptionOf(get('textbox', settingsFr['s12.window']))).to.contain('nombre entier de 1 à 60');
    expect(descriptionOf(get('textbox', settingsFr['s16.inbound']))).to.contain(
      (3600).toLocaleString('fr').replace(/\s/g, ' '),
    );
    await waitUntil(() => get('combobox', settingsFr['s15.country']).value === 'États-Unis');
    element.locale = 'en';
    await settle();
    expect(get('checkbox', label('s1')).disabled).to.be.false;
  });

  it('Q6 cuts nothing off at 320 px, right to left too', async () => {
    for (const dir of ['ltr', 'rtl']) {
      await open(
        {
          ticketEntry: { enabled: true, teams: { a: 'optional' } },
          tickets: { customDataFields: { k: '301' } },
        },
        { host: new MemoryHost() },
      );
      await loaded();
      element.dir = dir;
      element.style.setProperty('width', '320px');
      await settle();
      expect(element.scrollWidth, dir).to.equal(320);
      for (const control of matching('input:not([hidden]), button, textarea')) {
        const { left, right } = control.getBoundingClientRect();
        const bounds = element.getBoundingClientRect();
        expect(left >= bounds.left - 9 && right <= bounds.right + 9, control.outerHTML).to.be.true;
      }
      for (const part of matching('.cell, .control'))
        expect(part.scrollWidth <= part.clientWidth, part.className).to.be.true;
      element.remove();
    }
  });
});
