import type { AppPanes } from './app-panes.js';
import type { AppHost } from './protocol/app-host.js';

/** `number` is empty for "Enter new number". */
export interface Dialout {
  number: string;
  userId: number;
  ticketId: number | null;
}

/** The instances that receive the event. Observed accounts differ. */
export type DialoutTo = 'both' | 'top_bar' | 'background';

export const dialoutTo = (text: string | null): DialoutTo =>
  text === 'top_bar' || text === 'background' ? text : 'both';

/** True: an instance received it. A top bar pane that is not in the document receives nothing. */
export function raiseDialout(host: AppHost, panes: AppPanes, to: DialoutTo, dialout: Dialout) {
  const receivers = [to !== 'background' && panes.topBar, to !== 'top_bar' && panes.background];
  const heard = receivers.map((instance) => instance && host.emit(instance, 'voice.dialout', dialout));
  return heard.some(Boolean);
}
