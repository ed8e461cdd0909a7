import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CrmRecords } from '../../crm/crm-host.js';
import type { FieldDefinition } from '../../domain/contact.js';
import { screenStyles } from '../styles/screen-styles.js';
import { icons } from '../parts/icons.js';
import { createSessionFields, stateOf, type CreatedFields } from './create-session-fields.js';
import { customFieldsStyles } from './custom-fields-styles.js';
import { hostInTime } from './host-list.js';
import { sessionFieldDefinitions } from '../../domain/session-fields.js';
import { failureWords } from './failure.js';
import { controlStyles } from './styles.js';
import type { SettingsMessageKey, SettingsWords } from './words.js';

/** X11: the session fields exist in the CRM. Some may have existed before. */
export class CustomFieldsEvent extends Event {
  readonly created: CreatedFields;

  constructor(created: CreatedFields) {
    super('custom-fields');
    this.created = created;
  }
}

type Outcome = Pick<CreatedFields, 'made' | 'unfit'> | { failure: unknown };

/** The button "Create custom fields", with the fields that it creates and the state of each (X11). */
export class CustomFields extends LitElement {
  static override styles = [screenStyles, controlStyles, customFieldsStyles];
  static override properties = {
    words: { attribute: false },
    host: { attribute: false },
    fields: { attribute: false },
    mapped: { attribute: false },
    _busy: { state: true },
    _outcome: { state: true },
  };

  declare words: SettingsWords;
  declare host: CrmRecords | undefined;
  /** The CRM's fields. Undefined until they are known. */
  declare fields: readonly FieldDefinition[] | undefined;
  /** `tickets.sessionFields` of the form. */
  declare mapped: Readonly<Record<string, string>>;
  declare protected _busy: boolean;
  declare protected _outcome: Outcome | undefined;

  constructor() {
    super();
    this.mapped = {};
    this._busy = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('host')) return;
    this._outcome = undefined;
    this._busy = false;
  }

  async #create(): Promise<void> {
    const { host } = this;
    if (!host || this._busy) return;
    this._busy = true;
    this._outcome = undefined;
    let outcome: Outcome;
    let created: CreatedFields | undefined;
    try {
      created = await hostInTime(createSessionFields(host));
      outcome = created;
    } catch (failure) {
      outcome = { failure };
    }
    if (this.host !== host) return;
    this._busy = false;
    this._outcome = outcome;
    if (created) this.dispatchEvent(new CustomFieldsEvent(created));
  }

  #name = ({ key }: FieldDefinition): string => this.words.text(`x11.field.${key}` as SettingsMessageKey);

  #renderOutcome(): unknown {
    const { words, _outcome: outcome } = this;
    if (this._busy) return words.text('x11.creating');
    if (!outcome || 'failure' in outcome) return nothing;
    const { made, unfit } = outcome;
    const fields = new Intl.ListFormat(words.locale).format(made.map(this.#name));
    const results = [
      made.length > 0 ? words.text('x11.made', { count: made.length, fields }) : '',
      unfit.length > 0 ? words.text('x11.unfit', { count: unfit.length }) : '',
    ].filter(Boolean);
    return html`${unfit.length > 0 ? icons.warning : icons.check}<span
        >${results.join(' ') || words.text('x11.nothing')}</span
      >`;
  }

  #renderState(field: FieldDefinition): unknown {
    const { words, fields, mapped } = this;
    if (!fields) return nothing;
    const state = stateOf(field, fields, mapped);
    if (state.is === 'filled') return html`<span class="small there">${icons.check}${words.text('x11.filled')}</span>`;
    if (state.is !== 'other-type') return html`<span class="small">${words.text(`x11.${state.is}`)}</span>`;
    const type = words.text(`x11.type.${state.type}`);
    const wanted = words.text(`x11.type.${field.type}`);
    return html`<span class="small other"
      >${icons.warning}<span>${words.text('x11.other-type', { type, wanted })}</span></span
    >`;
  }

  protected override render(): TemplateResult {
    const { words, host, _outcome: outcome } = this;
    const failed = outcome !== undefined && 'failure' in outcome;
    return html`
      <h4 class="name">${words.text('x11.title')}</h4>
      <p class="note"><span>${words.text('x11.help')}</span></p>
      <ul class="fields">
        ${sessionFieldDefinitions.map(
          (field) => html`<li><span class="break">${this.#name(field)}</span> ${this.#renderState(field)}</li>`,
        )}
      </ul>
      <button
        class="button"
        type="button"
        aria-disabled=${this._busy ? 'true' : nothing}
        ?disabled=${!host}
        aria-describedby=${host ? nothing : 'reason'}
        @click=${this.#create}
      >
        ${words.text('x11.create')}
      </button>
      ${host ? nothing : html`<p class="note" id="reason"><span>${words.text('x11.no-host')}</span></p>`}
      <div class="note outcome" role="status">${this.#renderOutcome()}</div>
      ${
        failed
          ? html`<div class="message bad-news" role="alert">
              ${icons.warning}
              <div>
                <span>${failureWords(outcome.failure, words)} ${words.text('x11.failed')}</span>
                <button class="link" type="button" @click=${this.#create}>${words.text('action.retry')}</button>
              </div>
            </div>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-settings-custom-fields': CustomFields;
  }
}
