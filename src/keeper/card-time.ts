import type { Settings } from '../domain/settings.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { sessionOf, type SessionEntry } from './session-entry.js';

/** Milliseconds after wrap-up in which the agent's note may still come. */
const patience = 90_000;
/** S16: the longest wrap-up, in milliseconds. */
const longestWrapUp = 3_600_000;
/** Milliseconds. The longest wait for an end card (R31). */
const longestCardWait = longestWrapUp + patience;

/**
 * R31: when the end card is due, after the event. Wrap-up lasts as long as the settings say, or until the platform's
 * time if that is later. `now` is when the keeper hears the event, because the platform's clock may differ.
 */
export function cardDueAfter(
  event: SessionEvent,
  { cardDue, known, waiting }: Pick<SessionEntry, 'cardDue' | 'known' | 'waiting'>,
  { calls }: Settings,
  now: number,
): number | undefined {
  // If no event has told the session, it counts as inbound.
  const direction = sessionOf({ known, waiting })?.direction ?? 'inbound';
  if (event.type === 'session.ended') return cardDue ?? now + calls.wrapUpSeconds[direction] * 1000 + patience;
  if (event.type !== 'session.wrap-up' || event.until === undefined || cardDue === undefined) return cardDue;
  const lasts = Date.parse(event.until) - Date.parse(event.at);
  return lasts > 0 ? Math.max(cardDue, now + Math.min(lasts, longestWrapUp) + patience) : cardDue;
}

/** Whether the card is due. A due time too far away comes from a clock that has gone back since. */
export const isPast = (cardDue: number | undefined, now: number): boolean =>
  cardDue === undefined || cardDue <= now || cardDue > now + longestCardWait;
