import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MemoryComment } from '../src/memory/index.js';
import { badgeStyles } from './badge-styles.js';
import { crmStyles } from './crm-styles.js';
import { ago, moment } from './format.js';
import { icons } from './icons.js';
import { avatar, personName } from './parts.js';
import { WorldElement } from './world-element.js';

/** What was written on a ticket, the newest last; what the adapter wrote is marked. */
export class TicketHistory extends WorldElement {
  static override properties = { ...WorldElement.properties, ticketId: {} };
  declare ticketId: string;
  #shown = '';
  #atEnd = true;
  #size = '';

  protected override render() {
    const comments = this.world.host.comments(this.ticketId);
    return html`
      <div class="scroll" role="region" aria-label="History" tabindex="0">
        <h3 class="hidden">History</h3>
        <ol>
          ${repeat(
            comments,
            ({ id }) => id,
            (comment) => html`<li>${this.#comment(comment)}</li>`,
          )}
        </ol>
      </div>
    `;
  }

  protected override firstUpdated(): void {
    const scroll = this.#scroll;
    scroll.addEventListener('scroll', () => {
      // Only a person's scrolling counts, not what a change of size does.
      if (this.#size !== sizeOf(scroll)) return;
      this.#atEnd = scroll.scrollTop + scroll.clientHeight > scroll.scrollHeight - 24;
    });
    // Room that comes or goes, or a comment that grows, leaves the newest in sight.
    const observer = new ResizeObserver(() => {
      this.#size = sizeOf(scroll);
      if (this.#atEnd) this.#toEnd();
    });
    observer.observe(scroll);
    observer.observe(scroll.querySelector('ol')!);
  }

  protected override updated(): void {
    const now = `${this.ticketId} ${this.world.host.comments(this.ticketId).length}`;
    if (now === this.#shown) return;
    this.#shown = now;
    this.#toEnd();
  }

  get #scroll(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.scroll')!;
  }

  #toEnd(): void {
    this.#atEnd = true;
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
  }

  #comment(comment: MemoryComment): TemplateResult {
    const { authorId, body, createdAt, recording, attachments } = comment;
    const name = personName(this.world, authorId);
    const ours = this.world.host.writtenByAdapter(comment);
    return html`
      <article class=${comment.public ? 'public' : 'internal'} data-adapter=${ours ? 'written' : nothing}>
        ${avatar(name)}
        <div>
          <p class="by">
            <strong dir="auto">${name}</strong>
            ${comment.public ? nothing : html`<span class="badge note">${icons.lock}Internal</span>`}
            ${ours ? html`<span class="badge mark">${icons.phone}Written by the call panel</span>` : nothing}
            <time class="small muted" datetime=${createdAt} title=${moment(createdAt)}>${ago(createdAt)}</time>
          </p>
          <p class="body break" dir="auto">${body}</p>
          ${
            recording?.url
              ? html`<p class="small"><a href=${recording.url}>Recording, ${recording.durationSeconds} s</a></p>`
              : nothing
          }
          ${attachments?.map(({ name: file }) => html`<p class="small muted">${file}</p>`)}
        </div>
      </article>
    `;
  }

  static override styles = [
    crmStyles,
    badgeStyles,
    css`
      :host {
        display: block;
        min-height: 0;
      }
      .scroll {
        height: 100%;
        padding: 16px 20px;
        overflow: auto;
      }
      .scroll:focus-visible {
        outline-offset: -3px;
      }
      ol {
        display: grid;
        gap: 10px;
        max-width: 760px;
      }
      article {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 12px;
        padding: 12px 14px;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--card);
      }
      .internal {
        border-color: var(--note-line);
        background: var(--note);
      }
      .by {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 8px;
      }
      .by strong {
        font-weight: 600;
      }
      .by time {
        margin-inline-start: auto;
      }
      .badge {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        line-height: 18px;
      }
      .badge svg {
        width: 11px;
        height: 11px;
      }
      .badge.note {
        background: light-dark(#f5e6b8, #4a3f1d);
        color: light-dark(#5f4700, #f2dc9a);
      }
      .body {
        white-space: pre-wrap;
        margin-top: 2px;
      }
      [data-adapter] .body {
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
}

const sizeOf = ({ clientHeight, scrollHeight }: Element): string => `${clientHeight}/${scrollHeight}`;

customElements.define('demo-ticket-history', TicketHistory);
