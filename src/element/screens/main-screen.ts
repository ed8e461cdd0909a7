import { css, html } from 'lit';
import { screenOf } from '../../machine/agent/screen-view.js';
import { baseStyles, frameStyles } from '../styles/base-styles.js';
import { icons } from '../parts/icons.js';
import type { Panel } from '../panel-context.js';
import { PanelScreen } from './panel-screen.js';

/** The idle screen: the day so far, which loads after the first paint, and "Dial a number". */
export class MainScreen extends PanelScreen {
  static override styles = [
    baseStyles,
    frameStyles,
    css`
      :host {
        grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
      }
      .body {
        justify-content: safe center;
        align-items: center;
        text-align: center;
      }
      .body svg {
        width: 32px;
        height: 32px;
        color: var(--_edge);
        stroke-width: 1.25;
      }
      ccai-day-so-far {
        min-height: 44px;
      }
      .calm {
        display: grid;
        justify-items: center;
        gap: var(--_2);
        max-width: 100%;
      }
    `,
  ];

  protected override isShown({ snapshot }: Panel): boolean {
    return screenOf(snapshot) === 'main';
  }

  protected override shows({ crm }: Panel): readonly unknown[] {
    return [crm];
  }

  protected override render() {
    const { panel, text } = this;
    return html`
      <div class="body">
        <div class="calm">
          ${icons.phone}
          <h2 class="large">${text('main.idle')}</h2>
          <p class="small break">${text('main.hint', { crm: panel.crm })}</p>
          <ccai-day-so-far></ccai-day-so-far>
        </div>
      </div>
      <div class="footer">
        <ccai-records-line></ccai-records-line>
        <div class="actions">
          <button type="button" class="button main" data-first @click=${() => panel.dial({ from: 'adapter' })}>
            ${icons.keypad}${text('main.dial')}
          </button>
        </div>
      </div>
    `;
  }
}
