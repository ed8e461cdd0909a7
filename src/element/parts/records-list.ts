import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RecordOnItsWay, RecordsView } from '../../desktop/records-view.js';
import { screenOf, type ScreenName } from '../../machine/agent/screen-view.js';
import { screenStyles } from '../styles/screen-styles.js';
import { failureText } from '../failure-text.js';
import { FocusInRows } from './focus-in-rows.js';
import { ago } from '../formats.js';
import { PanelScreen } from '../screens/panel-screen.js';
import { canOpenList, recordsShown } from './records-status.js';
import type { Panel } from '../panel-context.js';
import { recordCopy, recordPerson, recordTitle } from './record-words.js';

/** Discarding one of these discards everything that depends on it. */
const wholeRecord: readonly RecordOnItsWay['what'][] = ['contact', 'ticket', 'call', 'chat'];

/** The codes of records that wait for the agent or the platform, not for the CRM. */
const notFromCrm: readonly (string | undefined)[] = ['session-not-said', 'session-not-asked'];

/** B5: the list of the records on their way to the CRM, with actions for each record. */
export class RecordsList extends PanelScreen {
  static override styles = [
    screenStyles,
    css`
      .bar {
        display: grid;
        gap: var(--_1);
        padding: var(--_2) var(--_2) 0;
      }
      :host([open]) {
        border-bottom: 1px solid var(--_line);
      }
      .line {
        display: flex;
        align-items: center;
        gap: var(--_2);
        min-height: 32px;
        padding-inline: var(--_2);
        color: var(--_muted);
      }
      h3 {
        flex: 1;
        min-width: 0;
        margin: 0;
        font: inherit;
        font-weight: 600;
      }
      ul {
        display: grid;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        gap: var(--_1);
        padding: var(--_2);
        border-top: 1px solid var(--_line);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_1);
      }
      /* Aligns the buttons' words with the lines above. */
      .actions:has(> .quiet:first-child):not([role] > *) {
        margin-inline-start: calc(-1 * var(--_3));
      }
      [role='group'] {
        display: grid;
        gap: var(--_2);
      }
    `,
  ];
  static override properties = {
    _asked: { state: true },
    _copied: { state: true },
  };

  /** The key of the record whose Discard was pressed. A question replaces its buttons. */
  declare protected _asked: string;
  declare protected _copied: string;
  #screenName: ScreenName | undefined;
  #screenChanged = false;

  constructor() {
    super();
    this._asked = this._copied = '';
    new FocusInRows(this, () => this.#nextFocus());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    globalThis.addEventListener('focus', this.#onFocus);
    globalThis.addEventListener('beforeunload', this.#onUnload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    globalThis.removeEventListener('focus', this.#onFocus);
    globalThis.removeEventListener('beforeunload', this.#onUnload);
  }

  protected override isShown(): boolean {
    return true;
  }

  protected override shows(panel: Panel): readonly unknown[] {
    return recordsShown(panel);
  }

  protected override willUpdate(): void {
    const screen = screenOf(this.panel.snapshot);
    this.#screenChanged = screen !== this.#screenName;
    this.#screenName = screen;
    // The list closes for an incoming call, at the beginning of wrap-up, and when the last record is saved.
    const closes = !canOpenList(this.panel) || (this.#screenChanged && screen === 'wrap-up') || this.#isEmpty;
    if (closes && this.panel.recordsOpen) this.panel.showRecords(false);
    this.toggleAttribute('open', this.#isOpen);
    // The call stays visible beside the list, folded.
    this.#screen?.toggleAttribute('folded', this.#isOpen);
  }

  get #isEmpty(): boolean {
    return this.#view.records.length === 0;
  }

  get #isOpen(): boolean {
    return this.panel.recordsOpen && canOpenList(this.panel) && !this.#isEmpty;
  }

  protected override updated(changed: PropertyValues): void {
    // Q6: while the list was open, another screen has replaced the one that had the focus.
    if (this.#isOpen && this.#screenChanged && document.activeElement === document.body) this.#nextFocus()?.focus();
    // The safe answer of the question gets the focus and is scrolled into view.
    if (changed.has('_asked') && this._asked)
      this.renderRoot.querySelector<HTMLElement>('[role="group"] button')?.focus();
  }

  get #view(): RecordsView {
    return this.panel.snapshot.records;
  }

  get #screen(): PanelScreen | null {
    return (this.getRootNode() as ParentNode).querySelector<PanelScreen>('[data-screen]');
  }

  /** Finds the next focus: the button for the list, else the screen below. An incoming call takes the focus itself. */
  #nextFocus(): { focus(): void } | null {
    const own = this.renderRoot.querySelector<HTMLElement>('[aria-expanded]');
    if (own || !canOpenList(this.panel)) return own;
    const screen = this.#screen;
    return screen && { focus: () => screen.focusFirst(true) };
  }

  #has(state: RecordOnItsWay['state']): boolean {
    return this.#view.records.some((record) => record.state === state);
  }

