import { css, html, nothing } from 'lit';
import type { CallView } from '../machine/call-view.js';
import { callIcons } from './call-icons.js';
import { ago } from './formats.js';
import { formatted, isolated } from './formatted-number.js';
import { icons } from './icons.js';
import { isSoundLocked, unlockSound } from './ringer.js';
import { SessionScreen } from './session-screen.js';

/** A5: somebody rings, or has rung: who it is, what the CRM knows of them, where they called, and the two ways. */
export class IncomingScreen extends SessionScreen {
  static override styles = [
    ...SessionScreen.styles,
    css`
      .body {
        align-items: stretch;
        justify-content: safe center;
        text-align: center;
      }
      .ring {
        display: grid;
        place-items: center;
        justify-self: center;
        width: 56px;
        height: 56px;
        margin: 0 auto;
        border-radius: 50%;
        background: var(--_good-fill);
        color: var(--_on-good);
      }
      .ring svg {
        width: 24px;
        height: 24px;
      }
      .ring.over {
        background: var(--_raised);
        color: var(--_muted);
      }
      .facts {
        display: grid;
        gap: var(--_1);
      }
      .message {
        text-align: start;
      }
      .actions > .good {
        flex: 3 1 0;
      }
      .actions > .bad {
        flex: 2 1 0;
      }
      @media (prefers-reduced-motion: no-preference) {
        .ring:not(.over) {
          animation: ring 1s ease-out infinite;
        }
      }
      @keyframes ring {
        from {
          box-shadow: 0 0 0 0 var(--_good);
        }
        to {
          box-shadow: 0 0 0 12px transparent;
        }
      }
    `,
  ];

  /** An Enter that was meant for what is being typed must not answer. */
  override focusFirst(typing = false): void {
    this.renderRoot.querySelector<HTMLElement>(typing ? 'h1' : '[data-first]')?.focus();
  }

  protected override render() {
    const { view, text } = this;
    if (!view) return nothing;
    const rings = view.phase === 'incoming';
    const name = view.name && view.name !== view.number ? view.name : undefined;
    const number = view.number ? html`<bdi dir="ltr" class="digits">${formatted(view.number)}</bdi>` : undefined;
    return html`
      <div class="body">
        <div class="ring ${rings ? '' : 'over'}">
          ${view.chat ? callIcons.chat : rings ? icons.phone : callIcons.missedCall}
        </div>
        <div class="facts">
          <p class="small">
            ${text(rings ? (view.chat ? 'live.incoming-chat' : 'call.inbound') : `call.${view.phase}`)}
          </p>
          <h1 class="large break" dir="auto" tabindex="-1">${name ?? number ?? text('call.unknown')}</h1>
          ${name && number ? html`<p class="break">${number}</p>` : nothing} ${this.#renderWhere(view)}
        </div>
        ${rings ? this.#renderKnown(view) : html`<p role="status">${this.#over(view)}</p>`} ${this.renderTroubles(view)}
      </div>
      <div class="footer">
        ${rings ? this.#renderCountdown(view) : nothing}
        <div class="actions">${rings ? this.#renderAnswer(view) : this.#renderOver(view)}</div>
      </div>
    `;
  }

  #renderWhere({ queue, session }: CallView) {
    const dialled = session?.platformNumber;
    if (!queue && !dialled) return nothing;
    return html`<p class="small break">
      ${queue ? html`<bdi>${queue}</bdi>` : nothing}${queue && dialled ? ' · ' : nothing}${
        dialled ? this.text('live.to', { number: isolated(formatted(dialled)) }) : nothing
      }
    </p>`;
  }

  /** What the CRM knows; its place is kept. */
  #renderKnown({ caller, name }: CallView) {
    const { text, panel } = this;
    const { crm, words, now } = panel;
    if (!caller) return html`<p class="small">${name ? nothing : ' '}</p>`;
    const { contacts, ticket } = caller;
    if (contacts === 0) return html`<p class="small break">${text('live.not-known', { crm })}</p>`;
    if (contacts > 1) return html`<p class="small break">${text('choice.title', { count: contacts })}</p>`;
    if (!ticket) return html`<p class="small break">${text('live.no-live-ticket')}</p>`;
    const { id, status, subject, updatedAt } = ticket;
    return html`<p class="small break">
      ${text('live.last-ticket', { id, status: text(`ticket.${status}`), ago: ago(words, updatedAt, now()) })}
      <span dir="auto">${subject}</span>
    </p>`;
  }

  #renderCountdown({ autoAnswerAt, asked }: CallView) {
    const { text, panel } = this;
    const locked = isSoundLocked()
      ? html`<p class="small">
          ${text('live.sound-locked')}
          <button type="button" class="link" @click=${() => void unlockSound().then(() => this.requestUpdate())}>
            ${text('live.sound-on')}
          </button>
        </p>`
      : nothing;
    if (asked.decline) return html`<p class="small" role="status">${text('live.declined')}</p>`;
    if (!autoAnswerAt) return locked;
    const count = Math.max(0, Math.ceil((Date.parse(autoAnswerAt) - panel.now()) / 1000));
    return html`${locked}
      <p class="small" role="timer" aria-live="off">${text('live.auto-answer', { count })}</p>`;
  }

  #renderAnswer({ asked, chat }: CallView) {
    const { text } = this;
    const declining = asked.decline !== undefined;
    const answering = asked.answer !== undefined;
    return html`
      <button
        type="button"
        class="button bad"
        ?disabled=${declining || answering}
        @click=${() => this.act({ do: 'decline' })}
      >
        ${chat ? icons.close : callIcons.hangUp}${text(declining ? 'live.declining' : 'live.decline')}
      </button>
      <button
        type="button"
        class="button good"
        data-first
        ?disabled=${declining || answering}
        @click=${() => this.act({ do: 'answer' })}
      >
        ${chat ? callIcons.chat : icons.phone}${text(answering ? 'live.answering' : 'live.answer')}
      </button>
    `;
  }

  #over({ phase }: CallView): string {
    const { text } = this;
    if (phase === 'missed') return text('live.missed');
    return text(phase === 'declined' ? 'live.declined' : 'live.withdrawn');
  }

  #renderOver({ phase, session, asked }: CallView) {
    const { text, panel } = this;
    const done = () => panel.send({ type: 'dismissCall' });
    if (phase !== 'missed')
      return html`<button type="button" class="button main" data-first @click=${done}>${text('action.done')}</button>`;
    return html`
      ${session?.customerNumber ? this.button(text('live.call-back'), () => panel.desktop.callBack(session.id)) : nothing}
      <button
        type="button"
        class="button main"
        data-first
        ?disabled=${asked.back === 'sent'}
        @click=${() => this.act({ do: 'back' })}
      >
        ${text('live.back-to-available')}
      </button>
    `;
  }
}
