import { css, html, nothing, type TemplateResult } from 'lit';
import { callView } from '../../../machine/session/call-view.js';
import type { ChoiceView } from '../../../machine/session/choice-view.js';
import type { SessionCommand } from '../../../machine/session/session-context.js';
import { screenStyles } from '../../styles/screen-styles.js';
import type { ComboboxEvent } from '../../parts/combobox-option.js';
import { chosenAmong, ticketOptions } from '../details/details-options.js';
import type { MessageKey } from '../../localize.js';
import type { Panel } from '../../panel-context.js';
import { PanelScreen } from '../panel-screen.js';

/** A10: the button that confirms the choice. */
export function assignButton(view: ChoiceView, text: (key: MessageKey) => string, assign: () => void): TemplateResult {
  const busy = view.state === 'assigning';
  const incomplete = view.contact === undefined || (view.asksTicket && view.ticket === undefined);
  return html`<button
    type="button"
    class="button main"
    ?disabled=${!busy && (incomplete || view.state === 'looking')}
    aria-disabled=${busy}
    @click=${() => busy || assign()}
  >
    ${text(busy ? 'choice.assigning' : 'choice.assign')}
  </button>`;
}

/** A10, A18: asks for the contact if several have the number, and with S2 for the ticket too. */
export class RecordChoiceForm extends PanelScreen {
  static override properties = { bare: { type: Boolean, reflect: true } };
  static override styles = [
    screenStyles,
    css`
      :host {
        display: block;
      }
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--_2);
      }
      :host(:not([bare])) section {
        padding: var(--_3);
        border: 1px solid var(--_edge);
        border-radius: var(--_radius);
      }
      h3 {
        font-weight: 600;
      }
    `,
  ];
  /** The screen around it has Assign in its footer. */
  declare bare: boolean;

  constructor() {
    super();
    this.bare = false;
  }

  protected override isShown({ snapshot }: Panel): boolean {
    return callView(snapshot)?.choice !== undefined;
  }

  protected override render() {
    const { panel, text } = this;
    const view = callView(panel.snapshot)?.choice;
    if (!view) return nothing;
    return html`
      <section aria-labelledby="title">
        <div>
          <h3 id="title">${text('choice.who')}</h3>
          <p class="small break">${text('choice.without', { name: view.otherwise })}</p>
        </div>
        <ccai-choice-list
          id="contact"
          .label=${text('details.contact')}
          .options=${chosenAmong(panel.words, view.contacts, panel.now())}
          .value=${view.contact}
          ?disabled=${view.state === 'assigning'}
          @choose=${(event: ComboboxEvent) => this.#send({ type: 'chooseContact', value: event.value })}
        ></ccai-choice-list>
        ${view.asksTicket ? this.#renderTicket(view) : nothing}
        ${view.failure && view.state !== 'not-found' ? this.trouble(text('choice.failed'), view.failure) : nothing}
        ${this.bare ? nothing : assignButton(view, text, () => this.#send({ type: 'assign' }))}
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
