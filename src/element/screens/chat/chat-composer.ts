import { html, nothing } from 'lit';
import type { Chat } from '../../../desktop/chats/tab-chats.js';
import { callIcons } from '../../parts/call-icons.js';
import { icons } from '../../parts/icons.js';
import { screenStyles } from '../../styles/screen-styles.js';
import { PanelScreen } from '../panel-screen.js';
import { chatComposerStyles } from './chat-styles.js';
import { sizeText } from './message-text.js';

/** Milliseconds. */
const keptAfter = 400;
/** Milliseconds without a key after which the agent no longer types. */
const typingLasts = 4000;
/** A15: bytes, if the platform names no limit. */
const usualLimit = 20 * 1024 * 1024;

/** What the agent has typed and attached in one chat. */
interface Typed {
  /** Undefined: as the leader keeps it. */
  text?: string | undefined;
  files: readonly File[];
  /** A message about the last attempt. */
  error?: string | undefined;
}

/** A15: the field for the agent's message, with files. Each chat has its own. */
export class ChatComposer extends PanelScreen {
  static override properties = { sessionId: { attribute: false } };
  static override styles = [screenStyles, chatComposerStyles];
  declare sessionId: string;
  readonly #typed = new Map<string, Typed>();
  /** The chat whose text is not kept yet. */
  #unkept: string | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  /** The chat whose message goes out as soon as the chat's code is loaded. */
  #sendsSoon: string | undefined;
  #typing: { sessionId: string; timer: ReturnType<typeof setTimeout> } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keep();
    this.#stopTyping();
  }

  override focusFirst(): void {
    this.renderRoot.querySelector('textarea')?.focus();
  }

  protected override isShown(): boolean {
    return true;
  }

  protected override shows(): readonly unknown[] {
    const chat = this.#chatOf(this.sessionId);
    return [chat !== undefined, chat?.view];
  }

  #chatOf(sessionId: string): Chat | undefined {
    return this.panel.desktop.chat(sessionId);
  }

  get #own(): Typed {
    return this.#typed.get(this.sessionId) ?? { files: [] };
  }

  #set(sessionId: string, change: Partial<Typed>): void {
    this.#typed.set(sessionId, { ...(this.#typed.get(sessionId) ?? { files: [] }), ...change });
    this.requestUpdate();
  }

  get #text(): string {
    return this.#own.text ?? this.#chatOf(this.sessionId)?.view?.draft.text ?? '';
  }

  protected override willUpdate(): void {
    if (this.#unkept !== undefined && this.#unkept !== this.sessionId) this.#keep();
    if (this.#typing && this.#typing.sessionId !== this.sessionId) this.#stopTyping();
    // The leader keeps the same text: another tab may change it from now on.
    const { text } = this.#own;
    if (text !== undefined && text === this.#chatOf(this.sessionId)?.view?.draft.text && this.#unkept === undefined)
      this.#typed.set(this.sessionId, { ...this.#own, text: undefined });
  }

  protected override updated(): void {
    if (this.#sendsSoon === this.sessionId && this.#chatOf(this.sessionId)) this.#send();
  }

  protected override render() {
    const { text } = this;
    const { files, error } = this.#own;
    const typed = this.#text;
    return html`
      ${error ? html`<p class="small error" role="alert">${error}</p>` : nothing}
      ${
        files.length > 0
          ? html`<ul aria-label=${text('chat.files')}>
              ${files.map(
                (file) =>
                  html`<li>
                    ${callIcons.attach}<bdi class="cut" title=${file.name}>${file.name}</bdi
                    ><span class="small digits">${sizeText(this.panel.words, file.size)}</span>
                    <button
                      type="button"
                      class="button quiet icon-only"
                      aria-label=${text('chat.remove', { name: file.name })}
                      @click=${() => this.#remove(file)}
                    >
                      ${icons.close}
                    </button>
                  </li>`,
              )}
            </ul>`
          : nothing
      }
      <div class="row">
        <div class="field">
          <textarea
            class="input"
            rows="1"
            dir="auto"
            aria-label=${text('chat.message')}
            placeholder=${text('chat.message')}
            enterkeyhint="send"
            .value=${typed}
            @input=${this.#onInput}
            @keydown=${this.#onKey}
            @paste=${this.#onPaste}
            @change=${() => this.#keep()}
          ></textarea>
          <button
            type="button"
            class="button quiet icon-only"
            aria-label=${text('chat.attach')}
            title=${text('chat.attach')}
            @click=${() => this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click()}
          >
            ${callIcons.attach}
          </button>
          <input type="file" multiple hidden @change=${this.#onFiles} />
        </div>
        <button
          type="button"
          class="button main"
          ?disabled=${typed.trim() === '' && files.length === 0}
          @click=${this.#send}
        >
          ${text('chat.send')}
        </button>
      </div>
    `;
  }

  readonly #onInput = ({ target }: Event): void => {
    this.#set(this.sessionId, { text: (target as HTMLTextAreaElement).value, error: undefined });
    this.#unkept = this.sessionId;
    this.#keepTimer ??= setTimeout(() => this.#keep(), keptAfter);
    this.#type();
  };

  /** Enter sends, Shift+Enter breaks the line. An Enter that ends the input of a character does neither. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#attach(files);
  };

  readonly #onFiles = ({ target }: Event): void => {
    const input = target as HTMLInputElement;
    this.#attach([...(input.files ?? [])]);
    // The same file can be chosen again.
    input.value = '';
  };

  /** A15: files over the platform's limit are refused by name. */
  #attach(given: readonly File[]): void {
    const { text, panel } = this;
    const limit = panel.snapshot.agent.context.opened?.profile.fileLimitBytes ?? usualLimit;
    const tooLarge = given.find(({ size }) => size > limit);
    this.#set(this.sessionId, {
      files: [...this.#own.files, ...given.filter(({ size }) => size <= limit)],
      error: tooLarge && text('chat.too-large', { name: tooLarge.name, limit: sizeText(panel.words, limit) }),
    });
    this.focusFirst();
  }

  #remove(file: File): void {
    this.#set(this.sessionId, { files: this.#own.files.filter((one) => one !== file) });
    this.focusFirst();
  }

  readonly #send = (): void => {
    const { sessionId } = this;
    const { files } = this.#own;
    const text = this.#text;
    const chat = this.#chatOf(sessionId);
    if (text.trim() === '' && files.length === 0) return;
    // The chat's code is still being loaded.
    this.#sendsSoon = chat ? undefined : sessionId;
    if (!chat) return;
    // The leader clears the draft together with the message.
    clearTimeout(this.#keepTimer);
    this.#keepTimer = this.#unkept = undefined;
    this.#stopTyping();
    this.#set(sessionId, { text: '', files: [], error: undefined });
    this.focusFirst();
    const attachments = files.map((file) => ({ name: file.name, type: file.type, size: file.size, file }));
    chat.send(text, attachments).catch(() => this.#giveBack(sessionId, text, files));
  };

  /** The leader did not take the message: nothing that the agent has written is lost. */
  #giveBack(sessionId: string, text: string, files: readonly File[]): void {
    const now = this.#typed.get(sessionId);
    this.#set(sessionId, {
      text: [text, now?.text].filter(Boolean).join('\n'),
      files: [...files, ...(now?.files ?? [])],
      error: this.text('chat.not-taken'),
    });
  }

  /** Keeps the text in the leader, for the chat in which it was typed. */
  #keep(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
    const sessionId = this.#unkept;
    this.#unkept = undefined;
    const text = sessionId === undefined ? undefined : this.#typed.get(sessionId)?.text;
    if (text !== undefined) this.#chatOf(sessionId!)?.keepDraft(text);
  }

  #type(): void {
    const { sessionId } = this;
    if (this.#typing) clearTimeout(this.#typing.timer);
    else this.#chatOf(sessionId)?.setTyping(true);
    this.#typing = { sessionId, timer: setTimeout(() => this.#stopTyping(), typingLasts) };
  }

  #stopTyping(): void {
    if (!this.#typing) return;
    clearTimeout(this.#typing.timer);
    this.#chatOf(this.#typing.sessionId)?.setTyping(false);
    this.#typing = undefined;
  }
}
