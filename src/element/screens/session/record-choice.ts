import { css, html, nothing } from 'lit';
import { callView } from '../../../machine/session/call-view.js';
import type { ChoiceView } from '../../../machine/session/choice-view.js';
import type { SessionCommand } from '../../../machine/session/session-context.js';
import { screenStyles } from '../../styles/screen-styles.js';
import type { ComboboxEvent } from '../../parts/combobox-option.js';
import { chosenAmong, ticketOptions } from '../details/details-options.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';

/** A10: asks for the contact if several have the number, and with S2 for the ticket too. */
export class RecordChoiceForm extends PanelScreen {
  static override styles = [
    screenStyles,
    css`
      :host {
        display: block;
      }
      section {
        display: grid;
        gap: var(--_3);
        padding: var(--_3);
        border: 1px solid var(--_edge);
        border-radius: var(--_radius);
      }
      h3 {
        font-weight: 600;
      }
    `,
  ];

  protected override isShown({ snapshot }: Panel): boolean {
    return callView(snapshot)?.choice !== undefined;
  }

  protected override render() {
    const { panel, text } = this;
    const view = callView(panel.snapshot)?.choice;
    if (!view) return nothing;
    const busy = view.state === 'assigning';
    const incomplete = view.contact === undefined || (view.asksTicket && view.ticket === undefined);
    return html`
      <section aria-labelledby="title">
        <div>
          <h3 id="title">${text('choice.title', { count: view.contacts.length })}</h2>
          <p class="small">${text('choice.otherwise', { name: view.otherwise })}</p>
        </div>
        <ccai-combobox
          id="contact"
          .label=${text('details.contact')}
          .options=${chosenAmong(panel.words, view.contacts)}
          .value=${view.contact}
          ?disabled=${busy}
          .placeholder=${text('details.contact.choose')}
          @choose=${(event: ComboboxEvent) => this.#send({ type: 'chooseContact', value: event.value })}
        ></ccai-combobox>
        ${view.asksTicket ? this.#renderTicket(view) : nothing}
        ${view.failure && view.state !== 'not-found' ? this.trouble(text('choice.failed'), view.failure) : nothing}
        <button
          type="button"
          class="button main"
          ?disabled=${!busy && (incomplete || view.state === 'looking')}
          aria-disabled=${busy}
          @click=${() => busy || this.#send({ type: 'assign' })}
        >
          ${text(busy ? 'choice.assigning' : 'choice.assign')}
        </button>
      </section>
    `;
  }

  #renderTicket({ contact, contacts, tickets, ticket, state, failure }: ChoiceView) {
    const { panel, text } = this;
    const looking = state === 'looking';
    const name = contacts.find(({ id }) => id === contact)?.name ?? '';
    const placeholder = looking ? 'details.ticket.looking' : contact ? 'details.ticket.choose' : 'details.ticket.first';
    return html`
      <ccai-combobox
        id="ticket"
        .label=${text('details.ticket')}
        .options=${tickets ? ticketOptions(panel.words, tickets.options, tickets.kind === 'text', panel.now()) : []}
        .value=${ticket}
        ?disabled=${!tickets || state === 'assigning'}
        .placeholder=${text(placeholder)}
        @choose=${(event: ComboboxEvent) => this.#send({ type: 'chooseTicket', value: event.value })}
      ></ccai-combobox>
      ${
        state === 'not-found'
          ? this.trouble(
              text('details.ticket.failed', { name }),
              failure,
              this.button(text('action.retry'), () => this.#send({ type: 'retryTickets' }), 'quiet'),
            )
          : nothing
      }
    `;
  }

  #send(command: SessionCommand): void {
    const sessionId = callView(this.panel.snapshot)?.choice?.sessionId;
    if (sessionId !== undefined) this.panel.send({ type: 'session', sessionId, command });
  }
}
