import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CrmRecords } from '../../crm/crm-host.js';
import type { Settings, SettingsInput } from '../../domain/settings.js';
import { screenStyles } from '../styles/screen-styles.js';
import { activeElement, isInside } from '../active-element.js';
import type { CustomFieldsEvent } from './custom-fields.js';
import { SettingsChangeEvent } from './change-event.js';
import { choiceControl, linesControl, switchControl, textControl } from './controls.js';
import { downloadSettings, readSettingsFile, type SettingsFile } from './file.js';
import { SettingsLists } from './lists.js';
import { fileMessage, orphansMessage, stateMessage } from './messages.js';
import * as named from './named-controls.js';
import { refusalText, rowOf } from './refusal.js';
import { described, renderNote, rowNotes } from './row-view.js';
import { settingsSections, type SettingsKind, type SettingsRow, type SettingsSection } from './rows.js';
import { SettingsState } from './state.js';
import { controlStyles, formStyles } from './styles.js';
import type { SettingsWords } from './words.js';

/** The control for each kind of setting. */
const controls: Readonly<Record<SettingsKind, (view: named.NamedView) => TemplateResult>> = {
  switch: switchControl,
  inverse: switchControl,
  text: textControl,
  number: textControl,
  choice: choiceControl,
  lines: linesControl,
  country: named.countryControl,
  'time-zone': named.timeZoneControl,
  user: named.userControl,
  field: named.fieldControl,
  teams: named.teamsControl,
  mapping: named.mappingControl,
  dispositions: named.dispositionsControl,
};

/** The form of `<ccai-adapter-settings>`. It renders the table of settings and fires an event for each valid change. */
export class SettingsForm extends LitElement {
  static override styles = [screenStyles, controlStyles, formStyles];
  static override properties = {
    settings: { attribute: false },
    host: { attribute: false },
    words: { attribute: false },
    _file: { state: true },
    _searches: { state: true },
  };

  declare settings: SettingsInput | undefined;
  declare host: CrmRecords | undefined;
  declare words: SettingsWords;
  declare protected _file: SettingsFile | 'exported' | undefined;
  /** The search texts, by row. */
  declare protected _searches: Readonly<Record<string, string>>;
  readonly #lists = new SettingsLists(this);
  readonly #state = new SettingsState((settings) => this.dispatchEvent(new SettingsChangeEvent(settings)));

  constructor() {
    super();
    this._searches = {};
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#lists.countries.state === 'absent') this.#lists.loadCountries();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#lists.stop();
  }

  protected override updated(): void {
    this.#uncover();
  }

