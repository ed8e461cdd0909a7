import type { FieldValue } from '../domain/contact.js';
import type { Attachment, Durations } from '../domain/session.js';

/** Of a part of an event that is not what the platform promises, what can be kept. */

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** R16: what is nested is written as JSON rather than dropped. */
export const valuesIn = (value: unknown): Readonly<Record<string, FieldValue>> =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fieldValue(one)])) : {};

function fieldValue(value: unknown): FieldValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

/** R27: a figure that is no figure is left out. Whole seconds. */
export function durationsIn(value: unknown): Partial<Durations> {
  const figures: Partial<Durations> = {};
  for (const name of ['total', 'talk', 'hold', 'wait'] as const) {
    const figure = isObject(value) ? value[name] : undefined;
    if (typeof figure === 'number' && Number.isFinite(figure) && figure >= 0) figures[name] = Math.round(figure);
  }
  return figures;
}

/** Hears the way to what was left out, below the part that was read; empty: the whole of it. */
export type Drop = (at: string) => void;

/** Null is how JSON says that there is nothing. */
export const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
const attachmentParts: Readonly<Record<string, (value: unknown) => boolean>> = {
  url: (value) => typeof value === 'string',
  file: (value) => value instanceof Blob,
};

/** R14: a file without a name cannot be shown; what is no file and no address is not stored as one. */
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
    for (const [part, holds] of Object.entries(attachmentParts)) {
      const told: unknown = Reflect.get(one, part);
      if (holds(told)) continue;
      if (isPresent(told)) drop(`${index}.${part}`);
      delete attachment[part];
    }
    return [attachment as unknown as Attachment];
  });
}
