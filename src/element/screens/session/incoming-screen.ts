import { css, html, nothing } from 'lit';
import type { CallView } from '../../../machine/session/call-view.js';
import { callIcons } from '../../parts/call-icons.js';
import { ago } from '../../formats.js';
import { formatted, isolated } from '../../formatted-number.js';
import { icons } from '../../parts/icons.js';
import type { MessageKey } from '../../localize.js';
import { isSoundLocked, unlockSound } from '../../ringer.js';
import { SessionScreen } from './session-screen.js';
import { isInternal, unknownWord } from '../../unknown-person.js';

function titleOf({ phase, chat, session }: CallView): MessageKey {
  if (phase === 'incoming')
    return chat ? 'live.incoming-chat' : isInternal(session) ? 'internal.incoming' : 'call.inbound';
  return chat && (phase === 'missed' || phase === 'withdrawn') ? `chat.${phase}` : `call.${phase}`;
}

/** A5: an incoming or missed session: the caller, the CRM's data, the number dialled, Answer and Decline. */
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

  /** Focuses no button while the person is typing, so that an Enter does not answer the call. */
  override focusFirst(typing = false): void {
    this.renderRoot.querySelector<HTMLElement>(typing ? 'h2' : '[data-first]')?.focus();
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
          <p class="small">${text(titleOf(view))}</p>
          <h2 class="large break" dir="auto" tabindex="-1">${name ?? number ?? text(unknownWord(view.session))}</h2>
          ${name && number ? html`<p class="break">${number}</p>` : nothing} ${this.#renderWhere(view)}
        </div>
        ${rings ? this.#renderKnown(view) : html`<p role="status">${this.#overText(view)}</p>`}
        ${this.renderTroubles(view)}
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

  /** The CRM's data about the customer. Their place stays empty during the look-up. */
  #renderKnown({ caller, name, session }: CallView) {
    const { text, panel } = this;
    const { crm, words, now } = panel;
    // R29: a colleague is not looked up in the CRM.
    if (isInternal(session)) return name ? html`<p class="small break">${text('internal.who')}</p>` : nothing;
    if (!caller) return html`<p class="small">${name ? nothing : ' '}</p>`;
    const { contacts, ticket } = caller;
    // A customer who has signed in is not looked up by number.
    const byNumber = !session?.customer?.identifier && !session?.customer?.email;
    if (contacts === 0)
      return html`<p class="small break">${text(byNumber ? 'live.not-known' : 'live.no-match', { crm })}</p>`;
    if (contacts > 1)
      return html`<p class="small break">
        ${text(byNumber ? 'choice.title' : 'live.matches', { count: contacts, crm })}
      </p>`;
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

  #overText({ phase, chat }: CallView): string {
    const { text } = this;
    if (phase === 'missed') return text(chat ? 'live.missed-chat' : 'live.missed');
    if (phase === 'declined') return text('live.declined');
    return text(chat ? 'live.withdrawn-chat' : 'live.withdrawn');
  }

  #renderOver(view: CallView) {
    const { text, panel } = this;
    const { phase, session } = view;
    const missed = phase === 'missed';
    return html`
      ${
        missed && session?.customerNumber
          ? this.button(text('live.call-back'), () => panel.desktop.callBack(session.id))
          : nothing
      }
      ${missed && !view.chat ? this.#renderBack(view) : this.#renderDone()}
    `;
  }

  #renderDone() {
    const done = () => this.panel.send({ type: 'dismissCall' });
    return html`<button type="button" class="button main" data-first @click=${done}>
      ${this.text('action.done')}
    </button>`;
  }

  /** A2: a missed call changes the agent's status. A missed chat does not. */
  #renderBack({ asked }: CallView) {
    return html`
      <button
        type="button"
        class="button main"
        data-first
        ?disabled=${asked.back === 'sent'}
        @click=${() => this.act({ do: 'back' })}
      >
        ${this.text('live.back-to-available')}
      </button>
    `;
  }
}
