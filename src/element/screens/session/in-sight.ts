// A16: what the agent should know about the call, beside its time.
import { css, html, nothing } from 'lit';
import type { CallView } from '../../../machine/session/call-view.js';
import type { Localizer } from '../../localize.js';
import { callIcons } from '../../parts/call-icons.js';
import { icons } from '../../parts/icons.js';

export const inSightStyles = css`
  .recording {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
  }
  .recording svg {
    color: var(--_bad);
  }
  .recording.paused svg {
    color: var(--_muted);
  }
  .quality {
    display: inline-flex;
    align-items: center;
    gap: var(--_1);
    color: var(--_warn);
  }
  /* As high as the words that they stand beside, so that nothing moves (A14). */
  :is(.quality, .recording) svg {
    margin-block: 0;
  }
  .small > :is(.quality, .recording) {
    vertical-align: top;
  }
`;

/** Says whether the platform records, while it could. */
export const recordingLine = ({ recording, phase, recordingPaused }: CallView, { text }: Localizer) =>
  recording && phase === 'connected'
    ? html`<span class="small recording ${recordingPaused ? 'paused' : ''}" role="status">
        ${recordingPaused ? callIcons.redact : callIcons.recording}${text(recordingPaused ? 'live.recording-paused' : 'live.recording')}
      </span>`
    : nothing;

/** The quality in words that explain themselves. A word that is unknown here is the platform's own. */
export function qualityOf({ phase, quality }: CallView, words: Localizer) {
  if (phase !== 'connected' || !quality) return undefined;
  const key = `quality.${quality}`;
  const isDoubtful = quality === 'fair' || quality === 'poor';
  return { words: words.has(key) ? words.text(key) : quality, isDoubtful };
}

/** A bad line takes the place of number and language, so that nothing below moves (A14). Details have both. */
export function whoLine(view: CallView, words: Localizer, parts: readonly unknown[]) {
  const quality = qualityOf(view, words);
  if (quality?.isDoubtful) return html`<span class="quality" role="status">${icons.warning}${quality.words}</span>`;
  const all = [...parts, quality?.words].filter((part) => part !== undefined && part !== '');
  return all.map((part, at) => html`${at > 0 ? ' · ' : nothing}${part}`);
}
