import type { Iso } from './contact.js';

/** Formats a time for a comment: `2026-03-02 09:00:02 UTC`. A text that is no time is returned unchanged. */
export function utcTime(at: Iso): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Whether a text is a date of the calendar, `2026-03-02`. 31 February is none. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
