import { own } from '../../domain/own.js';
import { defaultSettings, type Settings, type SettingsInput } from '../../domain/settings.js';

/** What the form holds: the settings as they were given, with what was typed in their place. */
export type SettingsDraft = unknown;

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** The value at a path, as far as the tree goes. */
export const valueAt = (tree: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>((at, key) => (isTree(at) ? own(at, key) : undefined), tree);

/** The tree with another value at a path; `undefined` takes the key away. What is no group of settings becomes one. */
export function withValueAt(tree: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value ?? {};
  const copy: unknown = Array.isArray(tree) ? [...tree] : isTree(tree) ? { ...tree } : {};
  const next = rest.length > 0 ? withValueAt(valueAt(tree, [key]), rest, value) : value;
  if (next === undefined) delete (copy as Tree)[key];
  else Object.defineProperty(copy, key, { value: next, writable: true, enumerable: true, configurable: true });
  return copy;
}

/** The keys of a path that is written with dots, where keys may have dots themselves; the longest that fits wins. */
export function keysOf(tree: unknown, path: string): readonly string[] {
  if (path === '') return [];
  const fits = (key: string) => path === key || path.startsWith(`${key}.`);
  const found = isTree(tree) ? Object.keys(tree).filter(fits) : [];
  const key = found.sort((a, b) => b.length - a.length)[0] ?? path.split('.')[0]!;
  return [key, ...keysOf(isTree(tree) ? own(tree, key) : undefined, path.slice(key.length + 1))];
}

/** The draft as an input for `checkSettings`, which refuses by name whatever is none. */
export const inputOf = (draft: SettingsDraft): SettingsInput => draft as SettingsInput;

/** The lines of a list as a person wrote it, with their numbers; blanks between digits are no part of a number. */
export const linesOf = (text: string): readonly { line: number; value: string }[] =>
  text
    .split(/\r?\n/)
    .map((value, at) => ({ line: at + 1, value: value.replace(/[\s().\-\u2010-\u2015]/g, '') }))
    .filter(({ value }) => value !== '');

/** A whole number, or what was typed in place of one, so that it is refused and kept. */
export const numberOf = (text: string): number | string => (/^\d+$/.test(text.trim()) ? Number(text) : text);

/** Settings that can be read whatever was given: where a value is not of its kind, the default stands. */
export const readable = (draft: SettingsDraft): Settings => fitted(defaultSettings, draft) as Settings;

function fitted(model: unknown, given: unknown): unknown {
  if (Array.isArray(model)) return Array.isArray(given) ? given : model;
  if (!isTree(model)) return typeof given === typeof model ? given : model;
  if (!isTree(given) || Array.isArray(given)) return model;
  const parts = Object.entries(model).map(([key, value]) => [key, fitted(value, valueAt(given, [key]))] as const);
  return { ...given, ...Object.fromEntries(parts) };
}

/** S3 works only while S2 is on, so it goes off with it; with S1 both count as off and are left alone. */
export function withoutStrayNewTicket(draft: SettingsDraft): SettingsDraft {
  const { tickets, outbound } = readable(draft);
  const stray = tickets.append && !outbound.promptForTicket && outbound.allowNewTicket;
  return stray ? withValueAt(draft, ['outbound', 'allowNewTicket'], false) : draft;
}
