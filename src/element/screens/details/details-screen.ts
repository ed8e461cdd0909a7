import { languageName } from '../../formats.js';
import { html, nothing } from 'lit';
import { detailsView, takingBackOf, type DetailsView } from '../../../machine/outbound/form-view.js';
import { screenStyles, screenFrameStyles } from '../../styles/screen-styles.js';
import { mayEnterNumber } from '../../../machine/outbound/form.js';
import type { ComboboxEvent } from '../../parts/combobox-option.js';
import { contactOptions, numberOptions, selectedContact, ticketOptions } from './details-options.js';
import { missingText, noticeText } from './details-messages.js';
import { detailsStyles } from './details-styles.js';
import { formatted, isolated } from '../../formatted-number.js';
import { icons } from '../../parts/icons.js';
import { PanelScreen } from '../panel-screen.js';
import { readingText } from '../../reading-text.js';

const chosen = (event: ComboboxEvent) => event.value;

/** Outbound call details (F1): all decisions before Call. */
export class DetailsScreen extends PanelScreen {
  static override styles = [screenStyles, screenFrameStyles, detailsStyles];

  /** Whether the focus waits for the look-ups, which show the first undecided field. */
  #focusWaits = false;

  override focusFirst(): void {
    const { outbound } = this.panel.snapshot;
    if (!outbound) return;
    const [first] = detailsView(outbound).form.missing;
    this.#focusWaits = first?.code === 'looking-up';
    const fields: Partial<Record<string, string>> = {
      'entry-failed': '[role=alert] .button',
      'contacts-failed': '[role=alert] .button',
      'tickets-failed': '[role=alert] .button',
      contact: '#contact',
      ticket: '#ticket',
      language: '#language',
      'outbound-number': '#outbound',
    };
    const field = first ? (fields[first.code] ?? '#keypad') : '#call';
    const target = this.renderRoot.querySelector<HTMLElement>(field);
    target?.focus();
    target?.scrollIntoView({ block: 'nearest' });
  }

  protected override updated(): void {
    const { outbound } = this.panel.snapshot;
    // Scrolls to the message about an earlier call, which is at the top. Call was pressed at the bottom.
    if (outbound && takingBackOf(outbound)) this.renderRoot.querySelector('.body')?.scrollTo(0, 0);
    if (!this.#focusWaits || !outbound || detailsView(outbound).form.missing[0]?.code === 'looking-up') return;
    this.#focusWaits = false;
    // Moves the focus only if the person has not moved it meanwhile.
    if ((this.renderRoot as ShadowRoot).activeElement?.id === 'keypad') this.focusFirst();
  }

  protected override render() {
    const { panel, text } = this;
    const { outbound } = panel.snapshot;
    if (!outbound) return nothing;
    const view = detailsView(outbound);
    const { form, confirming, takingBack } = view;
    const ready = form.missing.length === 0;
    const unsaved = form.ticket.selected === 'none';
    return html`
      ${this.top(text('details.title'), () => panel.form({ type: 'back' }))}
      <div class="body" ?inert=${confirming} tabindex=${takingBack ? 0 : nothing}>
        ${takingBack ? this.#renderTakingBack(view) : this.#renderNotices(view)}
        <div class="fields" ?inert=${takingBack !== undefined}>
          ${this.#renderNumber(view)} ${this.#renderContact(view)} ${this.#renderTicket(view)}
          ${this.#renderLanguageAndNumber(view)}
        </div>
      </div>
      <div class="footer" ?inert=${confirming}>
        <div
          class="missing small break ${takingBack ? '' : unsaved ? 'unsaved' : ready ? 'ready' : ''}"
          id="missing"
          role="status"
        >
          ${this.#footerText(view)}
        </div>
        <div class="actions">
          ${this.button(text('action.cancel'), () => panel.form({ type: 'cancel' }))}
          <button
            type="button"
            id="call"
            class="button ${takingBack === 'unanswered' ? 'main' : 'good'}"
            aria-describedby="missing"
            aria-disabled=${takingBack === 'asking' ? 'true' : nothing}
            ?disabled=${!ready}
            @click=${() => panel.form({ type: takingBack ? 'retry' : 'call' })}
          >
            ${takingBack === 'unanswered' ? text('action.retry') : html`${icons.phone}${text('action.call')}`}
          </button>
        </div>
      </div>
      ${confirming ? this.#renderConfirmation(view) : nothing}
    `;
  }

  #footerText({ takingBack, form, context }: DetailsView): string {
    if (takingBack) return takingBack === 'asking' ? this.text('take-back.asking') : '';
    const missing = missingText(this.panel.words, form.missing[0], form, context);
    if (form.ticket.selected !== 'none') return missing;
    // A16
    return [this.text('details.unsaved'), ...(form.missing.length > 0 ? [missing] : [])].join(' ');
  }

