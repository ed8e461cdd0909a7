import type { FieldValue } from '../domain/contact.js';
import { oneLine } from '../domain/one-line.js';

/** The lines of a comment. Text from outside never takes more than its own line. */
export type Lines = readonly string[];

/** Joins texts and lines. Leaves out missing parts, and removes line breaks in a text. */
export const lines = (...parts: readonly (string | Lines | false | undefined)[]): Lines =>
  parts.flatMap((part) => (typeof part === 'object' ? part : part ? [oneLine(part)] : []));

/** One line `key: value` for each entry. */
export const pairs = (data: Readonly<Record<string, FieldValue>> = {}): Lines =>
  lines(...Object.entries(data).map(([key, value]) => `${key}: ${value ?? ''}`));
