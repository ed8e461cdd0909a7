import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RecordOnItsWay, RecordsView } from '../../desktop/records-view.js';
import { callOn } from '../../machine/leader/leader-state.js';
import { screenOf, type ScreenName } from '../../machine/agent/screen-view.js';
import { screenStyles } from '../styles/screen-styles.js';
import { failureText } from '../failure-text.js';
import { FocusInRows } from './focus-in-rows.js';
import { ago } from '../formats.js';
import { icons } from './icons.js';
import { PanelScreen } from '../screens/panel-screen.js';
import { recordCopy, recordPerson, recordTitle } from './record-words.js';

/** The screens on which the list can be opened. It cannot while a call rings or a form is filled in. */
const listScreens: readonly ScreenName[] = ['main', 'call', 'wrap-up', 'history', 'voicemail'];
/** The bar appears after this time, in milliseconds. A write that succeeds sooner is not shown. */
const shownAfter = 1500;
/**
 * The same during a call. It is longer than the longest batch window, so that an ordinary write does not move the
 * screen. A write that has failed shows the bar sooner.
 */
const shownInCallAfter = 90_000;

/** Discarding one of these discards everything that depends on it. */
const wholeRecord: readonly RecordOnItsWay['what'][] = ['contact', 'ticket', 'call', 'chat'];

/** The codes of records that wait for the agent or the platform, not for the CRM. */
const notFromCrm: readonly (string | undefined)[] = ['session-not-said', 'session-not-asked'];

const hasFailed = ({ state, failure }: RecordOnItsWay): boolean =>
  (failure !== undefined && !notFromCrm.includes(failure.code)) || state === 'unsure';

/** B5: the records on their way to the CRM. One line opens the list, which has actions for each record. */
export class RecordsBar extends PanelScreen {
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
      .line .grow {
        flex: 1;
        min-width: 0;
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
    open: { type: Boolean, reflect: true },
    _asked: { state: true },
    _copied: { state: true },
    _shows: { state: true },
  };

  /** Whether the list is open. */
  declare open: boolean;
  /** The key of the record whose Discard was pressed. A question replaces its buttons. */
  declare protected _asked: string;
  declare protected _copied: string;
  /** Whether a record has waited long enough for the bar to appear. */
  declare protected _shows: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first record began to wait, by `performance.now()`. */
  #waitingSince: number | undefined;

  #screenName: ScreenName | undefined;
  #screenChanged = false;

  constructor() {
    super();
    this.open = this._shows = false;
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
    clearTimeout(this.#timer);
  }

  protected override isShown(): boolean {
    return true;
  }

  protected override willUpdate(): void {
    const { records } = this.#view;
    const screen = screenOf(this.panel.snapshot);
    this.#screenChanged = screen !== this.#screenName;
    this.#screenName = screen;
    // The list closes for an incoming call and at the beginning of wrap-up.
    if (!this.#canOpenList || (this.#screenChanged && screen === 'wrap-up')) this.open = false;
    clearTimeout(this.#timer);
    if (records.length === 0) {
      this.#waitingSince = undefined;
      this._shows = this.open = false;
    } else if (!this._shows) {
      this.#waitingSince ??= performance.now();
      const isQuiet = this.#isInCall && !records.some(hasFailed);
      const left = this.#waitingSince + (isQuiet ? shownInCallAfter : shownAfter) - performance.now();
      if (left <= 0) this._shows = true;
      // No event reports a failed try, so the bar checks again soon.
      else this.#timer = setTimeout(() => this.requestUpdate(), Math.min(left, shownAfter));
    }
    // The call stays visible beside the list, folded.
    this.#screen?.toggleAttribute('folded', this.open);
  }

  protected override updated(changed: PropertyValues): void {
    // Q6: while the list was open, another screen has replaced the one that had the focus.
    if (this.open && this.#screenChanged && document.activeElement === document.body) this.#nextFocus()?.focus();
    // The safe answer of the question gets the focus and is scrolled into view.
    if (changed.has('_asked') && this._asked)
      this.renderRoot.querySelector<HTMLElement>('[role="group"] button')?.focus();
  }

  get #isInCall(): boolean {
    return callOn(this.panel.snapshot.agent.context.leader) !== undefined;
  }

  get #canOpenList(): boolean {
    return listScreens.includes(screenOf(this.panel.snapshot));
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
    if (own || !this.#canOpenList) return own;
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
    const { records, durable } = this.#view;
    const { panel, text } = this;
    const { crm } = panel;
    const failures = records.filter(({ state }) => state === 'failed' || state === 'expired');
    const failed = failures.length;
    const { session } = panel.snapshot;
    // The call on screen already shows this failure.
    const isShownInCall =
      screenOf(panel.snapshot) === 'call' &&
      session?.context.recordFailure !== undefined &&
      session.context.recordFailure.code !== 'unauthorized' &&
      failures.every(({ sessionId }) => sessionId === session.context.session.id);
    const signedOut = this.#has('signed-out');
    if (records.length === 0 || (!this._shows && failed === 0 && !signedOut)) return nothing;
    return html`<div class="bar">
      ${signedOut ? this.#renderSignedOut(failed === 0) : nothing}
      ${
        failed > 0 && !isShownInCall
          ? html`<div class="message bad-news" role="alert">
              ${icons.warning}
              <div>
                <span>${text('records.failed', { count: failed, crm })}</span>
                <span class="actions">
                  ${this.button(text('action.retry'), () => panel.send({ type: 'retryRecords' }), 'quiet')}
                  ${this.#renderToggle()}
                </span>
              </div>
            </div>`
          : signedOut
            ? nothing
            : this.#renderSummary(records.length - failed, failed)
      }
      ${durable ? nothing : html`<p class="small line">${text('records.volatile')}</p>`}
      ${this.open ? this.#renderList() : nothing}
    </div>`;
  }

  #renderSignedOut(alone: boolean): TemplateResult {
    const { panel, text } = this;
    return html`<div class="message warn" role="alert">
      ${icons.warning}
      <div>
        <span>${text('records.signed-out', { crm: panel.crm })}</span>
        <span class="actions">
          ${panel.desktop.host.signIn ? this.button(text('action.sign-in'), () => panel.send({ type: 'signIn' }), 'quiet') : nothing}
          ${this.button(text('action.retry'), () => panel.send({ type: 'retryRecords' }), 'quiet')}
          ${alone ? this.#renderToggle() : nothing}
        </span>
      </div>
    </div>`;
  }

  /** The line says how many records wait or, if none waits, how many have failed. */
  #renderSummary(waiting: number, failed: number): TemplateResult {
    const { crm } = this.panel;
    const summary =
      waiting > 0
        ? this.text('records.waiting', { count: waiting, crm })
        : this.text('records.failed', { count: failed, crm });
    return html`<div class="line small">
      <span class="grow" role="status">${summary}</span>
      ${this.#renderToggle()}
    </div>`;
  }

  #renderToggle(): TemplateResult | typeof nothing {
    if (!this.#canOpenList) return nothing;
    return html`<button
      type="button"
      class="button quiet"
      aria-expanded=${this.open}
      @click=${() => (this.open = !this.open)}
    >
      ${this.text(this.open ? 'records.hide' : 'records.show')}
    </button>`;
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
    'ccai-records-bar': RecordsBar;
  }
}
