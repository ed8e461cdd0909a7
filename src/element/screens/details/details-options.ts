import { ago } from '../../formats.js';
import type { Contact } from '../../../domain/contact.js';
import { optionValue, type TicketOption } from '../../../domain/ticket-choice.js';
import { isMatch, type ContactOption, type OfferedNumber, type OutboundForm } from '../../../machine/outbound/form.js';
import type { OutboundContext } from '../../../machine/outbound/outbound-context.js';
import type { ComboboxOption } from '../../parts/combobox-option.js';
import { formatted, isolated } from '../../formatted-number.js';
import type { Localizer } from '../../localize.js';

/** Caches the options of a list in one language, because lists are long. */
function madeOnce<Key extends object>(
  cache: WeakMap<Key, Made>,
  key: Key,
  words: Localizer,
  make: () => Made['list'],
): Made['list'] {
  const known = cache.get(key);
  if (known?.words === words) return known.list;
  const list = make();
  cache.set(key, { words, list });
  return list;
}
interface Made {
  words: Localizer;
  list: readonly ComboboxOption[];
}
const contactLists = new WeakMap<OutboundForm, Made>();
const ticketLists = new WeakMap<readonly TicketOption[], Made>();

/** Options for contacts. Each has its matching number and its e-mail address or id, which tell contacts apart. */
export const contactOptions = (
  words: Localizer,
  form: OutboundForm,
  context: OutboundContext,
): readonly ComboboxOption[] => madeOnce(contactLists, form, words, () => makeContactOptions(words, form, context));

export const ticketOptions = (
  words: Localizer,
  options: readonly TicketOption[],
  text: boolean,
  now: number,
): readonly ComboboxOption[] =>
  madeOnce(ticketLists, options, words, () => makeTicketOptions(words, options, text, now));

/** A10, A18: options for several contacts with the caller's number, newest first, with what tells them apart. */
export const chosenAmong = (words: Localizer, contacts: readonly Contact[], now: number): readonly ComboboxOption[] => [
  ...contacts.map(({ id, name, email, identifier, createdAt }, at) => {
    const since = ago(words, createdAt, now);
    const age =
      at === 0 && contacts.length > 1
        ? words.text('choice.newest')
        : since && words.text('choice.added', { ago: since });
    return { value: id, label: name, details: [email ?? identifier ?? `ID ${id}`, ...(age ? [age] : [])] };
  }),
  { value: 'new', label: words.text('details.contact.new'), action: true },
];

/** F5, T2: options for the contact's numbers. */
export const numberOptions = (offered: readonly OfferedNumber[]): readonly ComboboxOption[] =>
  offered.map(({ text, reading }) => ({
    value: text,
    label: isolated(reading.state === 'number' ? formatted(reading.number, reading.extension) : text),
  }));

function makeContactOptions(
  words: Localizer,
  { contact, reading }: OutboundForm,
  { country }: OutboundContext,
): readonly ComboboxOption[] {
  const matching = ({ phoneNumbers: numbers }: Contact) =>
    (reading.state === 'number' && numbers.find((stored) => isMatch(stored, reading, country))) || numbers[0];
  return contact.options.map((option: ContactOption) => {
    if (option === 'new') return { value: 'new', label: words.text('details.contact.new'), action: true };
    const { id, name, email } = option.contact;
    const number = matching(option.contact);
    const details = [number ? isolated(number) : words.text('details.contact.no-number'), email ?? `ID ${id}`];
    return { value: id, label: name, details, disabled: option.disabled };
  });
}

function makeTicketOptions(
  words: Localizer,
  options: readonly TicketOption[],
  text: boolean,
  now: number,
): readonly ComboboxOption[] {
  return options.map((option): ComboboxOption => {
    if (option === 'none') return { value: 'none', label: words.text('details.ticket.none'), action: true };
    if (option === 'new')
      return { value: 'new', label: words.text(text ? 'details.ticket.will' : 'details.ticket.new'), action: true };
    const { id, status, subject, updatedAt } = option.ticket;
    return {
      value: optionValue(option),
      prefix: `#${id}`,
      badge: words.text(`ticket.${status}`),
      label: subject,
      details: [words.text('details.updated', { ago: ago(words, updatedAt, now) })],
    };
  });
}

/** The chosen contact as an option, also if the search has not found it. */
export const selectedContact = (
  options: readonly ComboboxOption[],
  selected: OutboundForm['contact']['selected'],
  create: string,
) =>
  selected === 'new'
    ? { value: 'new', label: create }
    : selected && (options.find(({ value }) => value === selected.id) ?? { value: selected.id, label: selected.name });
