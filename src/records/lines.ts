import type { FieldValue } from '../domain/contact.js';

/** Plain lines; what is not there leaves none. */
export const lines = (...parts: readonly (string | false | undefined)[]): string => parts.filter(Boolean).join('\n');

export const labelled = (label: string, value: string | undefined): string | false =>
  value !== undefined && value !== '' && `${label}: ${value}`;

/** `key: value`, one a line. */
export const pairs = (data: Readonly<Record<string, FieldValue>> = {}): string =>
  lines(...Object.entries(data).map(([key, value]) => `${key}: ${value ?? ''}`));
