import { html, type TemplateResult } from 'lit';
import type { SettingsInput } from '../src/domain/settings.js';
import { crmStyles } from './crm-styles.js';
import { drawerStyles } from './drawer-styles.js';
import type { Preferences } from './preferences.js';
import { DemoElement } from './demo-element.js';

const ticketEntries: readonly { label: string; entry: NonNullable<SettingsInput['ticketEntry']> }[] = [
  { label: 'Not used', entry: { enabled: false, teams: {} } },
  { label: 'Optional for Support', entry: { enabled: true, teams: { support: 'optional' } } },
  { label: 'Mandatory for Support', entry: { enabled: true, teams: { support: 'mandatory' } } },
  {
    label: 'Mandatory for Sales, number from “Call-back number”',
    entry: { enabled: true, teams: { sales: 'mandatory' }, phoneField: '301' },
  },
];

/** The agent's teams and rights, the panel's appearance, and examples of ticket entry by team. */
export class DemoAgent extends DemoElement {
  protected override render() {
    const { preferences, host } = this.demo;
    const { teams, administrator, locale, direction, theme, width } = preferences;
    return html`<div class="groups">
      <fieldset>
        <legend>${host.me.name}’s teams</legend>
        ${host.teams.map(({ id, name }) =>
          check(name, teams.includes(id), (on) =>
            this.demo.prefer({ teams: on ? [...teams, id] : teams.filter((team) => team !== id) }),
          ),
        )}
        ${check('Administrator', administrator, (on) => this.demo.prefer({ administrator: on }))}
      </fieldset>
      ${this.#one('Language of the panel', 'locale', locale, { en: 'English', fr: 'Français' })}
      ${this.#one('Direction', 'direction', direction, { ltr: 'Left to right', rtl: 'Right to left' })}
      ${this.#one('Theme', 'theme', theme, { auto: 'System', light: 'Light', dark: 'Dark' })}
      ${this.#one('Width of the panel', 'width', width, { '320': '320 pixels', '250': '250 pixels' })}
      ${this.#ticketEntry()}
      <div class="group">
        <h3>Data</h3>
        <div class="row">
          <button class="button" @click=${this.#startAgain}>Reset sample data</button>
        </div>
      </div>
    </div>`;
  }

  #one<K extends 'locale' | 'direction' | 'theme' | 'width'>(
    legend: string,
    key: K,
    chosen: Preferences[K],
    options: Readonly<Record<Preferences[K], string>>,
  ): TemplateResult {
    return html`<fieldset>
      <legend>${legend}</legend>
      ${Object.entries<string>(options).map(([value, label]) =>
        radio(key, label, value === chosen, () => this.demo.prefer({ [key]: value })),
      )}
    </fieldset>`;
  }

  #ticketEntry(): TemplateResult {
    const { host } = this.demo;
    const { enabled = false, teams = {}, phoneField } = host.currentSettings.ticketEntry ?? {};
    const now = JSON.stringify({ enabled, teams, phoneField });
    return html`<fieldset>
      <legend>Ticket entry</legend>
      ${ticketEntries.map(({ label, entry }) =>
        radio('entry', label, now === JSON.stringify({ ...entry, phoneField: entry.phoneField }), () =>
          host.setSettings({ ...host.currentSettings, ticketEntry: entry }),
        ),
      )}
    </fieldset>`;
  }

  #startAgain = (): void => {
    this.demo.forget();
    location.reload();
  };

  static override styles = [crmStyles, drawerStyles];
}

const check = (label: string, checked: boolean, set: (on: boolean) => void): TemplateResult =>
  html`<label class="choice">
    <input
      type="checkbox"
      .checked=${checked}
      @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
    />${label}
  </label>`;

const radio = (name: string, label: string, checked: boolean, choose: () => void): TemplateResult =>
  html`<label class="choice"><input type="radio" name=${name} .checked=${checked} @change=${choose} />${label}</label>`;

customElements.define('demo-agent', DemoAgent);
