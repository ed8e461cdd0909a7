import { css, html, nothing } from 'lit';
import { screenStyles } from '../../styles/screen-styles.js';
import type { ComboboxEvent } from '../../parts/combobox-option.js';
import { findDevices, listen, type DeviceUse, type FoundDevice, type FoundDevices } from './devices.js';
import { failureText } from '../../failure-text.js';
import { toFailure, type Failure } from '../../../domain/failure.js';
import { icons } from '../../parts/icons.js';
import type { MessageKey } from '../../localize.js';
import { ownChoices, saveOwnChoices } from '../../own-choices.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';
import { testSound, useSpeaker } from '../../ringer.js';

const uses: readonly { use: DeviceUse; label: MessageKey; test: MessageKey }[] = [
  { use: 'microphone', label: 'sound.microphone', test: 'sound.test.microphone' },
  { use: 'speaker', label: 'sound.speaker', test: 'sound.test.speaker' },
  { use: 'ringer', label: 'sound.ringer', test: 'sound.test.ringer' },
];

/** A8: choice of microphone, speaker and ringer, each with a test, and advice where the browser denies access. */
export class SoundOptions extends PanelScreen {
  static override properties = {
    _found: { state: true },
    _level: { state: true },
    _failure: { state: true },
    _testFailed: { state: true },
  };
  static override styles = [
    screenStyles,
    css`
      :host {
        display: grid;
        gap: var(--_3);
      }
      .device {
        display: grid;
        gap: var(--_1);
        justify-items: start;
      }
      .device ccai-combobox {
        width: 100%;
      }
      .level {
        display: grid;
        grid-template-columns: repeat(12, 1fr);
        gap: 2px;
        width: 100%;
        height: 12px;
      }
      .level span {
        background: var(--_line);
      }
      .level .on {
        background: var(--_good);
      }
    `,
  ];
  declare protected _found: FoundDevices | undefined;
  /** The microphone's level during its test. */
  declare protected _level: number | undefined;
  declare protected _failure: Failure | undefined;
  declare protected _testFailed: DeviceUse | undefined;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    navigator.mediaDevices?.addEventListener('devicechange', this.#onDeviceChange);
    void this.#find(true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onDeviceChange);
    this.#stopListening();
  }

  protected override isShown({ snapshot }: Panel): boolean {
    return snapshot.agent.context.options === 'sound';
  }

  #onDeviceChange = (): void => void this.#find(false);

  async #find(ask: boolean): Promise<void> {
    this._found = await findDevices(ask);
  }

  protected override render() {
    const { text, panel } = this;
    const found = this._found;
    if (!found) return html`<p class="small" role="status">${text('sound.looking')}</p>`;
    return html`
      ${
        found.trouble
          ? html`<div class="message warn" role="alert">
              ${icons.warning}
              <div>
                <span>${text(`sound.${found.trouble}`)}</span>
                ${this.button(text('action.retry'), () => void this.#find(true), 'quiet')}
              </div>
            </div>`
          : nothing
      }
      ${uses.map(({ use, label, test }) => this.#renderDevice(use, label, test, found))}
      ${
        this._failure
          ? html`<p class="small error" role="alert">${failureText(panel.words, this._failure, 'phone', panel.crm)}</p>`
          : nothing
      }
    `;
  }

  #renderDevice(use: DeviceUse, label: MessageKey, test: MessageKey, { microphones, speakers }: FoundDevices) {
    const { text } = this;
    const devices: readonly FoundDevice[] = use === 'microphone' ? microphones : speakers;
    const listening = use === 'microphone' && this._level !== undefined;
    return html`<div class="device">
      <ccai-combobox
        .label=${text(label)}
        .options=${[
          { value: '', label: text('sound.usual') },
          ...devices
            .filter(({ id }) => id !== 'default')
            .map(({ id, label: name }, at) => ({ value: id, label: name || text('sound.unnamed', { count: at + 1 }) })),
        ]}
        .value=${ownChoices().devices?.[use] ?? ''}
        @choose=${({ value }: ComboboxEvent) => void this.#choose(use, value)}
      ></ccai-combobox>
      ${
        listening
          ? html`<div
              class="level"
              role="meter"
              aria-valuemin="0"
              aria-valuemax="100"
              aria-valuenow=${Math.round(100 * (this._level ?? 0))}
              aria-label=${text('sound.level')}
            >
              ${Array.from({ length: 12 }, (_, at) => html`<span class=${(this._level ?? 0) * 12 > at ? 'on' : ''}></span>`)}
            </div>`
          : nothing
      }
      ${this.button(text(listening ? 'sound.test.stop' : test), () => void this.#test(use), 'quiet')}
      ${this._testFailed === use ? html`<p class="small error" role="alert">${text('sound.test.failed')}</p>` : nothing}
    </div>`;
  }

  async #choose(use: DeviceUse, value: string): Promise<void> {
    saveOwnChoices({ devices: { ...ownChoices().devices, [use]: value } });
    this._failure = undefined;
    this.#stopListening();
    this.requestUpdate();
    try {
      if (use === 'ringer') await useSpeaker(value);
      await this.panel.desktop.setDevices({ [use]: value });
    } catch (error) {
      this._failure = toFailure(error);
    }
  }

  async #test(use: DeviceUse): Promise<void> {
    const device = ownChoices().devices?.[use] ?? '';
    const wasListening = this._level !== undefined;
    this._testFailed = undefined;
    this.#stopListening();
    try {
      if (use !== 'microphone') await testSound(device);
      else if (!wasListening) this.#stop = await listen(device, (level) => (this._level = level));
    } catch {
      this._testFailed = use;
    }
  }

  #stopListening(): void {
    this.#stop?.();
    this.#stop = undefined;
    this._level = undefined;
  }
}
