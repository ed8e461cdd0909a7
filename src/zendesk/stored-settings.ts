import { CrmError } from '../crm/crm-error.js';
import type { SettingsInput } from '../domain/settings.js';

/** The installation's one parameter: all of our settings as JSON. */
export const settingsParameter = 'settings';

/** What an administrator has saved; nothing saved yet means the defaults. Rejects in words what cannot be read. */
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

/** The reason has words of its own in the panel: with the defaults it might record what an administrator has forbidden. */
const unreadable = (cause?: unknown): CrmError =>
  Object.assign(
    new CrmError(
      'invalid',
      'The settings of the call panel in Zendesk cannot be read. An administrator can open the panel’s page in the navigation bar and save them again.',
      { cause },
    ),
    { failReason: 'unreadable-settings' },
  );
