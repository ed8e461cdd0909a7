import { css, html, nothing } from 'lit';
import type { LastCall } from '../../machine/leader/leader-state.js';
import { formatted, isolated } from '../formatted-number.js';
import { PanelScreen } from './panel-screen.js';
import { screenStyles } from '../styles/screen-styles.js';
import { whoIs } from '../unknown-person.js';

/** A3: the number of today's calls, and the last call. */
export class DaySoFar extends PanelScreen {
  static override styles = [
    screenStyles,
    css`
      /* A14: the place of both lines is kept. */
      :host {
        display: block;
        min-height: 44px;
      }
      .small {
        margin-top: var(--_3);
      }
    `,
  ];

  protected override isShown(): boolean {
    return true;
  }

  protected override updated(): void {
    const statistics = this.#statistics;
    if (statistics?.view.state === 'idle') statistics.send({ type: 'open' });
  }

  /** The platform's count has the calls of other devices too, and is the one that the options show. */
  get #statistics() {
    const { snapshot, desktop } = this.panel;
    const counts = snapshot.agent.context.opened?.profile.capabilities.includes('statistics');
    return counts ? desktop.list('statistics') : undefined;
  }

  protected override render() {
    const { panel, text } = this;
    const { callsToday, lastCall } = panel.snapshot.agent.context.leader;
    const counted = this.#statistics?.view.items.find(([name]) => name === 'calls')?.[1] ?? callsToday;
    if (counted === 0) return nothing;
    return html`<p class="small break">
      ${text('main.calls', { count: counted })}${lastCall ? html`<br />${this.#last(lastCall)}` : nothing}
    </p>`;
  }

  #last({ name, number = '', at }: LastCall): string {
    const { words } = this.panel;
    // A contact created from its number has the number as its name.
    const who =
      number && (!name || name === number)
        ? isolated(formatted(number))
        : whoIs({ name, number, session: undefined }, words);
    return words.text('main.last', { name: who, time: words.time(at) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ccai-day-so-far': DaySoFar;
  }
}
