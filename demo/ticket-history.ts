import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MemoryComment } from '../src/memory/index.js';
import { badgeStyles } from './badge-styles.js';
import { crmStyles } from './crm-styles.js';
import { timeAgo, moment } from './format.js';
import { demoIcons } from './icons.js';
import { avatar } from './parts.js';
import { attachmentView, recordingView } from './ticket-files.js';
import { ticketHistoryStyles } from './ticket-history-styles.js';
import { timelineOf, type HistoryEntry } from './ticket-timeline.js';
import { DemoElement } from './demo-element.js';

/** A ticket's comments and changes, the newest last. Entries that the call panel wrote are marked. */
export class TicketHistory extends DemoElement {
  static override properties = { ...DemoElement.properties, ticketId: {} };
  declare ticketId: string;
  /** The ticket and the number of its entries at the last rendering. */
  #shown = '';
  #isAtEnd = true;
  #size = '';

  protected override render() {
    const entries = timelineOf(this.demo, this.ticketId);
    return html`
      <div class="scroll" role="region" aria-label="History" tabindex="0">
        <h3 class="hidden">History</h3>
        <ol>
          ${repeat(
            entries,
            ({ id }) => id,
            (one) => html`<li>${one.comment ? this.#comment(one, one.comment) : this.#change(one)}</li>`,
          )}
        </ol>
      </div>
    `;
  }

  protected override firstUpdated(): void {
    const scroll = this.#scroll;
    scroll.addEventListener('scroll', () => {
      // A change of size also causes a scroll event, which says nothing about what the person wants to see.
      if (this.#size !== sizeOf(scroll)) return;
      this.#isAtEnd = scroll.scrollTop + scroll.clientHeight > scroll.scrollHeight - 24;
    });
    // When the size changes or a comment grows, the newest entry stays visible.
    const observer = new ResizeObserver(() => {
      this.#size = sizeOf(scroll);
      if (this.#isAtEnd) this.#scrollToEnd();
    });
    observer.observe(scroll);
    observer.observe(scroll.querySelector('ol')!);
  }

  protected override updated(): void {
    const now = `${this.ticketId} ${timelineOf(this.demo, this.ticketId).length}`;
    if (now === this.#shown) return;
    this.#shown = now;
    this.#scrollToEnd();
  }

  get #scroll(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.scroll')!;
  }

  #scrollToEnd(): void {
    this.#isAtEnd = true;
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  #comment(one: HistoryEntry, { body, recording, attachments, ...comment }: MemoryComment): TemplateResult {
    return html`
      <article class=${comment.public ? 'public' : 'internal'} data-adapter=${one.ours ? 'written' : nothing}>
        ${avatar(one.who)}
        <div>
          <p class="by">
            <strong dir="auto">${one.who}</strong>
            ${comment.public ? nothing : html`<span class="badge note">${demoIcons.lock}Internal</span>`}
            ${one.ours ? writtenByPanel : nothing} ${when(one)}
          </p>
          <p class="body break" dir="auto">${body}</p>
          ${recording ? recordingView(recording) : nothing} ${attachments?.map(attachmentView)} ${changesView(one)}
        </div>
      </article>
    `;
  }

  /** A write without a comment. */
  #change(one: HistoryEntry): TemplateResult {
    return html`<div class="change" data-adapter=${one.ours ? 'changed' : nothing}>
      <p class="by small"><strong dir="auto">${one.who}</strong> ${one.ours ? writtenByPanel : nothing} ${when(one)}</p>
      ${changesView(one)}
    </div>`;
  }

  static override styles = [crmStyles, badgeStyles, ticketHistoryStyles];
}

const writtenByPanel = html`<span class="badge mark">${demoIcons.phone}Written by the call panel</span>`;

const when = ({ at }: HistoryEntry): TemplateResult =>
  html`<time class="small muted" datetime=${at} title=${moment(at)}>${timeAgo(at)}</time>`;

const changesView = ({ changes, made }: HistoryEntry): TemplateResult | typeof nothing =>
  changes.length
    ? html`<dl class="changes small" aria-label=${made ? 'Made with' : 'Changed'}>
        ${changes.map(
          ({ label, value }) =>
            html`<div>
              <dt>${label}</dt>
              <dd><bdi>${value}</bdi></dd>
            </div>`,
        )}
      </dl>`
    : nothing;

const sizeOf = ({ clientHeight, scrollHeight }: Element): string => `${clientHeight}/${scrollHeight}`;

customElements.define('demo-ticket-history', TicketHistory);
