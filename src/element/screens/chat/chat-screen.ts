import { html, nothing, type TemplateResult } from 'lit';
import { isHttps } from '../../../domain/https-link.js';
import { clockTime } from '../../../domain/outcome.js';
import type { CallView } from '../../../machine/session/call-view.js';
import { isTyping } from '../../active-element.js';
import { isolated } from '../../formatted-number.js';
import { callIcons } from '../../parts/call-icons.js';
import { banner } from '../../parts/panel-banners.js';
import { unknownWord, whoIs } from '../../unknown-person.js';
import type { CallNotes } from '../session/call-notes.js';
import { controlStyles } from '../session/call-controls.js';
import { SessionScreen } from '../session/session-screen.js';
import type { ChatComposer } from './chat-composer.js';
import { chatScreenStyles } from './chat-styles.js';

type Sheet = 'transfer' | 'notes' | 'details';

/** A15: a chat: the conversation, the field to answer, and what the agent can do with the chat. */
export class ChatScreen extends SessionScreen {
  static override properties = { _sheet: { state: true } };
  static override styles = [...SessionScreen.styles, controlStyles, chatScreenStyles];
  declare protected _sheet: Sheet | undefined;
  #session: string | undefined;

  /** The field, where the agent writes. While another screen's field is in use, nothing takes the focus. */
  override focusFirst(): void {
    const composer = this.renderRoot.querySelector<ChatComposer>('ccai-chat-composer');
    if (composer) void composer.updateComplete.then(() => composer.focusFirst());
    else this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  protected override firstUpdated(): void {
    // The screen's file has come after the chat.
    if (!isTyping()) this.focusFirst();
  }

  protected override willUpdate(): void {
    super.willUpdate();
    const { phase, session } = this.view ?? {};
    if (phase !== 'connected' || session?.id !== this.#session) this._sheet = undefined;
    this.#session = session?.id;
  }

  protected override render() {
    const { view } = this;
    if (!view?.session) return nothing;
    return html`
      ${this.#renderHead(view)}
      ${
        this._sheet
          ? html`<div class="sheet" @keydown=${this.#onSheetKey}>${this.#renderSheet(this._sheet)}</div>`
          : html`${this.#renderBody(view)}${this.#renderFooter(view)}`
      }
    `;
  }

  #renderHead(view: CallView): TemplateResult {
    const { text, panel } = this;
    const { connectedAt, phase, ending, queue } = view;
    const seconds = connectedAt ? Math.max(0, Math.floor((panel.now() - Date.parse(connectedAt)) / 1000)) : 0;
    const kind = [text('call.chat'), queue && isolated(queue)].filter(Boolean).join(' · ');
    const word = ending ? 'call.ending' : phase === 'connected' ? undefined : 'call.connecting';
    return html`<header class="head">
      <h2 class="break" dir="auto" tabindex="-1">${this.#renderName(view)}</h2>
      <span class="time">
        ${word ? html`<span class="phase small" role="status">${text(word)}</span>` : nothing}
        ${
          connectedAt
            ? html`<span class="digits" role="timer" aria-label=${text('chat.time')} aria-live="off"
                >${clockTime(seconds)}</span
              >`
            : nothing
        }
      </span>
      <p class="small cut" title=${kind}>${kind}</p>
      ${this.#renderTicket(view)}
    </header>`;
  }

  /** A10: the name leads to the contact, once the CRM has named it. */
  #renderName(view: CallView): TemplateResult | string {
    const { contact } = view.links;
    const name = this.#customer(view);
    if (!contact) return name;
    return html`<button
      type="button"
      class="link"
      aria-label=${this.text('call.contact', { name })}
      @click=${() => this.panel.openContact(contact.id)}
    >
      ${name}
    </button>`;
  }

  /** A10: the ticket on one line, because the conversation needs the room. */
  #renderTicket(view: CallView): TemplateResult | typeof nothing {
    const { ticket } = view.links;
    if (!ticket || ticket === 'none' || view.writesNothing) return this.renderLinks(view);
    const { id, status, subject } = ticket;
    const { text, panel } = this;
    return html`<p class="small ticket">
      ${callIcons.open}<button
        type="button"
        class="link cut"
        dir="auto"
        title=${subject}
        @click=${() => panel.openTicket(id)}
      >
        ${text('call.ticket', { id, status: text(`ticket.${status}`), subject })}
      </button>
    </p>`;
  }

  #customer(view: CallView): string {
    const { words } = this.panel;
    return view.name ?? (view.number ? whoIs(view, words) : words.text(unknownWord(view.session)));
  }

  /** What stands between the head and the footer. */
  #renderBody(view: CallView): TemplateResult {
    const { text } = this;
    const { id, conversationUrl } = view.session!;
    if (!view.can('chat-messages'))
      return html`<div class="elsewhere">
        ${this.#renderTroubles(view)}
        <p>${text('chat.elsewhere')}</p>
        ${
          isHttps(conversationUrl)
            ? html`<a class="button" href=${conversationUrl} target="_blank" rel="noopener noreferrer"
                >${callIcons.open}${text('chat.open-conversation')}</a
              >`
            : nothing
        }
        ${this.#canTakeNotes(view) ? html`<ccai-call-notes codes></ccai-call-notes>` : nothing}
      </div>`;
    return html`
      <ccai-chat-messages .sessionId=${id} .customer=${this.#customer(view)}></ccai-chat-messages>
      ${this.#renderTroubles(view)}
    `;
  }

  #renderTroubles(view: CallView): TemplateResult {
    const { text } = this;
    const { transfer } = view;
    return html`<div class="troubles">
      ${
        transfer
          ? banner(
              '',
              text('parties.transferring', { name: transfer.target.label || transfer.target.id }),
              this.button(text('parties.cancel'), () => this.act({ do: 'cancel-transfer' }), 'quiet'),
            )
          : nothing
      }
      ${this.renderTroubles(view)}
    </div>`;
  }

  #canTakeNotes({ phase, can, writesNothing }: CallView): boolean {
    return phase === 'connected' && !writesNothing && can('wrap-up');
  }

  #renderFooter(view: CallView): TemplateResult {
    const { text } = this;
    const { phase, can, transfer, isOver, session } = view;
    const isOn = phase === 'connected';
    const opener = (sheet: Sheet, label: string, icon: unknown, off = false) =>
      html`<button
        type="button"
        id=${sheet}
        class="control"
        title=${label}
        ?disabled=${off}
        @click=${() => this.#open(sheet)}
      >
        ${icon}<span>${label}</span>
      </button>`;
    return html`<div class="footer">
      <ccai-records-line></ccai-records-line>
      ${
        isOn && can('chat-messages')
          ? html`<ccai-chat-composer .sessionId=${session!.id} ?inert=${isOver}></ccai-chat-composer>`
          : nothing
      }
      <div class="actions" ?inert=${isOver}>
        ${isOn && can('transfer-cold') && can('directory') ? opener('transfer', text('chat.transfer'), callIcons.transfer, transfer !== undefined) : nothing}
        ${
          this.#canTakeNotes(view) && can('chat-messages')
            ? opener('notes', text('chat.notes'), callIcons.note)
            : nothing
        }
        ${isOn ? opener('details', text('live.details'), callIcons.info) : nothing}
        ${this.button(text('call.end-chat'), () => this.panel.send({ type: 'endCall' }))}
      </div>
    </div>`;
  }

  #open(sheet: Sheet): void {
    this._sheet = sheet;
    // The transfer and the details move the focus themselves.
    if (sheet === 'notes')
      void this.updateComplete.then(() => this.renderRoot.querySelector<CallNotes>('ccai-call-notes')?.focusFirst());
  }

  readonly #close = (): void => {
    const sheet = this._sheet;
    this._sheet = undefined;
    void this.updateComplete.then(() => {
      const opener = sheet && this.renderRoot.querySelector<HTMLElement>(`#${sheet}`);
      if (opener) opener.focus();
      else this.focusFirst();
    });
  };

  readonly #onSheetKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    this.#close();
  };

  #renderSheet(sheet: Sheet): TemplateResult {
    if (sheet === 'transfer') return html`<ccai-transfer-sheet @close=${this.#close}></ccai-transfer-sheet>`;
    if (sheet === 'details') return html`<ccai-call-details @close=${this.#close}></ccai-call-details>`;
    return html`<div class="paper">
      ${this.top(this.text('chat.notes'), this.#close)}
      <div class="body"><ccai-call-notes codes></ccai-call-notes></div>
    </div>`;
  }
}
