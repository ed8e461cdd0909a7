import type { CrmRecords } from '../../crm/crm-host.js';
import type { FieldDefinition } from '../../domain/contact.js';
import { sessionFieldDefinitions } from '../../domain/session-fields.js';
import { own } from '../../domain/own.js';

/** The result of X11. `ids`: the ids of all session fields on tickets, by key. */
export interface CreatedFields {
  made: readonly FieldDefinition[];
  fields: readonly FieldDefinition[];
  ids: Readonly<Record<string, string>>;
  /** The session fields that have another type in the CRM. */
  unfit: readonly FieldDefinition[];
}

/** The state of a session field in the CRM. `filled`: it exists, has the right type, and the settings name it. */
export type FieldState = { is: 'missing' | 'there' | 'filled' } | { is: 'other-type'; type: FieldDefinition['type'] };

const sameField = (a: FieldDefinition) => (b: FieldDefinition) => a.on === b.on && a.key === b.key;
const rightField = (a: FieldDefinition) => (b: FieldDefinition) => sameField(a)(b) && a.type === b.type;

/** X11: whether sessions will fill a wanted field. `mapped` is `tickets.sessionFields`. */
export function stateOf(
  wanted: FieldDefinition,
  fields: readonly FieldDefinition[],
  mapped: Readonly<Record<string, string>>,
): FieldState {
  const id = own(mapped, wanted.key);
  const named = wanted.on === 'ticket' && fields.find((one) => one.on === 'ticket' && one.id === id);
  const right = fields.find(rightField(wanted));
  // No setting names the field for the contact's identifier. It is filled if it exists.
  if (wanted.on === 'contact' ? right : named && named.type === wanted.type) return { is: 'filled' };
  if (right) return { is: 'there' };
  const other = named || fields.find(sameField(wanted));
  return other ? { is: 'other-type', type: other.type } : { is: 'missing' };
}

/**
 * The session fields that a CRM lacks. A field that exists with another type is not among them, because a second field
 * with its key cannot be created.
 */
const missingFields = (fields: readonly FieldDefinition[]): readonly FieldDefinition[] =>
  sessionFieldDefinitions.filter((wanted) => !fields.some(sameField(wanted)));

/** X11: creates only the missing fields. Rejects with the host's error, after which it can be called again. */
export async function createSessionFields(host: CrmRecords): Promise<CreatedFields> {
  const missing = missingFields(await host.listFields());
  if (missing.length > 0) await host.createFields(missing);
  // Lists the fields again, because the list shows for certain which fields exist.
  const fields = await host.listFields();
  const stillMissing = missingFields(fields);
  if (stillMissing.length > 0)
    throw new Error(`The CRM did not create: ${stillMissing.map(({ title }) => title).join(', ')}`);
  const ids = sessionFieldDefinitions.flatMap((wanted) => {
    const id = fields.find(rightField(wanted))?.id;
    return wanted.on === 'ticket' && id !== undefined ? [[wanted.key, id] as const] : [];
  });
  const unfit = sessionFieldDefinitions.filter((wanted) => !fields.some(rightField(wanted)));
  return { made: missing, fields, ids: Object.fromEntries(ids), unfit };
}