  /** The person may have logged in to the CRM in another window. */
  #onFocus = (): void => {
    if (this.#has('signed-out')) this.panel.send({ type: 'retryRecords' });
  };

  /** If the browser stores nothing, asks before the page is left, because waiting records would be lost. */
  #onUnload = (event: Event): void => {
    const { records, durable, recordings, endCards = 0 } = this.#view;
    if (!durable && records.length + endCards + (recordings?.count ?? 0) > 0) event.preventDefault();
  };

  async #copy(record: RecordOnItsWay): Promise<void> {
    const { key } = record;
    try {
      await navigator.clipboard.writeText(recordCopy(record, this.panel.words));
      this._copied = key;
    } catch {
      this._copied = `!${key}`;
    }
  }

  protected override render() {
    const { panel, text } = this;
    if (!this.#isOpen) return nothing;
    return html`<div class="bar">
      <div class="line">
        <h3>${text('records.list')}</h3>
        <button type="button" class="button quiet" aria-expanded="true" @click=${() => panel.showRecords(false)}>
          ${text('records.hide')}
        </button>
      </div>
      ${this.#view.durable ? nothing : html`<p class="small line">${text('records.volatile')}</p>`}
      ${this.#renderList()}
    </div>`;
  }

  #renderList(): TemplateResult {
    return html`<ul aria-label=${this.text('records.list')}>
      ${repeat(
        this.#view.records,
        ({ key }) => key,
        (record) => this.#renderRecord(record),
      )}
    </ul>`;
  }

  #renderRecord(record: RecordOnItsWay): TemplateResult {
    const { panel, text } = this;
    const { key, what, since, state, failure } = record;
    // The CRM's own message of a refusal.
    const reason = record.state === 'failed' ? failure?.message : '';
    // The state of a record that waits for a sign-in says why it waits.
    const why =
      failure && state !== 'signed-out'
        ? [failureText(panel.words, failure, 'crm', panel.crm), reason].filter(Boolean).join(' ')
        : '';
    const person = recordPerson(record);
    const isWhole = (what === 'call' || what === 'chat') && !notFromCrm.includes(failure?.code);
    return html`<li data-key=${key}>
      <span class="break">${recordTitle(record, panel.words)}${person ? html` · <bdi>${person}</bdi>` : nothing}</span>
      ${isWhole ? html`<span class="small break">${text('records.whole', { crm: panel.crm })}</span>` : nothing}
      ${record.text && !(what === 'contact' && person) ? html`<span class="small cut" dir="auto" title=${record.text}>${record.text.split('\n', 2).filter(Boolean).join(' · ')}</span>` : nothing}
      <span class="small break"
        >${text(`records.state.${state}`)} ·
        ${ago(panel.words, new Date(since).toISOString(), panel.now())}${why ? html`<br />${why}` : nothing}</span
      >
      ${
        this._asked === key
          ? this.#renderQuestion(record)
          : html`<div class="actions">
              ${
                state === 'sending' || state === 'expired'
                  ? nothing
                  : this.button(text('action.retry'), () => panel.send({ type: 'retryRecords', key }), 'quiet')
              }
              ${
                record.text || record.files.length > 0
                  ? this.button(
                      text(this._copied === key ? 'action.copied' : 'action.copy'),
                      () => void this.#copy(record),
                      'quiet',
                    )
                  : nothing
              }
              ${state === 'sending' ? nothing : this.button(text('action.discard'), () => (this._asked = key), 'quiet')}
            </div>`
      }
      ${this._copied === `!${key}` ? html`<span class="small" role="alert">${text('records.not-copied')}</span>` : nothing}
    </li>`;
  }

  #renderQuestion({ key, what, dependents }: RecordOnItsWay): TemplateResult {
    const { panel, text } = this;
    return html`<div role="group" aria-label=${text('action.discard')}>
      <p class="small break" role="alert">
        ${text(wholeRecord.includes(what) ? 'records.discard.all' : 'records.discard', { crm: panel.crm })}
        ${dependents > 0 ? text('records.discard.more', { count: dependents }) : nothing}
      </p>
      <div class="actions">
        ${this.button(text('records.keep'), () => (this._asked = ''))}
        ${this.button(text('action.discard'), () => panel.send({ type: 'discardRecord', key }), 'bad')}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-records-list': RecordsList;
  }
}
