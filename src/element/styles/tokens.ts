import { css } from 'lit';

/**
 * The panel's tokens. A page overrides any of them on the element. Light and dark follow `color-scheme`. With forced
 * colours, the system's colours are used.
 */
export const tokens = css`
  :host {
    --_ground: var(--ccai-color-ground, light-dark(#ffffff, #1c1f23));
    --_raised: var(--ccai-color-raised, light-dark(#f6f7f8, #25292e));
    --_hover: var(--ccai-color-hover, light-dark(#eceef0, #2f343a));
    --_text: var(--ccai-color-text, light-dark(#1f2933, #eef0f2));
    --_muted: var(--ccai-color-muted, light-dark(#57626d, #a9b3bd));
    --_line: var(--ccai-color-line, light-dark(#dde1e5, #3a4047));
    --_edge: var(--ccai-color-edge, light-dark(#828d98, #7d8791));
    --_accent: var(--ccai-color-accent, light-dark(#1f5fbf, #8ab8ff));
    --_accent-fill: var(--ccai-color-accent-fill, light-dark(#1f5fbf, #2f6fd0));
    --_on-accent: var(--ccai-color-on-accent, #ffffff);
    --_accent-soft: var(--ccai-color-accent-soft, light-dark(#e8f0fc, #1f3350));
    --_good: var(--ccai-color-good, light-dark(#14713d, #6fd49a));
    --_good-fill: var(--ccai-color-good-fill, light-dark(#14713d, #1d8049));
    --_on-good: var(--ccai-color-on-good, #ffffff);
    --_bad: var(--ccai-color-bad, light-dark(#b3261e, #ff9d94));
    --_bad-fill: var(--ccai-color-bad-fill, light-dark(#b3261e, #c4372e));
    --_on-bad: var(--ccai-color-on-bad, #ffffff);
    --_bad-soft: var(--ccai-color-bad-soft, light-dark(#fdecea, #3b201e));
    --_warn: var(--ccai-color-warn, light-dark(#8a5300, #ffc46b));
    --_warn-soft: var(--ccai-color-warn-soft, light-dark(#fff4e0, #3a2e17));
    --_1: var(--ccai-space-1, 4px);
    --_2: var(--ccai-space-2, 8px);
    --_3: var(--ccai-space-3, 12px);
    --_4: var(--ccai-space-4, 16px);
    --_6: var(--ccai-space-6, 24px);
    --_radius: var(--ccai-radius, 6px);
    --_size: var(--ccai-font-size, 0.875rem);
    --_small: var(--ccai-font-size-small, 0.75rem);
    --_large: var(--ccai-font-size-large, 1.125rem);
  }
  @media (forced-colors: active) {
    :host {
      --_ground: Canvas;
      --_raised: Canvas;
      --_hover: Canvas;
      --_text: CanvasText;
      --_muted: CanvasText;
      --_line: CanvasText;
      --_edge: ButtonBorder;
      --_accent: LinkText;
      --_on-accent: Canvas;
      --_accent-soft: Canvas;
      --_good: ButtonText;
      --_on-good: ButtonFace;
      --_bad: ButtonText;
      --_on-bad: ButtonFace;
      --_bad-soft: Canvas;
      --_warn: CanvasText;
      --_warn-soft: Canvas;
    }
  }
`;