  /** Q6: the message about refused values stays at the bottom of the page. It must not cover the focused control. */
  #uncover = (): void => {
    const message = this.renderRoot.querySelector('.state.refused')?.getBoundingClientRect();
    const focused = activeElement();
    if (!message || !focused || !isInside(focused, this) || focused.closest('.state')) return;
    const { top, bottom } = focused.getBoundingClientRect();
    if (bottom > message.top && top < message.bottom) focused.scrollIntoView({ block: 'center' });
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    const other = (changed.has('settings') || !this.hasUpdated) && this.#state.adopt(this.settings);
    if (other) this._file = undefined;
    if (changed.has('host')) this.#lists.from(this.host, this.#ownerId);
    else if (other) this.#lists.nameOwner(this.#ownerId);
  }

  get #ownerId(): string | undefined {
    return this.#state.settings.tickets.defaultUserId;
  }

  /** Applies a change that a person made. */
  #edit(change: () => void): void {
    this._file = undefined;
    change();
    this.requestUpdate();
  }

  #change(row: SettingsRow, value: unknown, typed?: string): void {
    this.#edit(() => this.#state.change(row, value, typed));
    if (row.kind === 'user') this.#lists.nameOwner(this.#ownerId);
  }

  #onFields({ created }: CustomFieldsEvent): void {
    this.#lists.fields.know(created.fields);
    this.#edit(() => this.#state.addSessionFields(created.ids));
  }

  async #onFile(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    const read = await readSettingsFile(file);
    input.value = '';
    this._file = read;
    if (!read.ok) return;
    this.#state.take(read.settings);
    this.#lists.nameOwner(this.#ownerId);
  }

  #export(): void {
    const { valid } = this.#state;
    if (!valid) return;
    downloadSettings(valid);
    this._file = 'exported';
  }

  #focusRefused(): void {
    const refused = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], [data-refused]');
    const part = refused?.querySelector<HTMLElement>('input, ccai-settings-pairs, ccai-settings-dispositions');
    (part ?? refused)?.focus();
  }

  #renderRow(row: SettingsRow, settings: Settings): TemplateResult {
    const { words } = this;
    const state = this.#state;
    const typed = state.typed(row);
    const problems = state.problems.filter((problem) => rowOf(problem) === row);
    const refused = problems.map((problem) => ({
      path: problem.path,
      part: problem.path.slice(row.path.length + 1),
      text: refusalText(problem, state.draft, words, typed),
    }));
    // An editor shows the problems of its own rows.
    const own = isEditor(row) ? refused.filter(({ path }) => path === row.path) : refused;
    const refusal = [...new Set(own.map(({ text }) => text))].join(' ');
    // A row with a problem stays editable, so that the problem can be solved.
    const lock = problems.length > 0 ? undefined : row.locked?.(settings);
    const notice = row.id === 's3' && state.strayNewTicket ? words.text('s3.switched-off') : '';
    const locked = lock && !notice ? words.text(lock) : '';
    const notes = rowNotes(row, settings, words, { refusal, notice, locked });
    const shown = notes.map(renderNote);
    const view: named.NamedView = {
      ...{ row, words, typed, refusal, lists: this.#lists, searchText: this._searches[row.id] ?? '' },
      ...described(row, notes),
      value: state.value(row),
      notes: shown,
      refusals: Object.fromEntries(refused.map(({ part, text }) => [part, text])),
      locked: lock !== undefined,
      refused: problems.length > 0 || state.isInvalidTable(row),
      change: (value, text) => this.#change(row, value, text),
      pairs: ({ value, valid }) => this.#edit(() => state.changeTable(row, value, valid)),
      search: (text) => (this._searches = { ...this._searches, [row.id]: text }),
    };
    return html`<div class=${rowClasses(row)}>${controls[row.kind](view)} ${isGroup(row) ? nothing : shown}</div>`;
  }

  #renderSection(section: SettingsSection, settings: Settings): TemplateResult {
    const { words, host } = this;
    const { fields } = this.#lists;
    const id = section.title.replaceAll('.', '-');
    return html`
      <section aria-labelledby=${id}>
        <div>
          <h3 id=${id}>${words.text(section.title)}</h3>
          <p class="small">${words.text(section.about)}</p>
        </div>
        <div class="rows">
          ${section.rows.map((row) => this.#renderRow(row, settings))}
          ${
            section.customFields
              ? html`<ccai-settings-custom-fields
                  .words=${words}
                  .host=${host}
                  .fields=${fields.state === 'ready' ? fields.items : undefined}
                  .mapped=${settings.tickets.sessionFields}
                  @custom-fields=${this.#onFields}
                ></ccai-settings-custom-fields>`
              : nothing
          }
          ${
            section.example
              ? html`<ccai-settings-record-example
                  .words=${words}
                  .host=${host}
                  .settings=${settings}
                ></ccai-settings-record-example>`
              : nothing
          }
        </div>
      </section>
    `;
  }

  #renderBar(): TemplateResult {
    const { words } = this;
    const refused = this.#state.valid === undefined;
    return html`
      <div class="bar">
        <h2 id="title">${words.text('form.label')}</h2>
        <div class="files">
          <button
            class="button"
            type="button"
            @click=${() => this.renderRoot.querySelector<HTMLElement>('[type=file]')!.click()}
          >
            ${words.text('form.import')}
          </button>
          <input
            type="file"
            accept="application/json,.json"
            hidden
            aria-label=${words.text('form.import')}
            @change=${this.#onFile}
          />
          <button
            class="button"
            type="button"
            ?disabled=${refused}
            title=${refused ? words.text('form.export.refused') : nothing}
            @click=${this.#export}
          >
            ${words.text('form.export')}
          </button>
        </div>
      </div>
    `;
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const state = this.#state;
    const { settings } = state;
    return html`
      <div role="form" aria-labelledby="title" @focusin=${this.#uncover}>
        ${this.#renderBar()} ${fileMessage(this._file, words)}
        ${orphansMessage(state, words, () => this.#edit(() => state.removeOrphans()))}
        ${settingsSections.map((section) => this.#renderSection(section, settings))}
        ${stateMessage(state.refused, words, () => this.#focusRefused())}
      </div>
    `;
  }
}

/** Short controls may share a line. A control that depends on the row above is indented. */
function rowClasses({ id, kind }: SettingsRow): string {
  const shape = kind === 'inverse' || kind === 'switch' ? 'switched' : '';
  const narrow = kind === 'number' || kind === 'lines' || id.startsWith('s15.e') || id.startsWith('s15.pre');
  return `row ${shape} ${narrow ? 'narrow' : ''} ${id === 's2' || id === 's3' ? 'indented' : ''}`;
}

/** Whether a control has several parts. Its notes are then before the parts. */
const isGroup = (row: SettingsRow): boolean => row.kind === 'teams' || isEditor(row);

const isEditor = ({ kind }: SettingsRow): boolean => kind === 'mapping' || kind === 'dispositions';

declare global {
  interface HTMLElementTagNameMap {
    'ccai-settings-form': SettingsForm;
  }
}
