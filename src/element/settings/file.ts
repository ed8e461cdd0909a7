import { checkSettings, type SettingsProblem } from '../../domain/settings-check.js';
import type { Settings, SettingsInput } from '../../domain/settings.js';
import { saveFile } from '../save-file.js';

/** The content of a file: settings, or the reasons for refusing it. */
export type SettingsFile =
  | { ok: true; name: string; settings: Settings }
  | { ok: false; name: string; input: unknown; problems: readonly SettingsProblem[] };

/** Bytes. */
const maxSize = 1_000_000;

/** Reads an exported file. Never rejects. An empty list of problems means that it is no settings file. */
export async function readSettingsFile(file: File): Promise<SettingsFile> {
  const { name } = file;
  const input: unknown = file.size > maxSize ? undefined : await file.text().then(parsed, () => undefined);
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { ok: false, name, input, problems: [] };
  const check = checkSettings(input as SettingsInput);
  return check.ok ? { ok: true, name, settings: check.settings } : { ok: false, name, input, problems: check.problems };
}

/** Downloads the settings as a file. */
export function downloadSettings(settings: Settings): void {
  const file = new Blob([`${JSON.stringify(settings, null, 2)}\n`], { type: 'application/json' });
  saveFile(file, 'ccai-adapter-settings.json');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
