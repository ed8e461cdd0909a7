import type { FieldDefinition } from '../domain/contact.js';
import { sessionFieldDefinitions } from '../domain/session-fields.js';
import { own } from '../domain/own.js';
import { identifierField } from './contact-mapping.js';
import { wholeList } from './listing.js';
import type { ZendeskField } from './shapes.js';
import type { ZendeskApi } from './zendesk-api.js';

type FieldType = FieldDefinition['type'];

const zendeskTypes: Record<FieldType, string> = {
  text: 'text',
  multiline: 'textarea',
  integer: 'integer',
  decimal: 'decimal',
  checkbox: 'checkbox',
  date: 'date',
  other: 'text',
};
const ourTypes: Readonly<Record<string, FieldType>> = {
  text: 'text',
  textarea: 'multiline',
  integer: 'integer',
  decimal: 'decimal',
  checkbox: 'checkbox',
  date: 'date',
  ...Object.fromEntries(
    ['regexp', 'partialcreditcard', 'multiselect', 'tagger', 'lookup'].map((type) => [type, 'other']),
  ),
};

/** The account's custom fields of tickets and users. Zendesk's own fields (subject, status, …) are left out. */
export class Fields {
  readonly #api: ZendeskApi;

  constructor(api: ZendeskApi) {
    this.#api = api;
  }

  async list(): Promise<FieldDefinition[]> {
    const [ticket, contact] = await Promise.all([
      wholeList<ZendeskField>(this.#api, '/api/v2/ticket_fields', 'ticket_fields'),
      wholeList<ZendeskField>(this.#api, '/api/v2/user_fields', 'user_fields'),
    ]);
    return [...ticket.flatMap(definitionOf('ticket')), ...contact.flatMap(definitionOf('contact'))];
  }

  /** X11: creates the missing fields. A ticket field has no key in Zendesk, so its title and type identify it. */
  async create(wanted: readonly FieldDefinition[]): Promise<FieldDefinition[]> {
    const existing = await this.list();
    const result: FieldDefinition[] = [];
    for (const field of wanted) {
      const same = [...existing, ...result].find((one) => isSame(one, field));
      result.push({ ...field, id: same?.id ?? (await this.#create(field)) });
    }
    return result;
  }

  async hasIdentifier(): Promise<boolean> {
    const fields = await wholeList<ZendeskField>(this.#api, '/api/v2/user_fields', 'user_fields');
    return fields.some(({ key }) => key === identifierField);
  }

  async #create({ on, key, title, type }: FieldDefinition): Promise<string> {
    const field = { type: zendeskTypes[type], title };
    if (on === 'contact') {
      const body = JSON.stringify({ user_field: { ...field, key } });
      const { user_field } = await this.#api.write<{ user_field: ZendeskField }>('POST', '/api/v2/user_fields', body);
      return String(user_field.id);
    }
    const body = JSON.stringify({ ticket_field: field });
    const { ticket_field } = await this.#api.write<{ ticket_field: ZendeskField }>(
      'POST',
      '/api/v2/ticket_fields',
      body,
    );
    return String(ticket_field.id);
  }
}

const definitionOf =
  (on: FieldDefinition['on']) =>
  ({ id, key, title, type, active = true }: ZendeskField): FieldDefinition[] => {
    const ours = own(ourTypes, type);
    if (!active || ours === undefined) return [];
    const known = sessionFieldDefinitions.find((one) => one.on === on && one.title === title && one.type === ours);
    return [{ on, key: key ?? known?.key ?? String(id), id: String(id), title, type: ours }];
  };

const isSame = (one: FieldDefinition, other: FieldDefinition): boolean =>
  one.on === other.on &&
  (one.key === other.key || (one.on === 'ticket' && one.title === other.title && one.type === other.type));
