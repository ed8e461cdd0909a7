import { own } from '../../domain/own.js';
import { defaultSettings, type Settings, type SettingsInput } from '../../domain/settings.js';

/** The form's content: the given settings, with typed values in place of the old ones. */
export type SettingsDraft = unknown;

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** The value at a path. Undefined if the path does not exist. */
export const valueAt = (tree: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>((at, key) => (isTree(at) ? own(at, key) : undefined), tree);

/**
 * A copy of the tree with another value at a path. `undefined` removes the key. A node that is no object becomes one.
 */
export function withValueAt(tree: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value ?? {};
  const copy: unknown = Array.isArray(tree) ? [...tree] : isTree(tree) ? { ...tree } : {};
  const next = rest.length > 0 ? withValueAt(valueAt(tree, [key]), rest, value) : value;
  if (next === undefined) delete (copy as Tree)[key];
  else Object.defineProperty(copy, key, { value: next, writable: true, enumerable: true, configurable: true });
  return copy;
}

/** Splits a dotted path into keys. A key may contain dots: the longest key that matches wins. */
export function keysOf(tree: unknown, path: string): readonly string[] {
  if (path === '') return [];
  const fits = (key: string) => path === key || path.startsWith(`${key}.`);
  const found = isTree(tree) ? Object.keys(tree).filter(fits) : [];
  const key = found.sort((a, b) => b.length - a.length)[0] ?? path.split('.')[0]!;
  return [key, ...keysOf(isTree(tree) ? own(tree, key) : undefined, path.slice(key.length + 1))];
}

/** The draft as input for `checkSettings`, which names each invalid value. */
export const inputOf = (draft: SettingsDraft): SettingsInput => draft as SettingsInput;

/** The typed lines of a list with their numbers, without blanks between digits. */
export const numberLinesOf = (text: string): readonly { line: number; value: string }[] =>
  text
    .split(/\r?\n/)
    .map((value, at) => ({ line: at + 1, value: value.replace(/[\s().\-\u2010-\u2015]/g, '') }))
    .filter(({ value }) => value !== '');

/** A whole number, or the typed text, which the check then refuses. */
export const numberOf = (text: string): number | string => (/^\d+$/.test(text.trim()) ? Number(text) : text);

/** The draft as complete settings: a missing or invalid value is replaced by its default. */
export const readable = (draft: SettingsDraft): Settings => fitTo(defaultSettings, draft) as Settings;

function fitTo(model: unknown, given: unknown): unknown {
  if (Array.isArray(model)) return Array.isArray(given) ? given : model;
  if (!isTree(model)) return typeof given === typeof model ? given : model;
  if (!isTree(given) || Array.isArray(given)) return model;
  const parts = Object.entries(model).map(([key, value]) => [key, fitTo(value, valueAt(given, [key]))] as const);
  return { ...given, ...Object.fromEntries(parts) };
}

/** Switches S3 off together with S2, which it needs. With S1 on, both count as off and keep their values. */
export function withoutStrayNewTicket(draft: SettingsDraft): SettingsDraft {
  const { tickets, outbound } = readable(draft);
  const stray = tickets.append && !outbound.promptForTicket && outbound.allowNewTicket;
  return stray ? withValueAt(draft, ['outbound', 'allowNewTicket'], false) : draft;
}
