import { css, html, nothing, type PropertyValues } from 'lit';
import type { CorrectedChoice, CorrectionOffer, CorrectionQuestion } from '../../../domain/correction.js';
import { toFailure, type Failure } from '../../../domain/failure.js';
import { optionValue } from '../../../domain/ticket-choice.js';
import type { ComboboxEvent } from '../../parts/combobox-option.js';
import { addEnglish } from '../../locales/en.js';
import { enCorrection } from '../../locales/en-correction.js';
import { defineOnce } from '../../register.js';
import { screenStyles } from '../../styles/screen-styles.js';
import { chosenAmong, ticketOptions } from '../details/details-options.js';
import { PanelScreen } from '../panel-screen.js';

/**
 *   loading ─▶ open ─ a contact ─▶ looking ─▶ open ─ Assign ─▶ saving ─▶ (closed)
 *      │ ▲                           │ ▲                          │
 *      ▼ │ Retry                     ▼ │ Retry                    ▼
 *    failed                      not-found                 open, with the refusal
 */
type FormState = 'loading' | 'failed' | 'open' | 'looking' | 'not-found' | 'saving';

/** R35: A10's form, with Ticket ID, for a session that is recorded already. Fires `corrected` and `cancelled`. */
export class CorrectionForm extends PanelScreen {
  static override properties = {
    sessionId: {},
    _state: { state: true },
    _offer: { state: true },
    _contact: { state: true },
    _ticket: { state: true },
    _failure: { state: true },
  };
  static override styles = [
    screenStyles,
    css`
      :host {
        display: block;
        --_list-height: 8.5em;
      }
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--_2);
        padding: var(--_2) var(--_3) var(--_3);
        border: 1px solid var(--_edge);
        border-radius: var(--_radius);
        text-align: start;
      }
      h3 {
        font-weight: 600;
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_2);
      }
      .ways > * {
        flex: 1 1 96px;
      }
      .ways > .main {
        flex-grow: 2;
      }
    `,
  ];
  declare sessionId: string;
  declare protected _state: FormState;
  declare protected _offer: CorrectionOffer | undefined;
  declare protected _contact: string | undefined;
  declare protected _ticket: string | undefined;
  declare protected _failure: Failure | undefined;

  constructor() {
    super();
    this._state = 'loading';
  }

  protected override isShown(): boolean {
    return true;
  }

  override focusFirst(): void {
    this.renderRoot.querySelector<HTMLElement>('#title')?.focus();
  }

  protected override firstUpdated(): void {
    this.focusFirst();
    void this.#load();
  }

