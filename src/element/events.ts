import type { DesktopEvent } from '../desktop/desktop-event.js';

type Told<Type extends DesktopEvent['type']> = Omit<Extract<DesktopEvent, { type: Type }>, 'type' | 'preventDefault'>;

/** What the element tells its page, by event. */
export interface CcaiEventDetails {
  /** The panel can be used. */
  'ccai-ready': Record<string, never>;
  'ccai-status-change': Told<'status-change'>;
  /** A dial request fills the form in; nothing is dialled yet. */
  'ccai-dial': Told<'dial'>;
  /** The session with its phase, contact and ticket. */
  'ccai-session-change': Told<'session-change'>;
  /** Cancelable: the page opens the ticket itself. */
  'ccai-screen-pop': Told<'screen-pop'>;
  'ccai-records-change': Told<'records-change'>;
  'ccai-minimize': { minimized: boolean };
  'ccai-error': Told<'error'>;
  /** Masked: no number, name or text of a person. */
  'ccai-log': Told<'log'>;
}

/** An event of the element: it bubbles, and leaves shadow roots. */
export class CcaiEvent<Type extends keyof CcaiEventDetails> extends CustomEvent<CcaiEventDetails[Type]> {
  declare readonly type: Type;

  constructor(type: Type, detail: CcaiEventDetails[Type]) {
    super(type, { detail, bubbles: true, composed: true, cancelable: type === 'ccai-screen-pop' });
  }
}

/** A part of the panel that could not be shown. */
export const notShown = (part: string, cause: unknown): CcaiEvent<'ccai-error'> =>
  new CcaiEvent('ccai-error', {
    code: 'not-shown',
    message: `A part of the panel could not be shown: ${part}.`,
    cause,
  });

type CcaiEventMap = { [Type in keyof CcaiEventDetails]: CcaiEvent<Type> };

declare global {
  // The way to add to a global interface of the DOM.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface HTMLElementEventMap extends CcaiEventMap {}
}

/** Tells a desktop's event to the page. */
export function tellPage(element: EventTarget, { type, ...detail }: DesktopEvent): void {
  const { preventDefault, ...told } = detail as { preventDefault?: () => void };
  const event = new CcaiEvent(`ccai-${type}` as keyof CcaiEventDetails, told as never);
  if (!element.dispatchEvent(event)) preventDefault?.();
}
