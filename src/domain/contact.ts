/** A time in ISO 8601, UTC. */
export type Iso = string;

/** A value of a custom field, of custom data or of web user information. */
export type FieldValue = string | number | boolean | null;

/** A person in the CRM. `phoneNumbers` may be in any written form. The default comes first. */
export interface Contact {
  id: string;
  name: string;
  phoneNumbers: readonly string[];
  email?: string;
  identifier?: string;
  createdAt: Iso;
  url?: string;
}

/** The data of a contact to create. */
export interface ContactDraft {
  name: string;
  phoneNumber?: string;
  email?: string;
  identifier?: string;
}

/** A custom field of tickets or contacts. A host always returns it with an `id`. */
export interface FieldDefinition {
  on: 'ticket' | 'contact';
  key: string;
  id?: string;
  title: string;
  type: 'text' | 'multiline' | 'integer' | 'decimal' | 'checkbox' | 'date' | 'other';
}

/** A page of a list. `next` is the `options.page` that requests the next page. It is absent on the last page. */
export interface Page<T> {
  items: readonly T[];
  next?: string;
}
