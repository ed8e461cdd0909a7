import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CrmRecords } from '../../crm/crm-host.js';
import type { Settings } from '../../domain/settings.js';
import { screenStyles } from '../styles/screen-styles.js';
import { hostInTime } from './host-list.js';
import { controlStyles } from './styles.js';
import type { SettingsWords } from './words.js';

type Example = Awaited<ReturnType<typeof import('../../records/example-cards.js').exampleCards>>;

/** S17: what a start card and an end card will look like with the form's language and time zone. */
export class RecordExample extends LitElement {
  static override styles = [
    screenStyles,
    controlStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--_2);
        min-width: 0;
      }
      h4 {
        margin: 0;
        font: inherit;
        font-weight: 500;
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr));
        gap: var(--_3);
        align-items: start;
      }
      .small {
        overflow-wrap: anywhere;
      }
      .card {
        margin: 0;
        padding: var(--_3);
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        font: inherit;
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
    `,
  ];
  static override properties = {
    words: { attribute: false },
    host: { attribute: false },
    settings: { attribute: false },
    _example: { state: true },
    _failed: { state: true },
  };

  declare words: SettingsWords;
  declare host: CrmRecords | undefined;
  declare settings: Settings;
  declare protected _example: Example | undefined;
  declare protected _failed: boolean;
  #accountZone: Promise<string | undefined> | undefined;
  #shown = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('host')) this.#accountZone = undefined;
    const { language, timeZone } = this.settings.tickets;
    const shown = JSON.stringify([language, timeZone, this.settings.calls.recording]);
    if (changed.has('host') || shown !== this.#shown) {
      this.#shown = shown;
      void this.#load();
    }
  }

  async #load(): Promise<void> {
    const { settings } = this;
    const shown = this.#shown;
    this.#accountZone ??= this.#readZone();
    try {
      const { exampleCards } = await import('../../records/example-cards.js');
      const example = await exampleCards(settings, await this.#accountZone);
      if (shown !== this.#shown) return;
      this._example = example;
      this._failed = false;
    } catch {
      if (shown === this.#shown) this._failed = true;
    }
  }

  /** The account's time zone. Undefined if the CRM does not say. */
  async #readZone(): Promise<string | undefined> {
    const { host } = this;
    const account = host?.getAccount && (await hostInTime(host.getAccount()).catch(() => undefined));
    return account?.timeZone;
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const example = this._example;
    const card = (text: string | undefined) =>
      html`<p class="card" dir="auto">${text ?? words.text('list.loading')}</p>`;
    return html`
      <h4 id="title">${words.text('s17.example')}</h4>
      ${
        this._failed
          ? html`<p class="small" role="alert">${words.text('s17.example.failed')}</p>
              <button class="button quiet" type="button" @click=${() => void this.#load()}>
                ${words.text('action.retry')}
              </button>`
          : html`<div class="cards" role="group" aria-labelledby="title" lang=${this.settings.tickets.language}>
              ${card(example?.start)} ${card(example?.end)}
            </div>`
      }
      ${example ? html`<p class="small">${words.text('s17.example.zone', { zone: example.timeZone })}</p>` : nothing}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-settings-record-example': RecordExample;
  }
}
