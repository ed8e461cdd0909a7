import { html } from 'lit';
import type { Settings, SettingsInput } from '../src/domain/settings.js';
import { crmStyles } from './crm-styles.js';
import { drawerStyles } from './drawer-styles.js';
import { DemoElement } from './demo-element.js';

/** The adapter's settings form. The CRM stores the settings. */
export class DemoSettings extends DemoElement {
  static override properties = { ...DemoElement.properties, problem: { state: true } };
  declare problem: string;
  #given: SettingsInput | undefined;

  constructor() {
    super();
    this.problem = '';
  }

  protected override render() {
    const { host, preferences } = this.demo;
    this.#given ??= host.currentSettings;
    return html`
      <p class="bad" role="alert">${this.problem}</p>
      <ccai-adapter-settings
        .settings=${this.#given}
        .host=${host}
        .locale=${preferences.locale}
        @ccai-settings-change=${this.#onChange}
      ></ccai-adapter-settings>
    `;
  }

  #onChange = async (event: CustomEvent<{ settings: SettingsInput }>): Promise<void> => {
    this.problem = '';
    try {
      await this.demo.host.saveSettings(event.detail.settings as Settings);
    } catch (cause) {
      this.problem = `Not saved. ${(cause as Error).message}`;
    }
  };

  static override styles = [crmStyles, drawerStyles];
}

customElements.define('demo-settings', DemoSettings);
