import { html, nothing, type TemplateResult } from 'lit';
import type { ActiveSession } from '../src/telephony/telephony.js';
import type { Outcome } from '../src/simulator/index.js';
import { mildDisorder } from '../src/simulator/index.js';
import { crmStyles } from './crm-styles.js';
import { drawerStyles } from './drawer-styles.js';
import { time } from './format.js';
import { sessionWords } from './session-words.js';
import { DemoElement } from './demo-element.js';

const outcomes: readonly { label: string; outcome: Outcome }[] = [
  { label: 'Answered', outcome: 'answered' },
  { label: 'Busy', outcome: 'busy' },
  { label: 'No answer', outcome: { outcome: 'no-answer', ringSeconds: 8 } },
  { label: 'Declined', outcome: 'rejected' },
  { label: 'Wrong number', outcome: 'wrong-number' },
  { label: 'Answered, then cut off', outcome: { outcome: 'dropped', talkSeconds: 8 } },
  { label: 'Keeps ringing', outcome: 'never-answers' },
  { label: 'Blocked: restricted number', outcome: 'restricted' },
  { label: 'Blocked: no microphone', outcome: 'microphone-denied' },
];
const nameOf = (outcome: Outcome | undefined): string => JSON.stringify(outcome ?? 'answered');

/** The outcome of the next call, what customers do in current calls, and faults of the platform. */
export class DemoCalls extends DemoElement {
  #refresh: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // A refused dial uses the chosen outcome without an event, so the drawer is rendered each second.
    this.#refresh = setInterval(() => this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#refresh);
  }

  protected override render() {
    return html`<div class="groups">
      <fieldset>
        <legend>Next outbound call</legend>
        ${outcomes.map(({ label, outcome }) => this.#outcome(label, outcome))}
      </fieldset>
      ${this.#current()} ${this.#platform()}
    </div>`;
  }

  #outcome(label: string, outcome: Outcome): TemplateResult {
    const { telephony } = this.demo;
    return html`<label class="choice">
      <input
        type="radio"
        name="next"
        .checked=${nameOf(telephony.next) === nameOf(outcome)}
        @change=${() => {
          telephony.next = outcome;
          this.demo.changed();
        }}
      />${label}
    </label>`;
  }

  #current(): TemplateResult {
    const running = this.demo.telephony.sessions().filter(({ phase }) => phase !== 'ended' && phase !== 'wrap-up');
    return html`<div class="group">
      <h3>Current calls and chats</h3>
      ${running.length ? running.map((session) => this.#session(session)) : html`<p class="muted">None. Dial a number in the panel.</p>`}
    </div>`;
  }

  #session(session: ActiveSession): TemplateResult {
    const { telephony } = this.demo;
    const { id, phase, since } = session;
    return html`<div class="card">
      <p>${sessionWords(session)} <span class="muted">since ${time(since)}</span></p>
      <div class="row">
        <button
          class="button"
          ?disabled=${phase === 'connected' || phase === 'offered'}
          @click=${() => telephony.pickUp(id)}
        >
          Customer picks up
        </button>
        <button class="button" @click=${() => telephony.hangUp(id)}>Customer hangs up</button>
      </div>
    </div>`;
  }

  #platform(): TemplateResult {
    const { demo } = this;
    const { telephony } = demo;
    return html`<div class="group">
      <h3>Phone system</h3>
      <div class="row">
        <button class="button" ?disabled=${demo.connectionDown} @click=${() => this.#drop(false)}>
          Drop connection
        </button>
        <button class="button" ?disabled=${demo.connectionDown} @click=${() => this.#drop(true)}>
          Drop connection and end call
        </button>
        <button class="button" ?disabled=${!demo.connectionDown} @click=${this.#restore}>Restore connection</button>
      </div>
      ${demo.connectionDown ? html`<p class="bad" role="status">The phone system is disconnected.</p>` : nothing}
      ${this.#check('Dialling gets no response', telephony.trouble.dial === 'never', (on) => {
        telephony.trouble = on ? { dial: 'never' } : {};
      })}
      ${this.#check('Events come late and twice', telephony.disorder.late > 0, (on) => {
        telephony.disorder = on ? mildDisorder : { late: 0, twice: 0, lost: 0, shuffled: 0 };
      })}
    </div>`;
  }

  #check(label: string, checked: boolean, set: (on: boolean) => void): TemplateResult {
    const change = (event: Event): void => {
      set((event.target as HTMLInputElement).checked);
      this.demo.changed();
    };
    return html`<label class="choice"><input type="checkbox" .checked=${checked} @change=${change} />${label}</label>`;
  }

  #drop(endCalls: boolean): void {
    this.demo.connectionDown = true;
    this.demo.telephony.drop({ endCalls });
    this.demo.changed();
  }

  #restore = (): void => {
    this.demo.connectionDown = false;
    this.demo.telephony.restore();
    this.demo.changed();
  };

  static override styles = [crmStyles, drawerStyles];
}

customElements.define('demo-calls', DemoCalls);
