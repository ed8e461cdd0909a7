import { html, nothing } from 'lit';
import { clockTime } from '../../../domain/outcome.js';
import { actFailureOf, wrapUpRules, type CallView } from '../../../machine/session/call-view.js';
import type { CallNotes } from './call-notes.js';
import { icons } from '../../parts/icons.js';
import type { MessageKey } from '../../localize.js';
import { SessionScreen } from './session-screen.js';

/** A6: wrap-up, with notes and dispositions, or the message that the call was too short. */
export class WrapUpScreen extends SessionScreen {
  override focusFirst(): void {
    const notes = this.renderRoot.querySelector<CallNotes>('ccai-call-notes');
    if (notes) void notes.updateComplete.then(() => notes.focusFirst());
    else this.renderRoot.querySelector<HTMLElement>('[data-first]')?.focus();
  }

  protected override render() {
    const { view } = this;
    if (!view) return nothing;
    if (view.phase === 'too-short') return this.#renderTooShort(view);
    return view.phase === 'ended' ? this.#renderOver(view) : this.#renderWrapUp(view);
  }

  #renderTooShort(view: CallView) {
    const { text, panel } = this;
    const count = this.#secondsLeft(view.backAt) ?? 0;
    return html`
      <div class="body">
        ${this.renderWho(view)}
        <div class="message warn" role="status">
          ${icons.warning}
          <div><strong>${text('short.title')}</strong><span>${text('short.text')}</span></div>
        </div>
        ${this.renderRecord(view)} ${this.renderTroubles(view)}
      </div>
      <div class="footer">
        ${
          actFailureOf(view)
            ? html`<ccai-records-line></ccai-records-line>`
            : html`<p class="small line" role="timer" aria-live="off">${text('short.back', { count })}</p>`
        }
        <div class="actions">
          ${this.button(text('live.call-back'), () => view.session && panel.desktop.callBack(view.session.id))}
          <button
            type="button"
            class="button main"
            data-first
            ?disabled=${view.asked.back === 'sent'}
            @click=${() => this.act({ do: 'back' })}
          >
            ${text('live.back-to-available')}
          </button>
        </div>
      </div>
    `;
  }

  #renderWrapUp(view: CallView) {
    const { text, panel } = this;
    if (view.handedOver && (view.writesNothing || !view.can('wrap-up'))) return this.#renderOver(view);
    const { notesMissing, dispositionMissing } = wrapUpRules(panel.snapshot);
    const missing: MessageKey | undefined =
      notesMissing && dispositionMissing
        ? 'wrap-up.missing.both'
        : notesMissing
          ? 'wrap-up.missing.notes'
          : dispositionMissing
            ? 'wrap-up.missing.disposition'
            : undefined;
    const saving = view.asked.save !== undefined;
    return html`
      <div class="body">
        ${this.renderWho(view, true)} ${this.#renderTime(view)} ${this.renderTroubles(view)}
        ${view.choice ? this.renderRecord(view) : nothing}
        <ccai-call-notes codes></ccai-call-notes>
        ${view.choice ? nothing : this.renderLinks(view)}
      </div>
      <div class="footer">
        ${
          missing
            ? html`<p class="small line" id="missing" role="status">${text(missing)}</p>`
            : html`<ccai-records-line></ccai-records-line>`
        }
        <div class="actions">
          ${
            view.phase === 'closed'
              ? this.button(text(hasDraft(view) ? 'wrap-up.drop' : 'action.done'), this.#dismiss)
              : view.session?.customerNumber
                ? this.button(text('live.call-back'), () => panel.desktop.callBack(view.session!.id))
                : nothing
          }
          <button
            type="button"
            class="button main"
            ?disabled=${saving || missing !== undefined}
            aria-describedby=${missing ? 'missing' : nothing}
            @click=${this.#save}
          >
            ${text(saving ? 'wrap-up.saving' : 'wrap-up.save')}
          </button>
        </div>
      </div>
    `;
  }

  readonly #dismiss = (): void => this.panel.send({ type: 'dismissCall' });

  /** A session without wrap-up, or one that was handed over and cannot have notes. */
  #renderOver(view: CallView) {
    const { text, panel } = this;
    const { session, outcome } = view;
    // A17: the customer was not reached.
    const again = session?.customerNumber && !view.inbound && outcome !== undefined && callAgainAfter.includes(outcome);
    return html`
      <div class="body">${this.renderWho(view)} ${this.renderTroubles(view)} ${this.renderRecord(view)}</div>
      <div class="footer">
        <ccai-records-line></ccai-records-line>
        <div class="actions">
          ${again ? this.button(text('action.done'), this.#dismiss) : nothing}
          <button
            type="button"
            class="button main"
            data-first
            @click=${again ? () => panel.desktop.callBack(session.id) : this.#dismiss}
          >
            ${again ? html`${icons.phone}${text('wrap-up.call-again')}` : text('action.done')}
          </button>
        </div>
      </div>
    `;
  }

  #renderTime({ phase, wrapUpUntil, handedOver }: CallView) {
    const { text } = this;
    if (handedOver) return html`<p class="small">${text('wrap-up.handed-over')}</p>`;
    if (phase === 'closed')
      return html`<div class="message warn" role="status">
        ${icons.warning}
        <div><span>${text('wrap-up.closed')}</span></div>
      </div>`;
    if (phase === 'exceeded')
      return html`<div class="message warn" role="status">
        ${icons.warning}
        <div><span>${text('wrap-up.exceeded')}</span></div>
      </div>`;
    const left = this.#secondsLeft(wrapUpUntil);
    if (left === undefined) return nothing;
    return html`<p class="small" role="timer" aria-live="off">${text('wrap-up.left', { time: clockTime(left) })}</p>`;
  }

  /** The remaining seconds, rounded up. */
  #secondsLeft(until: string | undefined): number | undefined {
    return until === undefined ? undefined : Math.max(0, Math.ceil((Date.parse(until) - this.panel.now()) / 1000));
  }

  #save = (): void => {
    // A text field fires `change` when it loses the focus. That stores the notes before they are saved.
    (this.renderRoot.querySelector('ccai-call-notes')?.shadowRoot?.activeElement as HTMLElement | null)?.blur();
    this.act({ do: 'save' });
  };
}

const callAgainAfter: readonly CallView['outcome'][] = ['busy', 'no-answer', 'wrong-number', 'rejected'];

const hasDraft = ({ draft }: CallView): boolean =>
  draft !== undefined && (draft.notes.trim() !== '' || draft.dispositions.length > 0);
