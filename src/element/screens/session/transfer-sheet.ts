import { css, html, nothing } from 'lit';
import { callView, type CallView } from '../../../machine/session/call-view.js';
import type { SessionAct } from '../../../machine/session/session-context.js';
import type { Capability, TransferTarget } from '../../../telephony/telephony.js';
import { screenStyles, screenFrameStyles } from '../../styles/screen-styles.js';
import { formatted, isolated } from '../../formatted-number.js';
import type { MessageKey } from '../../localize.js';
import { outsideNumber, type OutsideNumber } from './outside-number.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';
import { tabStyles } from '../../styles/tab-styles.js';
import { moveAmongTabs } from '../../parts/tab-keys.js';

type Kind = TransferTarget['kind'];

const kinds: readonly { kind: Kind; label: MessageKey }[] = [
  { kind: 'queue', label: 'transfer.queue' },
  { kind: 'agent', label: 'transfer.agent' },
  { kind: 'outside', label: 'transfer.outside' },
];
const searchAfter = 200;

interface TransferAction {
  act: (target: TransferTarget) => SessionAct;
  needs: Capability;
  label: MessageKey;
}

/**
 * The actions of the sheet. The first one that the platform supports is the main button. A cold transfer happens at
 * once. A warm transfer begins with a consultation.
 */
const transferActions: readonly TransferAction[] = [
  { act: (target) => ({ do: 'transfer', target, mode: 'warm' }), needs: 'transfer-warm', label: 'transfer.warm' },
  { act: (target) => ({ do: 'transfer', target, mode: 'cold' }), needs: 'transfer-cold', label: 'transfer.cold' },
  { act: (target) => ({ do: 'add', target }), needs: 'conference', label: 'transfer.add' },
];

/** A4: transfers a call to a queue, an agent or an outside number, or adds one of them. */
export class TransferSheet extends PanelScreen {
  static override properties = {
    _kind: { state: true },
    _chosen: { state: true },
    _number: { state: true },
    _typed: { state: true },
    _refused: { state: true },
    _asked: { state: true },
  };
  static override styles = [
    screenStyles,
    screenFrameStyles,
    tabStyles,
    css`
      ul {
        display: grid;
        gap: 2px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        position: relative;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 var(--_2);
        min-height: 36px;
        padding: var(--_1) var(--_3);
        border: 1px solid transparent;
        border-radius: var(--_radius);
      }
      .target {
        padding: 0;
        border: 0;
        background: none;
        text-align: start;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      /* The whole row can be pressed. */
      .target::after {
        content: '';
        position: absolute;
        inset: 0;
      }
      .target > .small {
        display: block;
        font-weight: 400;
      }
      .told {
        display: inline-flex;
        align-items: center;
        gap: var(--_1);
      }
      /* Full, half and empty: not by colour alone. */
      .presence {
        width: 10px;
        height: 10px;
        border: 2px solid var(--_good);
        border-radius: 50%;
        background: var(--_good);
        forced-color-adjust: none;
      }
      .presence.busy {
        border-color: var(--_bad);
        background: linear-gradient(var(--_bad) 50%, transparent 50%);
      }
      .presence.away {
        border-color: var(--_muted);
        background: none;
      }
      .line {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--_2);
        min-height: 32px;
      }
      .line > .button {
        flex: none;
        max-width: 50%;
        font-size: var(--_size);
      }
      li:hover {
        background: var(--_hover);
      }
      li:has([aria-pressed='true']) {
        border-color: var(--_accent);
        background: var(--_raised);
      }
      .target[aria-pressed='true'] {
        font-weight: 600;
      }
    `,
  ];
  declare protected _kind: Kind;
  declare protected _chosen: TransferTarget | undefined;
  /** The typed outside number. */
  declare protected _number: string;
  /** The search text for the directory. */
  declare protected _typed: string;
  declare protected _refused: boolean;
  /** F14: the action that waits for a confirmation of its number. */
  declare protected _asked: SessionAct | undefined;
  #search: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this._kind = 'queue';
    this._chosen = this._asked = undefined;
    this._number = this._typed = '';
    this._refused = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Clears the search text of the previous sheet.
    void this.updateComplete.then(() => {
      if (!this.#hasDirectory) this._kind = 'outside';
      this.panel.desktop.list('directory')?.send({ type: 'search', text: '' });
      this.renderRoot.querySelector('input')?.focus();
    });
  }

