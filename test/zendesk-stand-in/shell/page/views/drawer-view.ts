import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { AuditLogEntry, Fault, FaultMatch } from '../../../control.js';
import { dialoutTo } from '../dialout.js';
import type { Shell } from '../shell.js';
import { colleaguesView } from './colleagues-view.js';
import { icon, moment, nameOf } from './pieces.js';
import { platformView } from './platform-view.js';

const writes: FaultMatch = { method: 'PUT', path: '^/api/v2/tickets/' };

const next: readonly (readonly [string, Fault, FaultMatch?])[] = [
  ['Request: 429, too many', { kind: 'status', status: 429, retryAfter: 5 }],
  ['Request: HTML error page', { kind: 'html', status: 502 }],
  ['Ticket update: cut after it is applied', { kind: 'cut-after' }, writes],
  ['Ticket update: cut, applied 5 s later', { kind: 'late', afterMs: 5000 }, writes],
];

function check(label: string, isOn: boolean, set: (on: boolean) => Promise<void>) {
  return html`<label class="check">
    <input
      type="checkbox"
      .checked=${live(isOn)}
      @change=${(event: Event) => void set((event.target as HTMLInputElement).checked)}
    />
    <span>${label}</span>
  </label>`;
}

function entryText(shell: Shell, { what, ticketId, userId, actor }: AuditLogEntry) {
  const about = ticketId ? ` #${ticketId}` : userId ? ` ${nameOf(shell, userId)}` : '';
  const who = Number(actor) ? nameOf(shell, Number(actor)) : actor;
  return html`<span class="what">${what}${about}</span><span class="who">${who}</span>`;
}

function logs(shell: Shell) {
  const entries = shell.watch.entries.slice(-12).reverse();
  const errors = shell.log.errors.slice(-12).reverse();
  return html`<section aria-labelledby="errors-title">
      <h2 id="errors-title">Protocol errors <span class="count">${shell.log.errors.length}</span></h2>
      ${
        errors.length === 0
          ? html`<p class="empty">None.</p>`
          : html`<ul class="log">
              ${errors.map((text) => html`<li>${text}</li>`)}
            </ul>`
      }
    </section>
    <section aria-labelledby="log-title">
      <h2 id="log-title">Last changes in the account</h2>
      ${
        entries.length === 0
          ? html`<p class="empty">None yet.</p>`
          : html`<ol class="log">
              ${entries.map((entry) => html`<li>${entryText(shell, entry)}${moment(entry.at)}</li>`)}
            </ol>`
      }
    </section>`;
}

/** The drawer: faults, acts and the log of changes. */
export function drawerView(shell: Shell) {
  const { conditions } = shell;
  return html`<header>
      <h1>Stand-in</h1>
      <button
        type="button"
        aria-label="Close the stand-in panel"
        @click=${() => {
          shell.isDrawerOpen = false;
          shell.update();
        }}
      >
        ${icon('close')}
      </button>
    </header>
    <section aria-labelledby="all-title">
      <h2 id="all-title">From now on</h2>
      ${check('Slow answers (2 s)', conditions.slow, (on) => conditions.set({ latencyMs: on ? 2000 : 0 }))}
      ${check('Search finds changes after 20 s', conditions.indexLags, (on) => conditions.set({ indexLagMs: on ? 20_000 : 0 }))}
      ${check('Signed out', conditions.signedOut, (on) => conditions.sign(on))}
      ${check('Voice plan missing', !conditions.voice, (on) => conditions.set({ voice: !on }))}
      <label class="field"
        >voice.dialout reaches
        <select @change=${(event: Event) => (shell.dialoutTo = dialoutTo((event.target as HTMLSelectElement).value))}>
          ${(
            [
              ['both', 'Both instances'],
              ['top_bar', 'The top bar only'],
              ['background', 'The background only'],
            ] as const
          ).map(([to, label]) => html`<option value=${to} ?selected=${to === shell.dialoutTo}>${label}</option>`)}
        </select>
      </label>
    </section>
    <section aria-labelledby="next-title">
      <h2 id="next-title">Once, for the next</h2>
      <div class="faults">
        ${next.map(
          ([label, fault, match]) =>
            html`<button type="button" @click=${() => void conditions.failNext(label, fault, match)}>${label}</button>`,
        )}
      </div>
      <p role="status">${conditions.next ? html`Set: ${conditions.next}` : nothing}</p>
    </section>
    ${platformView(shell)} ${colleaguesView(shell)} ${logs(shell)}`;
}
