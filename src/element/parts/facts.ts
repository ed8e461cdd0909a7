import { css, html, type TemplateResult } from 'lit';
import type { MessageKey } from '../localize.js';

/** A known fact of a call, by name. */
export type Fact = readonly [name: MessageKey, value: unknown];

export const factStyles = css`
  dl {
    display: grid;
    gap: var(--_2);
    margin: 0;
  }
  dt {
    color: var(--_muted);
    font-size: var(--_small);
    line-height: calc(16 / 12);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
`;

/** Lists the facts that have a value. */
export const facts = (text: (name: MessageKey) => string, all: readonly Fact[]): TemplateResult =>
  html`<dl>
    ${all
      .filter(([, value]) => value)
      .map(
        ([name, value]) =>
          html`<div>
            <dt>${text(name)}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`;
