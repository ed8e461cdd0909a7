import type { Iso } from '../domain/contact.js';
import { filled } from '../domain/filled.js';
import { oneLine } from '../domain/one-line.js';
import { own } from '../domain/own.js';
import { loadPhoneNumbers } from '../domain/phone-loader.js';
import { en } from './words/en.js';
import type { RecordWords, WordKey } from './words/record-words.js';

/** What the rules need to write for people (S17, R33). The keeper makes one for each event. */
export interface Writing {
  words: RecordWords;
  /** An IANA time zone. */
  timeZone: string;
  /** Formats an E.164 number as people write it. */
  phone: (number: string) => string;
  /** R33: the names of colleagues, by their ids in the CRM. */
  names: Readonly<Record<string, string>>;
  /** Whether a comment may have another author than the signed-in user. */
  authors: boolean;
}

/** R33: the format for numbers. Without the phone-number functions, numbers stay as they are. */
export async function loadPhoneFormat(): Promise<Writing['phone']> {
  const phones = await loadPhoneNumbers().catch(() => undefined);
  return (number) => phones?.formatPhoneNumber(number) ?? number;
}

/** Writes in English and in UTC, with numbers in E.164. */
export const plainWriting: Writing = {
  words: en,
  timeZone: 'UTC',
  phone: (number) => number,
  names: {},
  authors: true,
};

export const say = ({ words }: Writing, key: WordKey, values: Readonly<Record<string, string | number>> = {}): string =>
  filled(words[key], values);

/** The time of day: `10:06`, or `10:06:21` with seconds. A text that is no time is returned unchanged. */
export const timeText = (at: Iso, writing: Writing, seconds = false): string =>
  formatted(at, writing, { hour: '2-digit', minute: '2-digit', ...(seconds && { second: '2-digit' }) });

/** Day and time: `Mar 2, 2026, 10:06`. A text that is no time is returned unchanged. */
export const dayAndTime = (at: Iso, writing: Writing): string =>
  formatted(at, writing, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** The day: `Mar 2, 2026`. A text that is no time is returned unchanged. */
export const dayText = (at: Iso, writing: Writing): string =>
  formatted(at, writing, { day: 'numeric', month: 'short', year: 'numeric' });

/** A size in bytes: `1.2 MB`. */
export function sizeText(bytes: number, { words }: Writing): string {
  const isLarge = bytes >= 1_000_000;
  const unit = isLarge ? 'megabyte' : 'kilobyte';
  const value = isLarge ? bytes / 1_000_000 : Math.max(1, Math.round(bytes / 1000));
  return new Intl.NumberFormat(words.locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}

/** The day as `2026-03-02`. A text that is no time is cut to ten characters. */
export function isoDay(at: Iso, { timeZone }: Writing): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at.slice(0, 10);
  // Swedish writes days in the form of ISO 8601.
  return new Intl.DateTimeFormat('sv', { timeZone }).format(time);
}

function formatted(at: Iso, { words, timeZone }: Writing, options: Intl.DateTimeFormatOptions): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  return new Intl.DateTimeFormat(words.locale, { ...options, hourCycle: 'h23', timeZone }).format(time);
}

/** Formats seconds as `1 min 54 s`. The units are the same in all languages. */
export function lengthText(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts: readonly (readonly [value: number, unit: string])[] = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ];
  return (
    parts
      .filter(([value]) => value > 0)
      .map(([value, unit]) => `${value} ${unit}`)
      .join(' ') || '0 s'
  );
}

const control = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * A name from outside, on one line. It cannot turn the text around it: direction marks are removed, and a name in a
 * right-to-left script is isolated.
 */
export function nameText(name: string): string {
  const plain = oneLine(name).replace(control, '').trim();
  return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** R33: the colleague's name, never an id. */
export const colleague = (id: string, writing: Writing): string =>
  nameText(own(writing.names, id) ?? writing.words['who.colleague']);

/** A language by its name: `English`. A code that `Intl` does not know is returned unchanged. */
export function languageText(code: string, { words }: Writing): string {
  try {
    return new Intl.DisplayNames([words.locale], { type: 'language' }).of(code) ?? code;
  } catch {
    return oneLine(code);
  }
}

/** R32: a recording as one line: its length, unless it is zero, and its link. */
export function recordingText(
  { url, durationSeconds }: { url?: string; durationSeconds: number },
  writing: Writing,
): string {
  const length = durationSeconds >= 1 ? lengthText(durationSeconds) : undefined;
  const key = `recording.${url ? 'link' : 'file'}${length === undefined ? '-only' : ''}` as const;
  return say(writing, key, { length: length ?? '', url: oneLine(url ?? '') });
}
