import { css, html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clockTime } from '../../../domain/outcome.js';
import { own } from '../../../domain/own.js';
import type { KeptRecording } from '../../../desktop/kept-recordings.js';
import { toFailure, type Failure } from '../../../domain/failure.js';
import { screenStyles } from '../../styles/screen-styles.js';
import { FocusInRows } from '../../parts/focus-in-rows.js';
import { dateTime } from '../../formats.js';
import { formatted } from '../../formatted-number.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';
import { saveFile } from '../../save-file.js';

/** R5, R11, R14: files that the CRM does not take are kept in this browser and can be downloaded or removed here. */
export class RecordingOptions extends PanelScreen {
  static override properties = { _kept: { state: true }, _failure: { state: true }, _asked: { state: true } };
  static override styles = [
    screenStyles,
    css`
      :host {
        display: grid;
        gap: var(--_3);
      }
      ul {
        display: grid;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        padding: var(--_2) 0;
        border-bottom: 1px solid var(--_line);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_1);
      }
      /* Aligns the words of borderless buttons with the lines above. */
      .actions:has(> .quiet:first-child) {
        margin-inline-start: calc(-1 * var(--_2));
      }
      [role='group'] {
        display: grid;
        gap: var(--_2);
      }
    `,
  ];
  /** Undefined while loading. */
  declare protected _kept: readonly KeptRecording[] | undefined;
  declare protected _failure: Failure | undefined;
  /** The id of the file whose Remove was pressed. A question replaces its buttons. */
  declare protected _asked: string;

  constructor() {
    super();
    this._kept = this._failure = undefined;
    this._asked = '';
    new FocusInRows(this, () => this.renderRoot.querySelector<HTMLElement>('[tabindex], button'));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => this.#read());
  }

  protected override isShown({ snapshot }: Panel): boolean {
    return snapshot.agent.context.options === 'recordings';
  }

  protected override updated(changed: PropertyValues): void {
    // The safe answer of the question gets the focus and is scrolled into view.
    if (changed.has('_asked') && this._asked)
      this.renderRoot.querySelector<HTMLElement>('[role="group"] button')?.focus();
  }

  protected override render() {
    const { text, panel } = this;
    const lasts = panel.snapshot.records.recordings?.durable !== false;
    return html`
      <p class="small">${text(lasts ? 'recordings.text' : 'recordings.text.volatile', { crm: panel.crm })}</p>
      ${
        this._failure
          ? this.trouble(
              text('recordings.failed'),
              undefined,
              this.button(text('action.retry'), () => void this.#read(), 'quiet'),
            )
          : nothing
      }
      ${this.#renderList()}
    `;
  }

  #renderList() {
    const { text } = this;
    if (!this._kept)
      return this._failure ? nothing : html`<p class="small" role="status" tabindex="-1">${text('lists.loading')}</p>`;
    if (this._kept.length === 0) return html`<p role="status" tabindex="-1">${text('recordings.none')}</p>`;
    return html`<ul aria-label=${text('options.recordings')}>
      ${repeat(
        this._kept,
        ({ id }) => id,
        (one) => this.#renderOne(one),
      )}
    </ul>`;
  }

  #renderOne(one: KeptRecording) {
    const { text, panel } = this;
    const { kind = 'call', name, number, sessionId, startedAt, durationSeconds, part, parts, file } = one;
    const size = new Intl.NumberFormat(panel.words.locale, {
      ...{ style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 },
    }).format(Math.ceil(file.size / 1000));
    // The platform's data about a file may be invalid. Invalid values are left out, and the file stays available.
    const facts = [
      isTime(startedAt) && dateTime(panel.words, startedAt),
      Number.isFinite(durationSeconds) && clockTime(durationSeconds!),
      size,
      parts > 1 && text('recordings.part', { part, parts }),
    ];
    return html`<li data-key=${one.id}>
      <span class="break"><bdi dir="ltr">${number ? formatted(number) : sessionId}</bdi></span>
      <span class="small break">${text(`recordings.kind.${kind}`)}${name ? html` · <bdi>${name}</bdi>` : nothing}</span>
      <span class="small digits">${facts.filter(Boolean).join(' · ')}</span>
      ${
        this._asked === one.id
          ? html`<div role="group" aria-label=${text('recordings.remove')}>
              <p class="small" role="alert">${text('recordings.remove.ask')}</p>
              <div class="actions">
                ${this.button(text('records.keep'), () => (this._asked = ''))}
                ${this.button(text('recordings.remove'), () => void this.#remove(one), 'bad')}
              </div>
            </div>`
          : html`<div class="actions">
              ${this.button(text('recordings.download'), () => download(one), 'quiet')}
              ${this.button(text('recordings.remove'), () => (this._asked = one.id), 'quiet')}
            </div>`
      }
    </li>`;
  }

  async #read(): Promise<void> {
    this._failure = undefined;
    try {
      this._kept = (await this.panel.snapshot.records.recordings?.list()) ?? [];
    } catch (error) {
      this._failure = toFailure(error);
    }
  }

  async #remove({ id }: KeptRecording): Promise<void> {
    this._asked = '';
    try {
      await this.panel.snapshot.records.recordings?.remove(id);
      await this.#read();
    } catch (error) {
      this._failure = toFailure(error);
    }
  }
}

const endings: Readonly<Record<string, string>> = { 'audio/webm': 'webm', 'audio/ogg': 'ogg', 'audio/mp4': 'm4a' };

/** Names the download as the ticket does: by the file's name, or by time and part. */
function download({ file, kind, name, startedAt, part, parts }: KeptRecording): void {
  if (name !== undefined) return saveFile(file, name);
  const ending = own(endings, file.type.split(';')[0]!) ?? 'audio';
  const what = kind === 'voicemail' ? 'voicemail' : 'recording';
  const when = isTime(startedAt) ? `-${startedAt.slice(0, 19).replaceAll(':', '-')}` : '';
  saveFile(file, `${what}${when}${parts > 1 ? `-part-${part}` : ''}.${ending}`);
}

const isTime = (iso: unknown): iso is string => typeof iso === 'string' && !Number.isNaN(Date.parse(iso));
