import { html, nothing } from 'lit';
import { clockTime } from '../../../domain/outcome.js';
import type { Voicemail } from '../../../telephony/telephony.js';
import { callIcons } from '../../parts/call-icons.js';
import { dateTime, dayOrTime } from '../../formats.js';
import { formatted } from '../../formatted-number.js';
import { ListScreen } from './list-screen.js';

/** A3, R18: voicemails: play, close, call back. */
export class VoicemailScreen extends ListScreen<'voicemails'> {
  protected readonly list = 'voicemails';
  protected readonly words = { title: 'tabs.voicemail', empty: 'voicemail.empty', failed: 'voicemail.failed' } as const;
  static override properties = { ...ListScreen.properties, _unplayed: { state: true } };
  /** The id of the voicemail whose sound failed to play. */
  declare protected _unplayed: string | undefined;
  /** The address that the audio element plays. A file gets an object URL, which is revoked when another one opens. */
  #address: { id: string; url: string; made: boolean } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#revokeAddress();
  }

  protected override open(key: string): void {
    this._unplayed = undefined;
    super.open(key);
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
    return html`
      <h3 class="large break" dir="auto">${this.who(session)}</h3>
      <p class="small break">
        ${session.customerNumber ? html`<bdi dir="ltr">${formatted(session.customerNumber)}</bdi> · ` : nothing}${dateTime(panel.words, receivedAt)}${
          session.queue ? html` · <bdi>${session.queue.path.join(' › ')}</bdi>` : nothing
        }
      </p>
      ${this.#renderSound(voicemail, () => mark('read'))}
      ${recording.transcript ? html`<p class="break" dir="auto">${recording.transcript}</p>` : nothing}
      ${this.renderActions(session)}
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

  /** R18: a new voicemail is marked as read once it plays. */
  #renderSound(voicemail: Voicemail, onPlayed: () => void) {
    const { id, state } = voicemail;
    const url = this.#addressOf(voicemail);
    if (!url) return html`<p class="small">${this.text('voicemail.no-sound')}</p>`;
    const plays = () => {
      this._unplayed = undefined;
      if (state === 'new') onPlayed();
    };
    return html`<audio
        controls
        preload="none"
        src=${url}
        aria-label=${this.text('voicemail.listen')}
        @playing=${plays}
        @error=${() => (this._unplayed = id)}
      ></audio>
      ${this._unplayed === id ? this.#renderUnplayed(voicemail) : nothing}`;
  }

  /** R5: names the ticket, which may have the message too. */
  #renderUnplayed({ session: { record } }: Voicemail) {
    const { text } = this;
    const { ticketId: id } = record ?? {};
    return this.trouble(
      id === undefined || id === 'none' ? text('voicemail.not-played') : text('voicemail.not-played.ticket', { id }),
      undefined,
      this.button(text('action.retry'), this.#playAgain, 'quiet'),
    );
  }

  #playAgain = async (): Promise<void> => {
    this._unplayed = undefined;
    // The platform may have a new address by now.
    this.#revokeAddress();
    this.requestUpdate();
    await this.updateComplete;
    const audio = this.renderRoot.querySelector('audio');
    audio?.load();
    // The `error` event reports a failure.
    await audio?.play().catch(() => undefined);
  };

  #addressOf({ id, recording }: Voicemail): string | undefined {
    if (this.#address?.id !== id) {
      this.#revokeAddress();
      const url = recording.file ? URL.createObjectURL(recording.file) : recording.url;
      this.#address = url === undefined ? undefined : { id, url, made: recording.file !== undefined };
    }
    return this.#address?.url;
  }

  #revokeAddress(): void {
    if (this.#address?.made) URL.revokeObjectURL(this.#address.url);
    this.#address = undefined;
  }
}
