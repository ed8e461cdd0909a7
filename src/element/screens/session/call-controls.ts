import { css, html, nothing, type TemplateResult } from 'lit';
import type { Capability } from '../../../telephony/telephony.js';
import { isAsked, type CallView } from '../../../machine/session/call-view.js';
import type { SessionAct } from '../../../machine/session/session-context.js';
import { callIcons } from '../../parts/call-icons.js';
import { icons } from '../../parts/icons.js';
import type { MessageKey } from '../../localize.js';

export type Sheet = 'keypad' | 'transfer' | 'details';

export interface Toggle {
  act: 'mute' | 'hold' | 'redact';
  needs: Capability;
  label: MessageKey;
  icon: unknown;
  isOn: (view: CallView) => boolean | undefined;
}

/** A4: the labels stay the same. `aria-pressed` and the colour show the state. */
const toggles: readonly Toggle[] = [
  { act: 'mute', needs: 'mute', label: 'live.mute', icon: callIcons.mute, isOn: ({ muted }) => muted },
  { act: 'hold', needs: 'hold', label: 'live.hold', icon: callIcons.hold, isOn: ({ held }) => held },
  {
    act: 'redact',
    needs: 'redact',
    label: 'live.redact',
    icon: callIcons.redact,
    isOn: ({ recordingPaused }) => recordingPaused,
  },
];

/** A16: without a recording there is nothing to redact. */
export const togglesOf = (view: CallView): readonly Toggle[] =>
  toggles.filter(({ act, needs }) => view.can(needs) && (act !== 'redact' || view.recording));

/** What the controls need of their screen. */
export interface Controls {
  text: (key: MessageKey) => string;
  act: (act: SessionAct) => void;
  open: (sheet: Sheet) => void;
  /** Whether the controls have no effect, because the call is over. */
  inert: boolean;
}

export const controlStyles = css`
  /* The controls stay visible and in place, however long the messages above are. */
  .controls {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: var(--_2);
    padding: var(--_2) var(--_4);
    border-top: 1px solid var(--_line);
  }
  /* A10: smaller controls leave room for the question. */
  .controls.compact {
    grid-template-columns: repeat(auto-fit, minmax(32px, 1fr));
    gap: var(--_1);
  }
  .compact .control {
    min-height: 36px;
  }
  /* A18: the controls beside Assign. */
  .choosing {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_2);
  }
  .choosing > .controls {
    flex: 1 1 176px;
    padding: 0;
    border: 0;
  }
  .choosing > .button {
    flex: 1 1 88px;
  }
  .control.end {
    color: var(--_bad);
  }
  .toggles {
    display: inline-flex;
    gap: var(--_1);
  }
  .toggles > .control {
    min-width: 32px;
    min-height: 32px;
  }
  .control {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 2px;
    min-height: 52px;
    padding: var(--_1) 2px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_ground);
    font-size: var(--_small);
    line-height: calc(16 / 12);
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .control:hover {
    background: var(--_hover);
  }
  .control[aria-pressed='true'] {
    border-color: var(--_accent-fill);
    background: var(--_accent-fill);
    color: var(--_on-accent);
    font-weight: 600;
  }
  :is(.controls, .actions)[inert] {
    opacity: 0.6;
  }
  .control[aria-busy='true'] {
    opacity: 0.6;
  }
  @media (forced-colors: active) {
    .control[aria-pressed='true'] {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

export const controlGroup = ({ text, inert }: Controls, compact: boolean, buttons: unknown): TemplateResult =>
  html`<div
    class="controls ${compact ? 'compact' : ''}"
    ?inert=${inert}
    role="group"
    aria-label=${text('live.controls')}
  >
    ${buttons}
  </div>`;

export const toggleButtons = (
  view: CallView,
  shown: readonly Toggle[],
  { text, act: send }: Controls,
  compact: boolean,
): readonly TemplateResult[] =>
  shown.map(({ act, label, icon, isOn }) => {
    const on = isOn(view) === true;
    return html`<button
      type="button"
      class="control"
      title=${text(label)}
      aria-pressed=${on}
      aria-busy=${isAsked(view, act)}
      @click=${() => send({ do: act, on: !on })}
    >
      ${icon}${word(text(label), compact)}
    </button>`;
  });

/** The buttons that open a sheet. */
export function sheetOpeners({ can, transfer }: CallView, { text, open }: Controls, compact: boolean) {
  const canTransfer = can('transfer-cold') || can('transfer-warm') || can('conference');
  const opener = (sheet: Sheet, label: MessageKey, icon: unknown) =>
    html`<button type="button" id=${sheet} class="control" title=${text(label)} @click=${() => open(sheet)}>
      ${icon}${word(text(label), compact)}
    </button>`;
  return html`${can('dtmf') ? opener('keypad', 'action.keypad', icons.keypad) : nothing}
  ${canTransfer && !transfer ? opener('transfer', 'live.transfer-add', callIcons.transfer) : nothing}
  ${opener('details', 'live.details', callIcons.info)}`;
}

const word = (label: string, compact: boolean) =>
  html`<span class=${compact ? 'visually-hidden' : ''}>${breakable(label)}</span>`;

/** Allows a line break after a slash. */
const breakable = (label: string) => label.split('/').map((part, at) => (at === 0 ? part : html`/<wbr />${part}`));
