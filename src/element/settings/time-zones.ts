import type { ComboboxOption } from '../parts/combobox-option.js';
import { normalized } from './options.js';

/** S17: the time zones that match the search text. A city is found with or without its underscores. */
export function timeZoneOptions(typed: string): readonly ComboboxOption[] {
  const wanted = normalized(typed.trim());
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
    .map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
    .filter(({ label, value }) => normalized(`${label} ${value}`).includes(wanted));
}
