import type { FieldValue } from '../domain/contact.js';
import { linesOf, oneLine } from '../domain/one-line.js';

/** What a comment says, a line each. No text from outside is more than the line that it is put on. */
export type Lines = readonly string[];

/** Plain lines, with those that are made already; what is not there leaves none. */
export const lines = (...parts: readonly (string | Lines | false | undefined)[]): Lines =>
  parts.flatMap((part) => (typeof part === 'object' ? part : part ? [oneLine(part)] : []));

export const labelled = (label: string, value: string | undefined): string | false =>
  value !== undefined && value !== '' && `${label}: ${value}`;

/** A longer text under its label: its further lines are set in, so that none of them reads as one of ours. */
export function labelledText(label: string, text: string | undefined): Lines {
  if (!text) return [];
  const [first, ...more] = linesOf(text);
  return [`${label}: ${first}`, ...more.map((line) => `  ${line}`)];
}

/** `key: value`, one a line. */
export const pairs = (data: Readonly<Record<string, FieldValue>> = {}): Lines =>
  lines(...Object.entries(data).map(([key, value]) => `${key}: ${value ?? ''}`));