  protected override isShown({ snapshot }: Panel): boolean {
    return callView(snapshot)?.phase === 'connected';
  }

  get #hasDirectory(): boolean {
    return callView(this.panel.snapshot)?.can('directory') === true;
  }

  protected override render() {
    const view = callView(this.panel.snapshot);
    if (!view) return nothing;
    const { text } = this;
    // A15: a chat goes to a queue or a colleague.
    const offered = kinds.filter(({ kind }) => (kind === 'outside' ? !view.chat : this.#hasDirectory));
    return html`
      ${this.top(text(view.chat ? 'chat.transfer' : 'live.transfer-add'), () => this.dispatchEvent(new Event('close')))}
      <div class="body">
        <div class="tabs" role="tablist" aria-label=${text('transfer.to')} @keydown=${moveAmongTabs}>
          ${offered.map(
            ({ kind, label }) =>
              html`<button
                type="button"
                role="tab"
                aria-selected=${kind === this._kind}
                tabindex=${kind === this._kind ? 0 : -1}
                @click=${() => this.#show(kind)}
              >
                ${text(label)}
              </button>`,
          )}
        </div>
        ${this._kind === 'outside' ? this.#renderNumber() : nothing}
        ${this.#hasDirectory ? this.#renderDirectory() : nothing}
      </div>
      <div class="footer">${this.#renderActions(view)}</div>
      ${this._asked ? this.#renderQuestion(this._asked) : nothing}
    `;
  }

  /** F14: the question before a transfer, as before a call. */
  #renderQuestion(act: SessionAct) {
    const { text } = this;
    const { confirm, target } = this.#outside;
    if (!confirm || !target) return nothing;
    return html`<ccai-panel-dialog
      .heading=${text('confirm.title')}
      .text=${text(`confirm.${confirm}`, { number: isolated(formatted(target.id)) })}
      .yes=${text('confirm.call')}
      .no=${text('action.cancel')}
      @yes=${() => this.#do(act)}
      @no=${() => (this._asked = undefined)}
    ></ccai-panel-dialog>`;
  }

  #show(kind: Kind): void {
    this._kind = kind;
    this._chosen = undefined;
    this._number = this._typed = '';
    this._refused = false;
    this.panel.desktop.list('directory')?.send({ type: 'search', text: '' });
  }

  #renderNumber() {
    const { text } = this;
    return html`
      <label class="field">
        <span class="label">${text('number.label')}</span>
        <input
          class="input digits"
          dir="ltr"
          type="tel"
          autocomplete="off"
          .value=${this._number}
          aria-invalid=${this._refused}
          aria-describedby="reads"
          @input=${({ target }: Event) => {
            this._number = (target as HTMLInputElement).value;
            this._chosen = undefined;
            this._refused = false;
          }}
        />
      </label>
      <p id="reads" class=${this._refused ? 'small error' : 'small'} role=${this._refused ? 'alert' : 'none'}>
        ${this.#outside.message || text(this._refused ? 'number.not-a-number' : 'transfer.outside.hint')}
      </p>
    `;
  }

  #renderDirectory() {
    const { text, panel } = this;
    const directory = panel.desktop.list('directory');
    const items = directory?.view.items.filter(({ kind }) => kind === this._kind) ?? [];
    const { state, failure, more } = directory?.view ?? { state: 'loading', failure: undefined, more: false };
    return html`
      <label class="field">
        <span class="label">${text('transfer.search')}</span>
        <input class="input" type="search" autocomplete="off" .value=${this._typed} @input=${this.#onSearch} />
      </label>
      ${
        state === 'failed'
          ? this.trouble(
              text('transfer.directory.failed'),
              failure,
              this.button(text('action.retry'), () => directory?.send({ type: 'retry' }), 'quiet'),
              'phone',
            )
          : items.length === 0
            ? html`<p class="small" role="status">
                ${text(state === 'shown' ? 'transfer.nobody' : 'transfer.looking')}
              </p>`
            : html`<ul aria-label=${text(`transfer.${this._kind}`)}>
                ${items.map((one, at) => this.#renderTarget(one, `told-${at}`))}
              </ul>`
      }
      ${more ? this.button(text('lists.more'), () => directory?.send({ type: 'more' }), 'quiet') : nothing}
    `;
  }

  #renderTarget({ presence, waiting, ...target }: TransferTarget, describedBy: string) {
    const { kind, id, label } = target;
    const told = kind === 'agent' ? presence !== undefined : kind === 'queue' && waiting !== undefined;
    return html`<li>
      <button
        type="button"
        class="target"
        aria-pressed=${id === this._chosen?.id}
        aria-describedby=${told ? describedBy : nothing}
        @click=${() => (this._chosen = target)}
      >
        <span dir="auto">${label}</span>${
          kind === 'outside' ? html`<bdi class="small digits" dir="ltr">${formatted(id)}</bdi>` : nothing
        }
      </button>
      ${told ? html`<span class="small told" id=${describedBy}>${this.#availability(presence, waiting)}</span>` : nothing}
    </li>`;
  }

  /** A16: whether a colleague is free, or how many calls wait in a queue. */
  #availability(presence: TransferTarget['presence'], waiting = 0) {
    const { text } = this;
    if (presence) return html`<span class="presence ${presence}"></span>${text(`transfer.presence.${presence}`)}`;
    return waiting === 0 ? text('transfer.waiting.none') : text('transfer.waiting', { count: waiting });
  }

  #onSearch = ({ target }: Event): void => {
    this._typed = (target as HTMLInputElement).value;
    clearTimeout(this.#search);
    const text = this._typed.trim();
    this.#search = setTimeout(() => this.panel.desktop.list('directory')?.send({ type: 'search', text }), searchAfter);
  };

  #renderActions({ can, transfer, chat }: CallView) {
    const { text } = this;
    const ready = this._chosen !== undefined || (this._kind === 'outside' && this._number.trim() !== '');
    const off = !ready || transfer !== undefined;
    const [main, beside, more] = transferActions.filter(
      ({ needs, label }) => can(needs) && this.#isFor(label) && (!chat || label === 'transfer.cold'),
    );
    const button = (action: TransferAction | undefined, look: string) =>
      action
        ? html`<button type="button" class=${look} ?disabled=${off} @click=${() => this.#go(action.act)}>
            ${text(action.label)}
          </button>`
        : nothing;
    const missing = this._kind === 'outside' ? 'missing.number' : 'transfer.choose';
    return html`
      <p class="line small">
        <span role="status"
          >${text(transfer ? 'transfer.under-way' : ready ? (chat ? 'transfer.ready-chat' : 'transfer.ready') : missing)}</span
        >
        ${button(more, 'button quiet')}
      </p>
      <div class="actions">${button(beside, 'button')}${button(main, 'button main')}</div>
    `;
  }

  /** A queue cannot join a call. */
  #isFor(label: MessageKey): boolean {
    return label !== 'transfer.add' || this._kind !== 'queue';
  }

  #go(act: (target: TransferTarget) => SessionAct): void {
    const outside = this._kind === 'outside' ? this.#outside : undefined;
    const target = outside ? outside.target && (this._chosen ?? outside.target) : this._chosen;
    this._refused = target === undefined;
    if (!target) return;
    if (outside?.confirm) this._asked = act(target);
    else this.#do(act(target));
  }

  #do(act: SessionAct): void {
    const sessionId = callView(this.panel.snapshot)?.session?.id;
    if (sessionId === undefined) return;
    this.panel.send({ type: 'session', sessionId, command: { type: 'act', act } });
    this.dispatchEvent(new Event('close'));
  }

  /** The reading of the chosen or typed outside number. */
  get #outside(): OutsideNumber {
    const { words, snapshot } = this.panel;
    return outsideNumber(words, this._chosen?.id ?? this._number, snapshot.agent.context.opened?.settings.outbound);
  }
}
