import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { CrmRecords } from '../../crm/crm-host.js';
import type { SettingsInput } from '../../domain/settings.js';
import { baseStyles } from '../styles/base-styles.js';
import { tokens } from '../styles/tokens.js';
import type { SettingsWords } from './words.js';

/**
 * The settings of the call panel as a form for an administrator (S1–S16, X11).
 * @summary A form for all settings.
 * @event {SettingsChangeEvent} ccai-settings-change - A setting changed and the form is valid. `detail.settings` is
 * complete.
 */
export class CcaiAdapterSettings extends LitElement {
  static override styles = [
    tokens,
    baseStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
        min-width: 0;
        background: var(--_ground);
      }
      .place {
        display: grid;
        place-content: center;
        justify-items: center;
        gap: var(--_2);
        min-height: 320px;
      }
    `,
  ];
  static override properties = {
    settings: { attribute: false },
    host: { attribute: false },
    locale: {},
    _words: { state: true },
    _failed: { state: true },
  };

  /** The current settings. A missing key has its default. */
  declare settings: SettingsInput | undefined;
  /** The CRM, for names in place of ids and for creating fields. Without it, an administrator types ids. */
  declare host: CrmRecords | undefined;
  /** A BCP 47 tag. By default the language of the page. */
  declare locale: string | undefined;
  declare protected _words: SettingsWords | undefined;
  declare protected _failed: boolean;
  #loading: Promise<void> = Promise.resolve();

  constructor() {
    super();
    this._failed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this._words) this.#load();
  }

  /** Also waits for the form, which loads when the element is first on a page. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const done = await super.getUpdateComplete();
    await this.#loading;
    await super.getUpdateComplete();
    await this.renderRoot.querySelector('ccai-settings-form')?.updateComplete;
    return done;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale') && this.hasUpdated) this.#load();
  }

  #load(): void {
    const loading = this.#words().then(
      (words) => {
        if (loading !== this.#loading) return;
        this._words = words;
        this._failed = false;
      },
      () => {
        if (loading === this.#loading) this._failed = true;
      },
    );
    this.#loading = loading;
  }

  async #words(): Promise<SettingsWords> {
    const locale = this.locale || this.closest<HTMLElement>('[lang]')?.lang || navigator.language;
    const [{ defineSettingsForm }, { settingsWords }] = await Promise.all([
      import('./define-settings-form.js'),
      import('./words.js'),
    ]);
    const words = await settingsWords(locale);
    defineSettingsForm();
    return words;
  }

  protected override render(): TemplateResult {
    if (this._words)
      return html`<ccai-settings-form
        .words=${this._words}
        .settings=${this.settings}
        .host=${this.host}
      ></ccai-settings-form>`;
    // This message is in English, because the words have not loaded either.
    if (this._failed)
      return html`<div class="place" role="alert">
        <span>The settings could not be loaded.</span>
        <button class="button" type="button" @click=${this.#load}>Retry</button>
      </div>`;
    return html`<div class="place" aria-busy="true"></div>`;
  }
}

export { SettingsChangeEvent } from './change-event.js';

declare global {
  interface HTMLElementTagNameMap {
    'ccai-adapter-settings': CcaiAdapterSettings;
  }
}
