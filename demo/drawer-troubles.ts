import { html, nothing, type TemplateResult } from 'lit';
import type { Failure, Operation, Trouble } from '../src/memory/index.js';
import { selectField } from './select-field.js';
import { crmStyles } from './crm-styles.js';
import { drawerStyles } from './drawer-styles.js';
import { DemoElement } from './demo-element.js';

const operations: Readonly<Record<string, string>> = {
  '*': 'Everything',
  findContacts: 'Find contacts',
  findTickets: 'Find tickets',
  getContact: 'Read contact',
  getTicket: 'Read ticket',
  createContact: 'Create contact',
  createTicket: 'Create ticket',
  writeTickets: 'Write to tickets',
  openTicket: 'Open ticket',
  listFields: 'List fields',
  saveSettings: 'Save settings',
};

const failures: Readonly<Record<Failure, string>> = {
  offline: 'no connection',
  'rate-limited': 'too many requests',
  unauthorized: 'signed out',
  forbidden: 'no permission',
  'not-found': 'not found',
  conflict: 'changed by someone else',
  invalid: 'rejected',
  unavailable: 'unavailable',
  timeout: 'no response in time',
  never: 'never responds',
  nonsense: 'responds with nonsense',
  late: 'takes effect after a time-out',
};

/** R11: the limits for a file in the CRM, in bytes. A second of the demo's recordings has 8,000 bytes. */
const uploadLimits: readonly (readonly [bytes: string, words: string])[] = [
  ['', 'No limit'],
  ['1000000', '1 MB: larger ones are split'],
  ['20000', '20 kB: recordings over 2 seconds are split'],
];

/** The faults of the CRM. They last until the visitor switches them off. */
export class DemoTroubles extends DemoElement {
  static override properties = { ...DemoElement.properties, operation: { state: true }, failure: { state: true } };
  declare operation: Operation | '*';
  declare failure: Failure;

  constructor() {
    super();
    this.operation = 'findTickets';
    this.failure = 'unavailable';
  }

  protected override render() {
    const { latencyMs, rate, loseAnswers } = this.demo.host.trouble;
    return html`<div class="groups">
      <div class="group">
        <h3>Responses</h3>
        ${this.#slider('Response time', latencyMs, 5000, 100, 'ms', (value) => this.#set({ latencyMs: value }))}
        ${this.#slider('Failure rate', Math.round(rate * 100), 100, 5, '% of requests', (value) =>
          this.#set({ rate: value / 100 }),
        )}
        <label class="choice">
          <input
            type="checkbox"
            .checked=${loseAnswers}
            @change=${(event: Event) => this.#set({ loseAnswers: (event.target as HTMLInputElement).checked })}
          />Writes succeed, but the response is lost
        </label>
        ${selectField('Largest file', uploadLimits, String(this.demo.host.uploadLimitBytes ?? ''), (bytes) =>
          this.demo.host.limitUploads(bytes === '' ? undefined : Number(bytes)),
        )}
      </div>
      ${this.#failing()} ${this.#session()}
    </div>`;
  }

  #slider(label: string, value: number, max: number, step: number, unit: string, set: (value: number) => void) {
    const input = (event: Event): void => set(Number((event.target as HTMLInputElement).value));
    return html`<label class="field">
      <span>${label} <strong class="digits">${value} ${unit}</strong></span>
      <input
        type="range"
        min="0"
        max=${max}
        step=${step}
        .value=${String(value)}
        aria-valuetext=${`${value} ${unit}`}
        @input=${input}
      />
    </label>`;
  }

  #failing(): TemplateResult {
    const { fail } = this.demo.host.trouble;
    const named = Object.entries(fail) as [Operation | '*', Failure][];
    return html`<div class="group">
      <h3>Faults</h3>
      ${selectField('Request', Object.entries(operations), this.operation, (value) => (this.operation = value as Operation | '*'))}
      ${selectField('Fault', Object.entries(failures), this.failure, (value) => (this.failure = value as Failure))}
      <div class="row">
        <button class="button" @click=${() => this.#set({ fail: { ...fail, [this.operation]: this.failure } })}>
          Add fault
        </button>
      </div>
      <ul class="group" aria-label="Active faults">
        ${named.map(
          ([operation, failure]) =>
            html`<li class="row">
              <span class="bad">${operations[operation] ?? operation}: ${failures[failure]}</span>
              <button class="button" @click=${() => this.#repair(operation)}>
                Remove<span class="hidden"> ${operations[operation]}</span>
              </button>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  #session(): TemplateResult {
    const { host, records } = this.demo;
    return html`<div class="group">
      <h3>Sign-in</h3>
      <div class="row">
        ${
          host.signedIn
            ? html`<button class="button" @click=${() => host.signOut()}>Sign out of the CRM</button>`
            : html`<button class="button main" @click=${() => void host.signIn()}>Sign in</button>`
        }
        <button class="button" @click=${this.#reset}>Remove all faults</button>
      </div>
      <p class="muted">
        ${host.signedIn ? 'Signed in.' : 'Signed out. The CRM refuses every request.'}
        ${records.waiting ? `${records.waiting} waiting to be saved.` : nothing}
        ${records.failed ? `${records.failed} failed.` : nothing}
      </p>
    </div>`;
  }

  #repair(operation: Operation | '*'): void {
    const { [operation]: _, ...fail } = this.demo.host.trouble.fail;
    this.#set({ fail });
  }

  #set(change: Partial<Trouble>): void {
    this.demo.host.trouble = { ...this.demo.host.trouble, ...change };
    this.demo.changed();
  }

  #reset = (): void => {
    this.demo.host.trouble = {};
    this.demo.host.limitUploads(undefined);
    void this.demo.host.signIn();
  };

  static override styles = [crmStyles, drawerStyles];
}

customElements.define('demo-troubles', DemoTroubles);
