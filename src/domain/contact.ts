/** A moment in ISO 8601, UTC. */
export type Iso = string;

/** The value of a custom field, of custom data, of web user information. */
export type FieldValue = string | number | boolean | null;

/** A person in the CRM. `phoneNumbers` are in any written form, the default first. */
export interface Contact {
  id: string;
  name: string;
  phoneNumbers: readonly string[];
  email?: string;
  identifier?: string;
  createdAt: Iso;
  url?: string;
}

/** What a contact is created from. */
export interface ContactDraft {
  name: string;
  phoneNumber?: string;
  email?: string;
  identifier?: string;
}

/** A field of tickets or contacts. `id` is set in all that a host returns. */
export interface FieldDefinition {
  on: 'ticket' | 'contact';
  key: string;
  id?: string;
  title: string;
  type: 'text' | 'multiline' | 'integer' | 'decimal' | 'checkbox' | 'date' | 'other';
}

/** A part of a list; `next` is handed back as `options.page` for the part after it. */
export interface Page<T> {
  items: readonly T[];
  next?: string;
}
