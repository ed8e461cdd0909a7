import { countryName } from '../formats.js';
import type { ComboboxOption } from '../parts/combobox-option.js';
import type { Agent } from '../../domain/agent.js';
import type { FieldDefinition } from '../../domain/contact.js';
import type { SettingsWords } from './words.js';

export const normalized = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** An option for a value that is not in the list. */
export const inputOption = (value: unknown): ComboboxOption | undefined =>
  typeof value === 'string' && value !== '' ? { value, label: value } : undefined;

export const userOption = ({ id, name, email }: Agent): ComboboxOption => ({
  value: id,
  label: name,
  details: email ? [email] : [],
});

/** Ticket fields by title. `numbers`: only fields that can hold a phone number. */
export const fieldOptions = (fields: readonly FieldDefinition[], numbers = false): readonly ComboboxOption[] =>
  fields
    .filter(({ on, id, type }) => on === 'ticket' && id !== undefined && !(numbers && /checkbox|date/.test(type)))
    .map(({ id, title, key }) => ({ value: id!, label: title, details: key && key !== title ? [key] : [] }))
    .sort((a, b) => a.label.localeCompare(b.label));

/** The countries whose name, code or calling code matches the search, named in the form's language. */
export function countryOptions(
  countries: readonly { country: string; callingCode: string }[],
  words: SettingsWords,
  typed: string,
): readonly ComboboxOption[] {
  const wanted = normalized(typed.trim());
  return countries
    .map(({ country, callingCode }) => ({
      value: country,
      label: countryName(words, country),
      details: [`${country} · +${callingCode}`],
      text: normalized(`${countryName(words, country)} ${country} +${callingCode}`),
    }))
    .filter(({ text }) => text.includes(wanted))
    .sort((a, b) => a.label.localeCompare(b.label, words.locale));
}
