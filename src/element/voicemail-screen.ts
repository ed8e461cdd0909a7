import { html, nothing } from 'lit';
import { clockTime } from '../domain/outcome.js';
import type { Voicemail } from '../telephony/telephony.js';
import { callIcons } from './call-icons.js';
import { dateTime, dayOrTime } from './formats.js';
import { formatted } from './formatted-number.js';
import { ListScreen } from './list-screen.js';

/** A3, R18: the messages that callers have left: heard, closed, called back. */
export class VoicemailScreen extends ListScreen<'voicemails'> {
  protected readonly list = 'voicemails';
  protected readonly words = { title: 'tabs.voicemail', empty: 'voicemail.empty', failed: 'voicemail.failed' } as const;
  /** What a file is heard by, until another is opened. */
  #address: { id: string; url: string; made: boolean } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#letGo();
  }

  protected keyOf({ id }: Voicemail): string {
    return id;
  }

  protected override shownItems(): readonly Voicemail[] {
    return super.shownItems().filter(({ state, id }) => state !== 'closed' || id === this._opened);
  }

  protected renderItem({ id, session, recording, receivedAt, state }: Voicemail) {
    const { words } = this.panel;
    return html`<button
      type="button"
      class="item ${state === 'new' ? 'new' : ''}"
      data-key=${id}
      @click=${() => this.open(id)}
    >
      ${callIcons.voicemail}
      <span class="name cut" dir="auto" title=${this.who(session)}>${this.who(session)}</span>
      <span class="what small cut" dir="auto" title=${recording.transcript ?? nothing}
        >${state === 'new' ? this.text('voicemail.new') : this.text('voicemail.heard')}${
          recording.transcript ? ` · ${recording.transcript}` : nothing
        }</span
      >
      <span class="when small digits"
        >${dayOrTime(words, receivedAt, this.panel.now())}<br />${clockTime(recording.durationSeconds)}</span
      >
    </button>`;
  }

  protected renderDetails(voicemail: Voicemail) {
    const { id, session, recording, receivedAt, state } = voicemail;
    const { text, panel } = this;
    const { view, send } = this.items!;
    const mark = (as: 'read' | 'closed') => send({ type: 'mark', id, as });
    const url = this.#addressOf(voicemail);
    return html`
      <h2 class="large break" dir="auto">${this.who(session)}</h2>
      <p class="small break">
        ${session.customerNumber ? html`<bdi dir="ltr">${formatted(session.customerNumber)}</bdi> · ` : nothing}${dateTime(panel.words, receivedAt)}${
          session.queue ? html` · <bdi>${session.queue.path.join(' › ')}</bdi>` : nothing
        }
      </p>
      ${
        url
          ? html`<audio
              controls
              preload="none"
              src=${url}
              aria-label=${text('voicemail.listen')}
              @play=${() => state === 'new' && mark('read')}
            ></audio>`
          : html`<p class="small">${text('voicemail.no-sound')}</p>`
      }
      ${recording.transcript ? html`<p class="break" dir="auto">${recording.transcript}</p>` : nothing}
      ${this.renderWays(session)}
      ${
        state === 'closed'
          ? html`<p class="small" role="status">${text('voicemail.closed')}</p>`
          : html`<div class="ways">
              ${
                state === 'new'
                  ? html`<button
                      type="button"
                      class="button"
                      ?disabled=${view.marking === id}
                      @click=${() => mark('read')}
                    >
                      ${text('voicemail.mark')}
                    </button>`
                  : nothing
              }
              <button type="button" class="button" ?disabled=${view.marking === id} @click=${() => mark('closed')}>
                ${text('voicemail.close')}
              </button>
            </div>`
      }
      ${view.markFailure?.id === id ? this.trouble(text('voicemail.mark.failed'), view.markFailure.failure, nothing, 'phone') : nothing}
    `;
  }

  #addressOf({ id, recording }: Voicemail): string | undefined {
    if (this.#address?.id !== id) {
      this.#letGo();
      const url = recording.file ? URL.createObjectURL(recording.file) : recording.url;
      this.#address = url === undefined ? undefined : { id, url, made: recording.file !== undefined };
    }
    return this.#address?.url;
  }

  #letGo(): void {
    if (this.#address?.made) URL.revokeObjectURL(this.#address.url);
    this.#address = undefined;
  }
}
