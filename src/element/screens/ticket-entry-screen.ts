import { html, nothing } from 'lit';
import type { TicketRefusal } from '../../machine/outbound/outbound-context.js';
import { screenStyles, screenFrameStyles } from '../styles/screen-styles.js';
import { failureText } from '../failure-text.js';
import { PanelScreen } from './panel-screen.js';

/** T1: asks for the ticket before the call. */
export class TicketEntryScreen extends PanelScreen {
  static override styles = [screenStyles, screenFrameStyles];

  protected override render() {
    const { panel, text } = this;
    const { form } = panel;
    const { outbound } = panel.snapshot;
    if (!outbound) return nothing;
    const { ticketText, ticketRefusal, entryMode } = outbound.context;
    const checking = outbound.matches({ ticketEntry: 'checking' });
    const optional = entryMode === 'optional';
    const refusal = ticketRefusal && this.#refusalText(ticketRefusal, optional);
    const next = (event: Event) => {
      event.preventDefault();
      form({ type: 'next' });
    };
    return html`
      ${this.top(text('ticket-entry.title'), () => form({ type: 'back' }))}
      <form class="body" id="form" novalidate @submit=${next}>
        <div class="field">
          <label class="label" for="ticket">${text('ticket-entry.label')}</label>
          <input
            class="input digits"
            id="ticket"
            data-first
            autocomplete="off"
            spellcheck="false"
            enterkeyhint="next"
            placeholder="4711"
            .value=${ticketText}
            aria-invalid=${refusal ? 'true' : nothing}
            aria-describedby="hint refusal"
            @input=${(event: InputEvent) => form({ type: 'typeTicket', text: (event.target as HTMLInputElement).value })}
          />
          <span class="small" id="hint"
            >${text(optional ? 'ticket-entry.hint.optional' : 'ticket-entry.hint.mandatory')}</span
          >
        </div>
        <div id="refusal" role="alert" class="error">${refusal ?? nothing}</div>
      </form>
      <div class="footer">
        <div role="status" class="small">${checking ? text('ticket-entry.checking') : nothing}</div>
        <div class="actions">
          ${this.button(text('action.cancel'), () => form({ type: 'cancel' }))}
          ${optional ? this.button(text('action.skip'), () => form({ type: 'skip' })) : nothing}
          <button type="submit" form="form" class="button main" ?disabled=${checking}>${text('action.next')}</button>
        </div>
      </div>
    `;
  }

  #refusalText(refusal: TicketRefusal, optional: boolean): string {
    const { text, panel } = this;
    const { crm, words } = panel;
    switch (refusal.code) {
      case 'empty':
        return text('ticket-entry.empty');
      case 'unknown':
        return text('ticket-entry.unknown', { id: refusal.ticketId, crm });
      case 'no-contact':
        return text('ticket-entry.no-contact', { id: refusal.ticketId, crm });
      case 'not-live': {
        const status = text(`ticket.${refusal.status}`);
        return text(optional ? 'ticket-entry.not-live.optional' : 'ticket-entry.not-live', {
          id: refusal.ticketId,
          status,
        });
      }
      case 'failed':
        return `${text('ticket-entry.failed')} ${failureText(words, refusal.failure, 'crm', crm)}`;
    }
  }
}