  /** Shown while the platform cancels an earlier call, before the next one is dialled. */
  #renderTakingBack({ context, takingBack }: DetailsView) {
    const { text, panel } = this;
    const anyway = context.mayCallAnyway
      ? html`<p class="small">${text('take-back.anyway')}</p>
          ${this.button(text('confirm.call'), () => panel.form({ type: 'callAnyway' }), 'quiet')}`
      : nothing;
    if (takingBack === 'unanswered') return this.trouble(text('take-back.unanswered'), undefined, anyway);
    return anyway;
  }

  #renderNotices({ context, lookUps, search }: DetailsView) {
    const { panel } = this;
    const dialled =
      context.failure &&
      context.asked &&
      lookUps.entry !== 'failed' &&
      lookUps.contacts !== 'failed' &&
      lookUps.tickets !== 'failed' &&
      search !== 'failed';
    return html`
      ${
        lookUps.entry === 'failed'
          ? this.trouble(
              this.text('details.entry.failed'),
              context.failure,
              this.button(this.text('action.retry'), () => panel.form({ type: 'retry' }), 'quiet'),
            )
          : nothing
      }
      ${dialled ? this.trouble(this.text('call.dial.failed'), context.failure, nothing, 'dial') : nothing}
      ${context.notices.map(
        (notice, index) => html`
          <div class="message warn notice" role="alert">
            ${icons.warning}
            <div><span>${noticeText(panel.words, notice, panel.crm)}</span></div>
            <button
              type="button"
              class="button quiet icon-only"
              aria-label=${this.text('action.close')}
              @click=${() => panel.form({ type: 'closeNotice', index })}
            >
              ${icons.close}
            </button>
          </div>
        `,
      )}
    `;
  }

  #renderNumber({ form, context, lookUps }: DetailsView) {
    const { panel, text } = this;
    const { reading, number, entered, missing } = form;
    const shown = reading.state === 'number' ? formatted(reading.number, reading.extension) : number.text;
    const wrong = missing.some(({ code }) => code.startsWith('number-'));
    const keypad = () => panel.form({ type: 'openKeypad' });
    const name = form.contact.selected && form.contact.selected !== 'new' ? form.contact.selected.name : '';
    return html`
      <div class="field">
        <label class="label" for="number">${text('details.number')}</label>
        <div class="number">
          <input
            class="input digits"
            id="number"
            readonly
            dir="ltr"
            placeholder="(415) 123-4567"
            .value=${shown}
            title=${shown || nothing}
            aria-invalid=${wrong ? 'true' : nothing}
            aria-describedby=${wrong ? 'missing' : nothing}
            @click=${keypad}
          />
          ${
            number.offered.length > 0
              ? html`<ccai-combobox
                  compact
                  hideLabel
                  wide
                  .label=${text('details.number.of', { name })}
                  .options=${numberOptions(number.offered)}
                  .value=${number.offered.find(({ selected }) => selected)?.text}
                  @choose=${(event: ComboboxEvent) => panel.form({ type: 'chooseNumber', number: chosen(event) })}
                ></ccai-combobox>`
              : nothing
          }
          <button
            type="button"
            class="button"
            id="keypad"
            title=${text('action.keypad')}
            ?disabled=${lookUps.entry !== 'idle'}
            @click=${keypad}
          >
            ${icons.keypad}<span class="word">${text('action.keypad')}</span>
          </button>
        </div>
        ${
          reading.state === 'number' && !reading.valid
            ? html`<p class="small doubtful">${readingText(panel.words, reading, context.country).text}</p>`
            : nothing
        }
        ${
          mayEnterNumber(context)
            ? html`<label class="check ${entered.shown ? '' : 'unseen'}" ?inert=${!entered.shown}>
                <input
                  type="checkbox"
                  .checked=${entered.ticked}
                  ?disabled=${entered.ticked && !entered.canUntick}
                  @change=${(event: Event) => panel.form({ type: 'useEnteredNumber', on: (event.target as HTMLInputElement).checked })}
                />
                <span>${text('details.use-entered')}</span>
                ${entered.ticked ? html`<span class="small" aria-hidden="true">${text('details.use-entered.hint')}</span>` : nothing}
              </label>`
            : nothing
        }
      </div>
    `;
  }

  #renderContact({ form, context, lookUps, search }: DetailsView) {
    const { panel, text } = this;
    const { contact } = form;
    const isEntry = lookUps.entry !== 'idle';
    // The line is always there, so that a finished look-up moves nothing.
    const hint = contact.noneFound
      ? text('details.contact.none', { crm: panel.crm })
      : typeof contact.selected === 'object'
        ? contact.selected.email
        : undefined;
    const looking = isEntry || lookUps.contacts === 'looking' || search === 'looking';
    const options = contactOptions(panel.words, form, context);
    const selected = contact.selected === 'new' ? 'new' : contact.selected?.id;
    const hasMore = context.searchText ? context.nextFound !== undefined : context.nextContacts !== undefined;
    return html`
      <div class="field">
        <ccai-combobox
          id="contact"
          searchable
          .label=${text('details.contact')}
          .options=${options}
          .value=${selected}
          .shown=${selectedContact(options, contact.selected, text('details.contact.new'))}
          ?fixed=${contact.readOnly}
          ?loading=${looking}
          ?disabled=${isEntry}
          ?hasMore=${hasMore}
          .placeholder=${text(lookUps.entry === 'looking' || lookUps.contacts === 'looking' ? 'details.contact.looking' : 'details.contact.choose')}
          .loadingText=${text('details.contact.looking')}
          .failedText=${search === 'failed' ? text('details.search.failed') : ''}
          .retryText=${text('action.retry')}
          @retry=${() => panel.form({ type: 'retry' })}
          .emptyText=${context.searchText ? text('details.contact.not-found') : text('details.contact.none', { crm: panel.crm })}
          @search=${(event: ComboboxEvent) => panel.form({ type: 'searchContacts', text: event.value })}
          @choose=${(event: ComboboxEvent) => panel.form({ type: 'chooseContact', value: chosen(event) })}
          @more=${() => panel.form({ type: 'moreContacts' })}
        ></ccai-combobox>
        <p class="small cut hint" role="status" title=${hint || nothing}>${hint}</p>
        ${
          lookUps.contacts === 'failed' || search === 'failed'
            ? this.trouble(
                text(search === 'failed' ? 'details.search.failed' : 'details.contact.failed'),
                context.failure,
                this.button(text('action.retry'), () => panel.form({ type: 'retry' }), 'quiet'),
              )
            : nothing
        }
      </div>
    `;
  }

  #renderTicket({ form, context, lookUps }: DetailsView) {
    const { panel, text } = this;
    const { ticket, contact } = form;
    const asText = ticket.kind === 'text';
    const options = ticketOptions(panel.words, ticket.options, asText, panel.now());
    const selected =
      ticket.selected && (typeof ticket.selected === 'string' ? ticket.selected : ticket.selected.ticket.id);
    const { request } = context;
    const isEntry = lookUps.entry !== 'idle';
    const looking = lookUps.tickets === 'looking' || lookUps.entry === 'looking';
    // A14: the ticket that the request names is shown while it is looked up.
    const named =
      isEntry && 'ticketId' in request
        ? { value: request.ticketId, prefix: `#${request.ticketId}`, label: '' }
        : undefined;
    const name = contact.selected && contact.selected !== 'new' ? contact.selected.name : '';
    return html`
      <div class="field">
        <ccai-combobox
          id="ticket"
          .label=${text('details.ticket')}
          .options=${options}
          .value=${selected}
          .shown=${named}
          ?fixed=${asText}
          ?disabled=${!asText && (options.length === 0 || looking)}
          ?hasMore=${context.nextTickets !== undefined}
          .placeholder=${text(
            looking ? 'details.ticket.looking' : contact.selected ? 'details.ticket.choose' : 'details.ticket.first',
          )}
          @choose=${(event: ComboboxEvent) => panel.form({ type: 'chooseTicket', value: chosen(event) })}
          @more=${() => panel.form({ type: 'moreTickets' })}
        >
          ${
            ticket.changeable
              ? html`<button
                  slot="action"
                  type="button"
                  class="button quiet"
                  @click=${() => panel.form({ type: 'changeTicket' })}
                >
                  ${text('action.change')}
                </button>`
              : nothing
          }
        </ccai-combobox>
        ${
          lookUps.tickets === 'failed' && !isEntry
            ? this.trouble(
                text('details.ticket.failed', { name }),
                context.failure,
                this.button(text('action.retry'), () => panel.form({ type: 'retry' }), 'quiet'),
              )
            : nothing
        }
      </div>
    `;
  }

  #renderLanguageAndNumber({ form, context }: DetailsView) {
    const { panel, text } = this;
    const { words } = panel;
    return html`
      <div class="pair">
        ${
          context.profile.languages.length > 0
            ? html`<ccai-combobox
                id="language"
                .label=${text('details.language')}
                .options=${context.profile.languages.map((code) => ({ value: code, label: languageName(words, code) }))}
                .value=${context.language}
                .placeholder=${text('details.language.choose')}
                @choose=${(event: ComboboxEvent) => void this.#chooseLanguage(chosen(event))}
              ></ccai-combobox>`
            : nothing
        }
        <ccai-combobox
          id="outbound"
          wide
          .label=${text('details.outbound')}
          .options=${form.outboundNumbers.map(({ number, label }) => ({ value: number, label, details: [isolated(formatted(number))] }))}
          .value=${context.outboundNumber}
          .placeholder=${text('details.outbound.choose')}
          .error=${form.outboundNumbers.length === 0 ? text('details.outbound.none') : ''}
          @choose=${(event: ComboboxEvent) => panel.form({ type: 'chooseOutboundNumber', number: chosen(event) })}
        ></ccai-combobox>
      </div>
    `;
  }

  /** Focuses the outbound number if the language has cleared it. */
  async #chooseLanguage(language: string): Promise<void> {
    this.panel.form({ type: 'chooseLanguage', language });
    await new Promise((resolve) => setTimeout(resolve));
    await this.updateComplete;
    const { outbound } = this.panel.snapshot;
    if (outbound && outbound.context.outboundNumber === undefined)
      this.renderRoot.querySelector<HTMLElement>('#outbound')?.focus();
  }

  /** F14: the question after Call, before anything is dialled. */
  #renderConfirmation({ form }: DetailsView) {
    const { panel, text } = this;
    const { reading, number } = form;
    const shown = reading.state === 'number' ? formatted(reading.number) : number.text;
    return html`
      <ccai-panel-dialog
        .heading=${text('confirm.title')}
        .text=${text(`confirm.${number.confirm ?? 'premium'}`, { number: isolated(shown) })}
        .yes=${text('confirm.call')}
        .no=${text('action.cancel')}
        @yes=${() => panel.form({ type: 'confirm' })}
        @no=${() => panel.form({ type: 'decline' })}
      ></ccai-panel-dialog>
    `;
  }
}
