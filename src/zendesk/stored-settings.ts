import { CrmError } from '../crm/crm-error.js';
import type { SettingsInput } from '../domain/settings.js';

/** The only parameter of the app's installation. It contains all settings as JSON. */
export const settingsParameter = 'settings';

/** Reads the saved settings. They are `{}` before the first save. Throws a `CrmError` for unreadable settings. */
export function readSettings(stored: unknown): SettingsInput {
  if (stored === undefined || stored === null || stored === '') return {};
  let value: unknown = stored;
  try {
    if (typeof stored === 'string') value = JSON.parse(stored);
  } catch (cause) {
    throw unreadable(cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable();
  return value as SettingsInput;
}

/**
 * The panel shows its own text for this `failReason`. It does not use the default settings instead: they might record
 * calls although an administrator has forbidden it.
 */
const unreadable = (cause?: unknown): CrmError =>
  Object.assign(
    new CrmError(
      'invalid',
      'The settings of the call panel in Zendesk cannot be read. An administrator can open the panel’s page in the navigation bar and save them again.',
      { cause },
    ),
    { failReason: 'unreadable-settings' },
  );
