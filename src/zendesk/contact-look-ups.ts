import type { ContactQuery, LookUpOptions } from '../crm/crm-host.js';
import { CrmError } from '../crm/crm-error.js';
import type { Contact, Page } from '../domain/contact.js';
import { oneLine } from '../domain/one-line.js';
import { loadPhoneNumbers } from '../domain/phone-loader.js';
import { hasAddress } from './address-holder.js';
import { contactOf } from './contact-mapping.js';
import { pageWithRecent, searchWords } from './listing.js';
import type { RecentlyMade } from './recently-made.js';
import type { Listed, ZendeskIdentity, ZendeskUser } from './shapes.js';
import type { ZendeskApi } from './zendesk-api.js';

/** The most users of a result whose identities are read. The others are compared by the data of the search alone. */
const identitiesAtOnce = 5;

type Keep = (contact: Contact, identities: readonly ZendeskIdentity[]) => boolean;

/** Finds users. Their numbers may be in any format, may be identities, and several users may share one number. */
export class ContactLookUps {
  readonly #api: ZendeskApi;
  readonly #recent: RecentlyMade<Contact>;
  readonly #defaultCountry: () => string;

  constructor(api: ZendeskApi, recent: RecentlyMade<Contact>, defaultCountry: () => string) {
    this.#api = api;
    this.#recent = recent;
    this.#defaultCountry = defaultCountry;
  }

  async find({ phone, email, identifier, text }: ContactQuery, options: LookUpOptions = {}): Promise<Page<Contact>> {
    if (phone !== undefined) return this.#byPhone(phone, options);
    if (email !== undefined) {
      const is: Keep = (one, identities) => hasAddress(one, identities, email);
      return this.#search(`email:${searchWords(email.trim())}`, is, options);
    }
    if (identifier !== undefined)
      return this.#search(`"${searchWords(identifier)}"`, hasIdentifier(identifier), options);
    const words = searchWords(text ?? '');
    if (!words) return { items: [] };
    const digits = /\p{L}/u.test(words) ? '' : words.replace(/\D/g, '');
    // The text is a part of a number. It is compared with the end of each number, as stored numbers begin with the country.
    if (digits.length >= 4) return this.#search(`phone:*${digits.replace(/^0+/, '')}`, endsWith(digits), options);
    const all = words.toLowerCase().split(' ');
    const hasAllWords = ({ name, email: address = '' }: Contact) =>
      all.every((word) => `${name} ${address}`.toLowerCase().includes(word));
    return this.#search(words, () => true, options, hasAllWords);
  }

  async get(id: string, options: LookUpOptions = {}): Promise<Contact | undefined> {
    const [found, identities] = await Promise.all([
      this.#api.find<{ user: ZendeskUser }>(`/api/v2/users/${encodeURIComponent(id)}`, options),
      this.#identities(id, options),
    ]);
    return found && found.user.active !== false ? contactOf(found.user, identities, this.#api.origin) : undefined;
  }

  async #byPhone(phone: string, options: LookUpOptions): Promise<Page<Contact>> {
    const numbers = await loadPhoneNumbers().catch((cause: unknown) => {
      throw new CrmError('unavailable', 'Phone numbers cannot be compared: the code for it could not be loaded.', {
        cause,
      });
    });
    const country = this.#defaultCountry();
    const read = numbers.readPhoneNumber(phone, { defaultCountry: country });
    if (read.state !== 'number') {
      const digits = phone.replace(/\D/g, '');
      return digits ? this.#search(`phone:*${digits}`, hasNumber(digits), options) : { items: [] };
    }
    const ranked = (contacts: readonly Contact[]) =>
      new Set(numbers.matchingContacts(contacts, read, country).map(({ contact }) => contact));
    const national = numbers.nationalDigits(read.number);
    const page = await this.#search(
      `phone:*${national}`,
      () => true,
      options,
      (one) => ranked([one]).size > 0,
    );
    const matches = ranked(page.items);
    return { ...page, items: page.items.filter((contact) => matches.has(contact)) };
  }

  /** Searches users. `keep` filters the results. `keepRecent` filters new contacts that the index does not have yet. */
  #search(query: string, keep: Keep, options: LookUpOptions, keepRecent = keep): Promise<Page<Contact>> {
    const wanted = `type:user role:end-user ${query}`;
    const recent = this.#recent.items.filter((one) => keepRecent(one, []));
    return pageWithRecent(options, recent, async (page, size) => {
      const path = `/api/v2/search.json?query=${encodeURIComponent(wanted)}&sort_by=created_at&sort_order=desc`;
      const body = await this.#api.get<Listed & { results: readonly ZendeskUser[] }>(
        `${path}&page=${page}&per_page=${size}`,
        options,
      );
      const users = Array.isArray(body.results) ? body.results : [];
      const items = await this.#kept(users, keep, options);
      return { items, more: Boolean(body.next_page) };
    });
  }

  /** The users that pass `keep`. Reads identities, as a user can have more numbers and addresses than a result shows. */
  async #kept(users: readonly ZendeskUser[], keep: Keep, options: LookUpOptions): Promise<readonly Contact[]> {
    const few = users.length <= identitiesAtOnce;
    const bare = new Set(users.filter(({ phone }) => !phone).slice(0, identitiesAtOnce));
    // A single user with a number is compared by that number.
    const isEnough = options.brief === true && users.length === 1 && bare.size === 0;
    const contacts = users.map(async (user) => {
      const identities = !isEnough && (few || bare.has(user)) ? await this.#identities(String(user.id), options) : [];
      const contact = contactOf(user, identities, this.#api.origin);
      return keep(contact, identities) ? [contact] : [];
    });
    return (await Promise.all(contacts)).flat();
  }

  async #identities(userId: string, options: LookUpOptions): Promise<readonly ZendeskIdentity[]> {
    const path = `/api/v2/users/${encodeURIComponent(userId)}/identities`;
    const body = await this.#api.find<{ identities: readonly ZendeskIdentity[] }>(path, options);
    return Array.isArray(body?.identities) ? body.identities : [];
  }
}

/** Compares identifiers as single lines, because the notes of a user contain the identifier in one line. */
const hasIdentifier = (identifier: string) => (contact: Contact) =>
  contact.identifier !== undefined && oneLine(contact.identifier) === oneLine(identifier);

const hasNumber = (digits: string) => (contact: Contact) =>
  contact.phoneNumbers.some((number) => number.replace(/\D/g, '') === digits);

const endsWith = (digits: string) => (contact: Contact) =>
  contact.phoneNumbers.some((number) => number.replace(/\D/g, '').endsWith(digits.replace(/^0+/, '')));
