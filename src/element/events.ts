import type { DesktopEvent } from '../desktop/desktop-event.js';

type Detail<Type extends DesktopEvent['type']> = Omit<Extract<DesktopEvent, { type: Type }>, 'type' | 'preventDefault'>;

/** The details of the element's events, by type. */
export interface CcaiEventDetails {
  /** The panel is ready for use. */
  'ccai-ready': Record<string, never>;
  'ccai-status-change': Detail<'status-change'>;
  /** A dial request has filled in the form. Nothing is dialled yet. */
  'ccai-dial': Detail<'dial'>;
  /** The session with its phase, contact and ticket. */
  'ccai-session-change': Detail<'session-change'>;
  /** Cancelable. A page that cancels it opens the ticket itself. */
  'ccai-screen-pop': Detail<'screen-pop'>;
  'ccai-records-change': Detail<'records-change'>;
  'ccai-minimize': { minimized: boolean };
  'ccai-error': Detail<'error'>;
  /** Masked: contains no number, name or text of a person. */
  'ccai-log': Detail<'log'>;
}

/** An event of the element. It bubbles and crosses shadow roots. */
export class CcaiEvent<Type extends keyof CcaiEventDetails> extends CustomEvent<CcaiEventDetails[Type]> {
  declare readonly type: Type;

  constructor(type: Type, detail: CcaiEventDetails[Type]) {
    super(type, { detail, bubbles: true, composed: true, cancelable: type === 'ccai-screen-pop' });
  }
}

/** The event for a part of the panel that threw while rendering. */
export const notShown = (part: string, cause: unknown): CcaiEvent<'ccai-error'> =>
  new CcaiEvent('ccai-error', {
    code: 'not-shown',
    message: `A part of the panel could not be shown: ${part}.`,
    cause,
  });

type CcaiEventMap = { [Type in keyof CcaiEventDetails]: CcaiEvent<Type> };

declare global {
  // Merging an interface is the only way to extend this global type of the DOM.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface HTMLElementEventMap extends CcaiEventMap {}
}

/** Dispatches a desktop event on the element. */
export function dispatchDesktopEvent(element: EventTarget, { type, ...detail }: DesktopEvent): void {
  const { preventDefault, ...data } = detail as { preventDefault?: () => void };
  const event = new CcaiEvent(`ccai-${type}` as keyof CcaiEventDetails, data as never);
  if (!element.dispatchEvent(event)) preventDefault?.();
}
