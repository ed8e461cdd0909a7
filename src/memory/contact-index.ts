import { CrmError } from '../crm/crm-error.js';
import type { ContactQuery } from '../crm/crm-host.js';
import type { Contact } from '../domain/contact.js';
import { loadPhoneNumbers } from '../domain/phone-loader.js';
import { greatestFirst, orderOf, replaceIn, type Ordered } from './paging.js';
import { digitsOf, foldedText, matchesText } from './search-text.js';

interface Entry extends Ordered {
  readonly contact: Contact;
  readonly sequence: number;
  readonly text: string;
  readonly numbers: readonly string[];
}

/** The contacts, the most recently created first. Numbers are found by an index of their last seven digits. */
export class ContactIndex {
  #entries = new Map<string, Entry>();
  #byDigits = new Map<string, Set<string>>();
  #sorted: Entry[] | undefined;
  #sequence = 0;

  get(id: string): Contact | undefined {
    return this.#entries.get(id)?.contact;
  }

  all(): readonly Entry[] {
    return (this.#sorted ??= [...this.#entries.values()].sort(greatestFirst));
  }

  /** Adds a contact, or replaces the contact with its id. */
  put(contact: Contact): Contact {
    const before = this.#entries.get(contact.id);
    for (const number of before?.numbers ?? []) this.#byDigits.get(lastDigits(number))?.delete(contact.id);
    const sequence = before?.sequence ?? this.#sequence++;
    const kept = Object.freeze({ ...contact, phoneNumbers: Object.freeze([...contact.phoneNumbers]) });
    const numbers = kept.phoneNumbers.map(digitsOf);
    const text = foldedText([kept.name, kept.email, kept.identifier, kept.id].filter(Boolean).join('\n'));
    const entry: Entry = { contact: kept, order: orderOf(kept.createdAt, sequence), sequence, text, numbers };
    this.#entries.set(kept.id, entry);
    if (this.#sorted) replaceIn(this.#sorted, entry, before);
    for (const number of numbers) {
      const ids = this.#byDigits.get(lastDigits(number)) ?? new Set();
      this.#byDigits.set(lastDigits(number), ids.add(kept.id));
    }
    return kept;
  }

  remove(id: string): void {
    const entry = this.#entries.get(id);
    for (const number of entry?.numbers ?? []) this.#byDigits.get(lastDigits(number))?.delete(id);
    this.#entries.delete(id);
    this.#sorted = undefined;
  }

  /** The contacts that match all criteria of the query. */
  async find({ phone, email, identifier, text }: ContactQuery, defaultCountry: string): Promise<readonly Entry[]> {
    let found = phone === undefined ? this.all() : await this.#byPhone(phone, defaultCountry);
    if (email !== undefined)
      found = found.filter(({ contact }) => foldedText(contact.email ?? '') === foldedText(email.trim()));
    if (identifier !== undefined) found = found.filter(({ contact }) => contact.identifier === identifier);
    if (text?.trim()) found = found.filter((entry) => matchesText(text, entry.text, entry.numbers));
    return found;
  }

  async #byPhone(phone: string, defaultCountry: string): Promise<readonly Entry[]> {
    const { readPhoneNumber, matchingContacts, nationalDigits } = await loadPhoneNumbers().catch(notLoaded);
    const read = readPhoneNumber(phone, { defaultCountry });
    if (read.state !== 'number') {
      const digits = digitsOf(phone);
      return digits ? this.#withLastDigitsOf([digits]).filter(({ numbers }) => numbers.includes(digits)) : [];
    }
    // A national number may have fewer than seven digits. It may be stored with or without its leading zero.
    const national = nationalDigits(read.number);
    const candidates = this.#withLastDigitsOf([read.number.slice(1), national, `0${national}`]);
    const matches = matchingContacts(
      candidates.map(({ contact }) => contact),
      read,
      defaultCountry,
    );
    const ids = new Set(matches.map(({ contact }) => contact.id));
    return candidates.filter(({ contact }) => ids.has(contact.id));
  }

  #withLastDigitsOf(numbers: readonly string[]): Entry[] {
    const ids = new Set(numbers.flatMap((digits) => [...(this.#byDigits.get(lastDigits(digits)) ?? [])]));
    return [...ids].map((id) => this.#entries.get(id)!).sort(greatestFirst);
  }
}

const lastDigits = (digits: string): string => digits.slice(-7);

function notLoaded(cause: unknown): never {
  throw new CrmError('unavailable', 'Phone numbers cannot be compared: the code for it could not be loaded.', {
    cause,
  });
}
