import { own } from './own.js';
import { checkMerged, isTable, mergeSettings, type SettingsPath } from './settings-check.js';
import { defaultSettings, type Settings, type SettingsInput } from './settings.js';

/**
 * The settings to start with when `checkSettings` refuses some: valid values are kept, invalid ones replaced by
 * defaults. Recording is off, because the unreadable settings may forbid it (S14).
 */
export function usableSettings(...inputs: readonly (SettingsInput | undefined)[]): Settings {
  const usable = usableOf(mergeSettings(...inputs));
  return { ...usable, calls: { ...usable.calls, recording: false } };
}

/** Removes invalid values until the rest is valid. Removing one can make another invalid, so the check is repeated. */
function usableOf(merged: unknown, rounds = 20): Settings {
  const { settings, refused } = checkMerged(merged);
  if (settings) return settings;
  if (rounds === 0) return defaultSettings;
  const paths = refused.map(({ path }) => path);
  return usableOf(without(merged, defaultSettings, paths), rounds - 1);
}

/**
 * Replaces the values at the paths by defaults. A value without a default is left out. If the table lacks the
 * refused key, the table's default replaces the table.
 */
function without(value: unknown, byDefault: unknown, paths: readonly SettingsPath[]): unknown {
  const within = (key: PropertyKey) =>
    paths.filter(([first]) => String(first) === String(key)).map(([, ...rest]) => rest);
  if (paths.some(({ length }) => length === 0)) return byDefault;
  if (Array.isArray(value))
    return value.map((item: unknown, at) => without(item, undefined, within(at))).filter((item) => item !== undefined);
  if (!isTable(value)) return value;
  const kept = new Map(Object.entries(value));
  for (const key of new Set(paths.map(([first]) => String(first)))) {
    const standard = isTable(byDefault) ? own(byDefault, key) : undefined;
    const good = without(own(value, key), standard, within(key));
    if (good !== undefined) kept.set(key, good);
    else if (!kept.delete(key)) return byDefault;
  }
  return Object.fromEntries(kept);
}
