import { css, html, nothing, type TemplateResult } from 'lit';
import { clockTime } from '../../../domain/outcome.js';
import { version } from '../../../domain/version.js';
import { own } from '../../../domain/own.js';
import type { OptionsPage } from '../../../machine/agent/agent-context.js';
import { screenStyles, screenFrameStyles } from '../../styles/screen-styles.js';
import { permissionOf } from './devices.js';
import { ago, languageName } from '../../formats.js';
import { icons } from '../../parts/icons.js';
import { languages, type MessageKey } from '../../localize.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';
import { saveFile } from '../../save-file.js';

const titles: Readonly<Record<OptionsPage, MessageKey>> = {
  today: 'options.today',
  sound: 'options.sound',
  network: 'options.network',
  language: 'options.language',
  shortcuts: 'options.shortcuts',
  recordings: 'options.recordings',
  about: 'options.about',
};

/** A12: the pages of the options: statistics, sound, network and permissions, language, shortcuts, files, the log. */
export class OptionsScreen extends PanelScreen {
  static override properties = { _permissions: { state: true } };
  static override styles = [
    screenStyles,
    screenFrameStyles,
    css`
      :host {
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
      }
      .body {
        gap: var(--_3);
      }
      dl {
        display: grid;
        gap: var(--_2);
        margin: 0;
      }
      h3 {
        margin: 0;
        font-size: inherit;
        font-weight: 600;
      }
      ul {
        display: grid;
        gap: var(--_2);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        padding-bottom: var(--_2);
        border-bottom: 1px solid var(--_line);
      }
      code {
        display: block;
        overflow-wrap: anywhere;
        text-align: start;
      }
      dl > div {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--_3);
        padding-bottom: var(--_2);
        border-bottom: 1px solid var(--_line);
      }
      dt {
        color: var(--_muted);
      }
      dd {
        margin: 0;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .choice {
        display: flex;
        align-items: center;
        gap: var(--_2);
        min-height: 36px;
      }
      .choice input {
        width: 16px;
        height: 16px;
        margin: 0;
        accent-color: var(--_accent-fill);
      }
      fieldset {
        display: grid;
        margin: 0;
        padding: 0;
        border: 0;
      }
    `,
  ];
  declare protected _permissions: Readonly<Record<string, string>>;

  constructor() {
    super();
    this._permissions = {};
  }

  protected override isShown({ snapshot }: Panel): boolean {
    return snapshot.agent.context.options !== undefined;
  }

  protected override willUpdate(): void {
    if (this.#page === 'network' && !this._permissions['microphone']) void this.#readPermissions();
  }

  protected override updated(): void {
    const statistics = this.panel.desktop.list('statistics');
    if (this.#page === 'today' && statistics?.view.state === 'idle') statistics.send({ type: 'open' });
  }

  get #page(): OptionsPage {
    return this.panel.snapshot.agent.context.options ?? 'about';
  }

  protected override render() {
    const { text, panel } = this;
    const pages: Readonly<Record<OptionsPage, () => TemplateResult>> = {
      today: () => this.#renderToday(),
      sound: () => html`<ccai-sound-options></ccai-sound-options>`,
      network: () => this.#renderNetwork(),
      language: () => this.#renderLanguage(),
      shortcuts: () => html`<ccai-shortcut-options></ccai-shortcut-options>`,
      recordings: () => html`<ccai-recording-options></ccai-recording-options>`,
      about: () => this.#renderAbout(),
    };
    return html`
      ${this.top(text(titles[this.#page]), () => panel.send({ type: 'showOptions' }))}
      <div class="body">${pages[this.#page]()}</div>
    `;
  }

  #renderToday() {
    const { text, panel } = this;
    const list = panel.desktop.list('statistics');
    if (!list || list.view.state === 'failed')
      return this.trouble(
        text('options.today.failed'),
        list?.view.failure,
        this.button(text('action.retry'), () => list?.send({ type: 'retry' }), 'quiet'),
        'phone',
      );
    if (list.view.items.length === 0) return html`<p class="small" role="status">${text('lists.loading')}</p>`;
    return html`<dl>
      ${list.view.items.map(([name, value]) => this.#row(this.#statisticName(name), this.#statistic(name, value)))}
    </dl>`;
  }

