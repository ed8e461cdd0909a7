import { css, html, nothing, type TemplateResult } from 'lit';
import { crmStyles } from './crm-styles.js';
import { drawerStyles } from './drawer-styles.js';
import { selectField } from './select-field.js';
import { actGroups, type Act, type ActGroup, type Callers } from './platform-acts.js';
import { recentSessions, sessionWords } from './session-words.js';
import { sampleDirectory } from '../src/simulator/index.js';
import { toneFile } from './tone.js';
import { DemoElement } from './demo-element.js';

/** Callers from the sample contacts. */
const callers: Callers = {
  one: { label: 'Mia Chen', number: '+14155552671' },
  several: { label: 'Hollis Cycles', number: '+14155550132' },
  identified: { name: 'Siobhán Ní Bhriain', identifier: 'usr_90127', number: '+442079460321' },
  mailed: { name: 'Giulia Rossi', email: 'giulia.rossi@navigli.example' },
  unknownNumber: '+12125550177',
};
const groups = actGroups(callers);
const queues = sampleDirectory.filter(({ kind }) => kind === 'queue');

/** A button for each event that the platform can emit. */
export class DemoPlatform extends DemoElement {
  static override properties = {
    ...DemoElement.properties,
    answered: { state: true },
    queueId: { state: true },
    targetId: { state: true },
    chosen: { state: true },
    result: { state: true },
    problem: { state: true },
  };
  declare answered: boolean;
  declare queueId: string;
  declare targetId: string;
  /** The id of the session that the visitor chose. Empty: the newest session. */
  declare chosen: string;
  declare result: string;
  declare problem: string;

  constructor() {
    super();
    this.answered = false;
    this.queueId = queues[0]!.id;
    this.targetId = '102';
    this.chosen = '';
    this.result = '';
    this.problem = '';
  }

  protected override render() {
    const [beginning, during] = [groups.filter((one) => !one.forSession), groups.filter((one) => one.forSession)];
    return html`
      <div class="groups">
        ${beginning.map((group, at) => this.#group(group, at === 0 ? this.#queueAndAnswer() : nothing))}
      </div>
      <h3 class="part">During and after a call or chat</h3>
      ${this.#sessionField()}
      <div class="groups">
        ${during.map((group, at) => this.#group(group, at === 2 ? this.#targetField() : nothing))}
      </div>
      <div class="result">
        <p role="status">${this.result}</p>
        <p class="bad" role="alert">${this.problem}</p>
      </div>
    `;
  }

  #group({ title, acts, forSession }: ActGroup, before: TemplateResult | typeof nothing): TemplateResult {
    return html`<div class="group" role="group" aria-label=${title}>
      <h3>${title}</h3>
      ${before}
      <div class="row">
        ${acts.map(
          (act) =>
            html`<button
              class="button"
              ?disabled=${forSession && this.#sessionId === ''}
              @click=${() => this.#raise(act)}
            >
              ${act.label}
            </button>`,
        )}
      </div>
    </div>`;
  }

  #queueAndAnswer(): TemplateResult {
    const names = queues.map(({ id, path = [] }) => [id, path.join(' › ')] as const);
    return html`${selectField('Queue', names, this.queueId, (value) => (this.queueId = value))}
      <label class="choice">
        <input
          type="checkbox"
          .checked=${this.answered}
          @change=${(event: Event) => (this.answered = (event.target as HTMLInputElement).checked)}
        />Answer at once
      </label>
      ${this.#unavailable()}`;
  }

  /** A call that is not answered at once rings only at an agent who is Available. In a call it waits, as it should. */
  #unavailable(): TemplateResult | typeof nothing {
    const { status } = this.demo.telephony;
    if (this.answered || status === 'available' || status === 'in-call') return nothing;
    return html`<p class="row" role="status">
      <span>Nothing rings: the agent isn’t Available.</span>
      <button class="button" @click=${this.#goAvailable}>Go available</button>
    </p>`;
  }

  #goAvailable = async (): Promise<void> => {
    this.problem = '';
    try {
      await this.demo.telephony.setStatus('available');
    } catch (cause) {
      this.problem = `Not possible: ${(cause as Error).message}`;
    }
  };

  #sessionField(): TemplateResult {
    const { telephony } = this.demo;
    const sessions = recentSessions(telephony.sessions());
    if (!sessions.length)
      return html`<p class="muted">None yet. Start a call or chat above, or dial a number in the panel.</p>`;
    const names = sessions.map((one) => [one.id, sessionWords(one)] as const);
    return html`${selectField('Call or chat', names, this.#sessionId, (value) => (this.chosen = value))}
      <label class="choice">
        <input
          type="checkbox"
          .checked=${telephony.recordingFile !== undefined}
          @change=${(event: Event) => {
            telephony.recordingFile = (event.target as HTMLInputElement).checked ? toneFile : undefined;
          }}
        />Send recordings as files, not links
      </label>`;
  }

  #targetField(): TemplateResult {
    const names = sampleDirectory.map(({ id, kind, label }) => [id, `${label} (${kindWords[kind]})`] as const);
    return selectField('Transfer to', names, this.targetId, (value) => (this.targetId = value));
  }

  get #sessionId(): string {
    const ids = recentSessions(this.demo.telephony.sessions()).map(({ id }) => id);
    return ids.includes(this.chosen) ? this.chosen : (ids[0] ?? '');
  }

  #raise({ label, raise }: Act): void {
    const { id: queueId, path = [] } = queues.find(({ id }) => id === this.queueId)!;
    const { kind, id, label: name } = sampleDirectory.find((one) => one.id === this.targetId)!;
    this.problem = this.result = '';
    try {
      const newId = raise(this.demo.telephony, {
        sessionId: this.#sessionId,
        target: { kind, id, label: name },
        queue: { id: queueId, path },
        answered: this.answered,
      });
      if (newId) this.chosen = newId;
      this.result = `Done: ${label}`;
    } catch (cause) {
      this.problem = `Not possible: ${(cause as Error).message}`;
    }
    this.demo.changed();
  }

  static override styles = [
    crmStyles,
    drawerStyles,
    css`
      .groups {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr));
      }
      .part {
        margin: 20px 0 8px;
        padding-top: 12px;
        border-top: 1px solid var(--line);
      }
      .part + .field,
      .part + p {
        max-width: 420px;
      }
      .part ~ .choice,
      .part + p {
        margin: 8px 0 16px;
      }
      .group .row {
        margin-top: 4px;
      }
    `,
  ];
}

const kindWords = { queue: 'queue', agent: 'colleague', outside: 'outside number' } as const;

customElements.define('demo-platform', DemoPlatform);