  /** Assign is in sight, as in A18. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has('_offer') || changed.has('_failure')) this.scrollIntoView({ block: 'end' });
  }

  protected override render() {
    const { text, panel, _offer: offer, _state: state } = this;
    return html`
      <section aria-labelledby="title" @keydown=${this.#onKeydown}>
        <h3 id="title" tabindex="-1">${text('correction.title')}</h3>
        ${state === 'loading' ? html`<p class="small" role="status">${text('correction.loading')}</p>` : nothing}
        ${
          state === 'failed'
            ? this.trouble(
                text('correction.not-loaded'),
                this._failure,
                isFinal(this._failure) ? nothing : this.button(text('action.retry'), () => void this.#load(), 'quiet'),
              )
            : nothing
        }
        ${
          offer
            ? html`
                <ccai-choice-list
                  .label=${text('details.contact')}
                  .options=${chosenAmong(panel.words, offer.contacts, panel.now())}
                  .value=${this._contact}
                  ?disabled=${state === 'saving'}
                  @choose=${this.#chooseContact}
                ></ccai-choice-list>
                ${this.#renderTicket(offer)}
              `
            : nothing
        }
        ${state === 'open' && this._failure ? this.trouble(text('correction.failed'), this._failure) : nothing}
        ${this.#isSame ? html`<p class="small" role="status">${text('correction.same')}</p>` : nothing}
        <div class="ways">
          ${this.button(text('action.cancel'), this.#cancel)}
          ${
            offer
              ? html`<button
                  type="button"
                  class="button main"
                  ?disabled=${state !== 'saving' && !this.#isComplete}
                  aria-disabled=${state === 'saving'}
                  @click=${() => void this.#assign()}
                >
                  ${text(state === 'saving' ? 'correction.saving' : 'correction.assign')}
                </button>`
              : nothing
          }
        </div>
      </section>
    `;
  }

  #renderTicket({ tickets, contacts }: CorrectionOffer) {
    const { text, panel, _state: state } = this;
    const looking = state === 'looking';
    const name = contacts.find(({ id }) => id === this._contact)?.name ?? '';
    return html`
      <ccai-combobox
        .label=${text('details.ticket')}
        .options=${looking ? [] : ticketOptions(panel.words, tickets.options, false, panel.now())}
        .value=${this._ticket}
        ?disabled=${state !== 'open'}
        .placeholder=${text(looking ? 'details.ticket.looking' : 'details.ticket.choose')}
        @choose=${(event: ComboboxEvent) => (this._ticket = event.value)}
      ></ccai-combobox>
      ${
        state === 'not-found'
          ? this.trouble(
              text('details.ticket.failed', { name }),
              this._failure,
              this.button(text('action.retry'), () => void this.#load(this._contact), 'quiet'),
            )
          : nothing
      }
    `;
  }

  get #isSame(): boolean {
    const { _offer: offer, _contact: contact, _ticket: ticket } = this;
    return ticket !== undefined && contact === offer?.contact && ticket === offer?.ticket;
  }

  get #isComplete(): boolean {
    return this._state === 'open' && this._contact !== undefined && this._ticket !== undefined && !this.#isSame;
  }

  readonly #chooseContact = ({ value }: ComboboxEvent): void => {
    if (value === this._contact && this._state !== 'not-found') return;
    this._contact = value;
    this._ticket = undefined;
    void this.#load(value);
  };

  /** Asks what can be chosen. An answer for a contact that is no longer chosen changes nothing. */
  async #load(contactId?: string): Promise<void> {
    this._state = this._offer ? 'looking' : 'loading';
    this._failure = undefined;
    try {
      const { sessionId } = this;
      const offer = (await this.#ask({
        ...{ type: 'correction', ask: 'offer', sessionId },
        ...(contactId !== undefined && { contactId }),
      })) as CorrectionOffer;
      if (contactId !== this._contact && contactId !== undefined) return;
      const { preselected } = offer.tickets;
      this._contact = contactId ?? offer.contact;
      const isThere = offer.tickets.options.some((option) => optionValue(option) === offer.ticket);
      this._ticket =
        this._contact === offer.contact && isThere ? offer.ticket : preselected && optionValue(preselected);
      this._offer = offer;
      this._state = 'open';
    } catch (error) {
      if (contactId !== undefined && contactId !== this._contact) return;
      this._failure = toFailure(error);
      this._state = this._offer ? 'not-found' : 'failed';
    }
  }

  async #assign(): Promise<void> {
    if (!this.#isComplete) return;
    const [contact, ticket, { after }] = [this._contact!, this._ticket!, this._offer!];
    this._state = 'saving';
    this._failure = undefined;
    try {
      const choice: CorrectedChoice = { contact: refOf(contact), ticket: refOf(ticket) };
      await this.#ask({ type: 'correction', ask: 'correct', sessionId: this.sessionId, after, choice });
      this.dispatchEvent(new Event('corrected'));
    } catch (error) {
      const failure = toFailure(error);
      // What was offered is out of date.
      await this.#load(contact);
      this._failure ??= failure;
    }
  }

  #ask(question: CorrectionQuestion): Promise<unknown> {
    return this.panel.desktop.correct(question);
  }

  readonly #cancel = (): void => void this.dispatchEvent(new Event('cancelled'));

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.#cancel();
  };
}

const refOf = (value: string): { id: string } | 'new' => (value === 'new' ? 'new' : { id: value });

/** Whether another try would be refused too. */
const isFinal = (failure: Failure | undefined): boolean =>
  ['not-here', 'not-yours', 'too-late'].includes(failure?.code ?? '');

/** Registers the form. Its words come with it. */
export function defineCorrectionForm(): void {
  addEnglish(enCorrection);
  defineOnce('ccai-correction-form', CorrectionForm);
}