  /** A translation for a common statistic, else the platform's own name. */
  #statisticName(name: string): string {
    const key = `statistic.${name}`;
    return this.panel.words.has(key) ? this.text(key) : name;
  }

  #statistic(name: string, value: number): string {
    return name.endsWith('Seconds') ? clockTime(value) : value.toLocaleString(this.panel.words.locale);
  }

  #renderNetwork() {
    const { text, panel } = this;
    const { online, leader, records } = panel.snapshot.agent.context;
    const state = (permission: string) =>
      text(`permission.${own(this._permissions, permission) ?? 'unknown'}` as MessageKey);
    return html`
      <dl>
        ${this.#row(text('options.network.browser'), text(online ? 'options.network.online' : 'options.network.offline'))}
        ${this.#row(text('options.network.phone'), text(leader.connection === 'up' ? 'options.network.connected' : 'options.network.lost'))}
        ${this.#row(text('options.network.tab'), text(panel.desktop.leads ? 'options.network.leads' : 'options.network.follows'))}
        ${this.#row(
          text('options.network.records', { crm: panel.crm }),
          (records.waiting + records.failed).toLocaleString(panel.words.locale),
        )}
        ${this.#row(text('options.microphone'), state('microphone'))}
        ${this.#row(text('options.notifications'), state('notifications'))}
      </dl>
      ${
        this._permissions['microphone'] === 'denied'
          ? html`<p class="message warn" role="status">${icons.warning}<span>${text('sound.denied')}</span></p>`
          : nothing
      }
      ${
        this._permissions['notifications'] === 'prompt'
          ? this.button(text('options.notifications.allow'), () => void this.#askNotifications())
          : nothing
      }
    `;
  }

  async #readPermissions(): Promise<void> {
    const [microphone, notifications] = await Promise.all([permissionOf('microphone'), permissionOf('notifications')]);
    this._permissions = { microphone, notifications };
  }

  async #askNotifications(): Promise<void> {
    await Notification.requestPermission();
    await this.#readPermissions();
  }

  #renderLanguage() {
    const { panel } = this;
    const current = panel.words.locale.split('-')[0];
    return html`<fieldset>
      <legend class="visually-hidden">${this.text('options.language')}</legend>
      ${['en', ...Object.keys(languages)].map(
        (code) =>
          html`<label class="choice">
            <input
              type="radio"
              name="language"
              value=${code}
              .checked=${code === current}
              @change=${() => panel.setLocale(code)}
            />
            <span lang=${code}>${languageName({ locale: code, once: (_name, make) => make() }, code)}</span>
          </label>`,
      )}
    </fieldset>`;
  }

  #renderAbout() {
    const { text, panel } = this;
    return html`
      <dl>${this.#row(text('options.version'), version)} ${this.#row(text('options.crm'), panel.crm)}</dl>
      ${this.#renderProblems()}
      <p class="small">${text('options.log.text')}</p>
      ${this.button(text('options.log'), this.#download)}
    `;
  }

  /** Problems that an administrator can solve. */
  #renderProblems() {
    const { text, panel } = this;
    const problems = panel.snapshot.records.problems ?? [];
    if (problems.length === 0) return nothing;
    return html`<h3>${text('options.problems')}</h3>
      <ul>
        ${problems.map(
          ({ code, event = '', part = '', at, times }) =>
            html`<li>
              <span
                >${code === 'field-mapping' && part ? text('problem.field-mapping.of', { field: part }) : text(`problem.${code}`, { crm: panel.crm })}</span
              >
              ${event ? html`<code><bdi>${event}${part && part !== 'type' ? `: ${part}` : nothing}</bdi></code>` : nothing}
              <span class="small"
                >${ago(panel.words, new Date(at).toISOString(), panel.now())}${times > 1 ? ` · ${text('problem.times', { count: times })}` : nothing}</span
              >
            </li>`,
        )}
      </ul>`;
  }

  /** Q6: downloads the log, which is masked and contains nothing of a person. */
  #download = (): void => {
    saveFile(new Blob([panelLog(this.panel)], { type: 'text/plain' }), 'ccai-agent-adapter.log');
  };

  #row(name: string, value: string) {
    return html`<div>
      <dt>${name}</dt>
      <dd class="digits">${value}</dd>
    </div>`;
  }
}

/** The panel's log, one entry a line. */
const panelLog = (panel: Panel): string => [`ccai-agent-adapter ${version}`, ...panel.desktop.log, ''].join('\n');
