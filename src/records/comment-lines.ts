import type { FieldValue } from '../domain/contact.js';
import { linesOf, oneLine } from '../domain/one-line.js';

/** The lines of a comment. Text from outside never takes more than its own line. */
export type Lines = readonly string[];

/** Joins texts and lines. Leaves out missing parts, and removes line breaks in a text. */
export const lines = (...parts: readonly (string | Lines | false | undefined)[]): Lines =>
  parts.flatMap((part) => (typeof part === 'object' ? part : part ? [oneLine(part)] : []));

export const labelled = (label: string, value: string | undefined): string | false =>
  value !== undefined && value !== '' && `${label}: ${value}`;

/** A labelled text of several lines. Indents all lines but the first, so that none looks like a line of the comment. */
export function labelledText(label: string, text: string | undefined): Lines {
  if (!text) return [];
  const [first, ...more] = linesOf(text);
  return [`${label}: ${first}`, ...more.map((line) => `  ${line}`)];
}

/** One line `key: value` for each entry. */
export const pairs = (data: Readonly<Record<string, FieldValue>> = {}): Lines =>
  lines(...Object.entries(data).map(([key, value]) => `${key}: ${value ?? ''}`));
