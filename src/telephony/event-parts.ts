import type { FieldValue } from '../domain/contact.js';
import type { Attachment, Durations } from '../domain/session.js';

// Reads parts of events that may be malformed, and keeps their valid parts.

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** R16: nested values become JSON texts instead of being dropped. */
export const valuesIn = (value: unknown): Readonly<Record<string, FieldValue>> =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fieldValue(one)])) : {};

function fieldValue(value: unknown): FieldValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

/** R27: the valid durations, in whole seconds. */
export function durationsIn(value: unknown): Partial<Durations> {
  const durations: Partial<Durations> = {};
  for (const name of ['total', 'talk', 'hold', 'wait'] as const) {
    const seconds = isObject(value) ? value[name] : undefined;
    if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0) durations[name] = Math.round(seconds);
  }
  return durations;
}

/** Reports a dropped value by its path below the part that is read. The path is empty if the whole part is dropped. */
export type Drop = (at: string) => void;

/** Whether the value is present. In JSON, null stands for a missing value. */
export const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

const attachmentParts: Readonly<Record<string, (value: unknown) => boolean>> = {
  url: (value) => typeof value === 'string',
  file: (value) => value instanceof Blob,
  size: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
};

/** R14: the attachments that have a name, because only these can be shown. Drops an invalid `url`, `file` or `size`. */
export function attachmentsIn(value: unknown, drop: Drop = () => undefined): readonly Attachment[] {
  if (!Array.isArray(value)) {
    if (isPresent(value)) drop('');
    return [];
  }
  return value.flatMap((one: unknown, index) => {
    if (!isObject(one) || typeof one['name'] !== 'string') {
      drop(String(index));
      return [];
    }
    const attachment = { ...one };
    for (const [part, isValid] of Object.entries(attachmentParts)) {
      const given: unknown = Reflect.get(one, part);
      if (isValid(given)) continue;
      if (isPresent(given)) drop(`${index}.${part}`);
      delete attachment[part];
    }
    return [attachment as unknown as Attachment];
  });
}
