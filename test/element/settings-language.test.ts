import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { SettingsInput } from '../../src/domain/settings.js';
import { settingsEn } from '../../src/element/locales/settings-en.js';
import { defineOnce } from '../../src/element/register.js';
import { CcaiAdapterSettings, type SettingsChangeEvent } from '../../src/element/settings/ccai-adapter-settings.js';
import { MemoryHost } from '../../src/memory/index.js';
import { allByRole, byRole, elements } from '../support/roles.js';

defineOnce('ccai-adapter-settings', CcaiAdapterSettings);

const language = settingsEn['s17.language'];
const zone = settingsEn['s17.zone'];
const foot = 'call_finished · 101-mx33qaoq-1';

let element: CcaiAdapterSettings;
let last: SettingsChangeEvent['detail']['settings'] | undefined;

async function open(settings: SettingsInput = {}, host?: MemoryHost, locale = 'en'): Promise<void> {
  last = undefined;
  element = await fixture<CcaiAdapterSettings>(html`
    <ccai-adapter-settings
      locale=${locale}
      .settings=${settings}
      .host=${host}
      @ccai-settings-change=${(event: Event) => (last = (event as SettingsChangeEvent).detail.settings)}
    ></ccai-adapter-settings>
  `);
  await waitUntil(() => cards().length === 2 && cards()[1]!.includes(foot), 'there are no example cards', {
    timeout: 5000,
  });
}

const textOf = (one: Element | null | undefined): string => (one?.textContent ?? '').trim();
const cards = (): string[] =>
  [...elements(document)].filter((one) => one.matches('.cards[role=group] .card')).map(textOf);
const shows = (...texts: string[]) =>
  waitUntil(() => texts.every((text) => cards().join('\n').includes(text)), `not shown: ${texts.join(' | ')}`, {
    timeout: 5000,
  });
const zoneBox = () => byRole<HTMLInputElement>(document, 'combobox', zone);
const options = () => allByRole(document, 'option').map(textOf);

/** Types into the time zone's search. */
async function search(text: string): Promise<void> {
  zoneBox().click();
  await element.updateComplete;
  zoneBox().value = text;
  zoneBox().dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

async function chooseZone(text: string, option: string): Promise<void> {
  await search(text);
  await waitUntil(() => options().includes(option), `no option ${option}`);
  allByRole(document, 'option')
    .find((one) => textOf(one) === option)!
    .click();
}

const chooseLanguage = (name: string): void =>
  byRole<HTMLInputElement>(byRole(document, 'radiogroup', language), 'radio', name).click();

describe('how records read, in the settings form', () => {
  it('S17 shows a start card and an end card in English and in UTC, without a CRM', async () => {
    await open();
    expect(cards()).to.deep.equal([
      '☎ Inbound call from Mia Chen · +1 415 555 2671\nTo +1 800 555 0100 · English · Orders › Returns\n' +
        'call_started · 101-mx33qaoq-1',
      '☎ Inbound call from Mia Chen · +1 415 555 2671 · 1 min 54 s (37 s on hold)\nSends a new charger today.\n' +
        'Resolved\nWith Alex Morgan until 09:06, then Noémie Laurent\nRecording paused 09:05:31–09:05:52\n' +
        `▶ Recording, 1 min 54 s: https://example.com/r/1\n${foot}`,
    ]);
    expect([...elements(document)].map(textOf)).to.include('Time zone: UTC');
    byRole(document, 'group', settingsEn['s17.example']);
  });

  it('S17 the language is chosen by name, and the cards change with it', async () => {
    await open();
    chooseLanguage('Français (French)');
    await shows('☎ Appel entrant · Mia Chen', 'Envoie un nouveau chargeur aujourd’hui.', foot);
    expect(last?.tickets?.language).to.equal('fr');
    const [group] = allByRole(document, 'group', settingsEn['s17.example']);
    expect(group!.lang).to.equal('fr');
    chooseLanguage('English');
    await shows('☎ Inbound call from Mia Chen');
  });

  it('S17 the time zone is found by city, and the cards change with it', async () => {
    await open();
    await search('los angeles');
    await waitUntil(() => options().length === 1, 'the search finds other zones');
    expect(options()).to.deep.equal(['America/Los Angeles']);
    await chooseZone('los angeles', 'America/Los Angeles');
    await shows('With Alex Morgan until 01:06', 'Recording paused 01:05:31–01:05:52');
    expect(last?.tickets?.timeZone).to.equal('America/Los_Angeles');
    await chooseZone('', settingsEn['s17.zone.account']);
    await shows('With Alex Morgan until 09:06');
    expect(last?.tickets?.timeZone).to.equal(undefined);
  });

  it('S17 without a chosen zone, the account’s counts', async () => {
    await open({}, new MemoryHost({ timeZone: 'Asia/Tokyo' }));
    await shows('With Alex Morgan until 18:06');
    expect(zoneBox().value).to.equal(settingsEn['s17.zone.account']);
  });

  it('S17 says that no zone has the name', async () => {
    await open();
    await search('Atlantis');
    await waitUntil(() => [...elements(document)].some((one) => textOf(one) === settingsEn['s17.zone.none']));
    expect(last).to.equal(undefined);
  });

  it('S17 refuses an unknown language and an unknown zone by name, beside the controls', async () => {
    await open({ tickets: { language: 'tlh', timeZone: 'Mars/Olympus' } });
    const described = (control: HTMLElement) =>
      (control.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => textOf((control.getRootNode() as ShadowRoot).getElementById(id)))
        .join(' ');
    expect(described(zoneBox())).to.contain('Unknown time zone: “Mars/Olympus”.');
    expect(described(byRole(document, 'radiogroup', language))).to.contain('Unknown language: “tlh”.');
    // The last good settings stay, so the cards do too.
    await shows('☎ Inbound call from Mia Chen', 'With Alex Morgan until 09:06');
    chooseLanguage('Français (French)');
    await chooseZone('paris', 'Europe/Paris');
    await shows('☎ Appel entrant · Mia Chen', '10:06');
    expect([last?.tickets?.language, last?.tickets?.timeZone]).to.deep.equal(['fr', 'Europe/Paris']);
  });

  it('S14 S17 the example has no recording with S14 off', async () => {
    await open({ calls: { recording: false } });
    expect(cards()[1]).not.to.match(/Recording|▶/);
  });
});
