import type { RecordLinks } from '../domain/record-fact.js';
import type { RecordsCount } from '../machine/agent/agent-context.js';
import type { DialRequest } from '../domain/dial.js';
import type { Session } from '../domain/session.js';

/** An event for the page. A `log` event is masked: it has no number, name or text of a person. */
export type DesktopEvent =
  | { type: 'ready' }
  | { type: 'status-change'; status: string; next?: string }
  | { type: 'dial'; request: DialRequest }
  | ({ type: 'session-change'; session: Session; phase: string } & RecordLinks)
  | { type: 'screen-pop'; ticketId: string; sessionId: string; preventDefault: () => void }
  | ({ type: 'records-change' } & RecordsCount)
  | { type: 'error'; code: string; message: string; cause?: unknown }
  | { type: 'log'; level: 'info' | 'warning' | 'error'; message: string };
