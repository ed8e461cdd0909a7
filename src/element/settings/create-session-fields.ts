import type { CrmRecords } from '../../crm/crm-host.js';
import type { FieldDefinition } from '../../domain/contact.js';
import { sessionFieldDefinitions } from '../../domain/session-fields.js';
import { own } from '../../domain/own.js';

/** What X11 did. `ids` are those of the ticket's fields by key, made now or before. */
export interface CreatedFields {
  made: readonly FieldDefinition[];
  fields: readonly FieldDefinition[];
  ids: Readonly<Record<string, string>>;
  /** The wanted fields that are of another type in the CRM. */
  unfit: readonly FieldDefinition[];
}

/** What a session field is in the CRM. `filled`: it is there, of the right type, and the settings name it. */
export type FieldState = { is: 'missing' | 'there' | 'filled' } | { is: 'other-type'; type: FieldDefinition['type'] };

const sameField = (a: FieldDefinition) => (b: FieldDefinition) => a.on === b.on && a.key === b.key;
const rightField = (a: FieldDefinition) => (b: FieldDefinition) => sameField(a)(b) && a.type === b.type;

/** X11: whether sessions will fill a wanted field; `mapped` is `tickets.sessionFields`. */
export function stateOf(
  wanted: FieldDefinition,
  fields: readonly FieldDefinition[],
  mapped: Readonly<Record<string, string>>,
): FieldState {
  const id = own(mapped, wanted.key);
  const named = wanted.on === 'ticket' && fields.find((one) => one.on === 'ticket' && one.id === id);
  const right = fields.find(rightField(wanted));
  // No setting names the contact's identifier: it is filled where it is there.
  if (wanted.on === 'contact' ? right : named && named.type === wanted.type) return { is: 'filled' };
  if (right) return { is: 'there' };
  const other = named || fields.find(sameField(wanted));
  return other ? { is: 'other-type', type: other.type } : { is: 'missing' };
}

/** The wanted fields that a CRM does not have yet. One of another type is in the way: a second one of its key cannot be made. */
const missingFields = (fields: readonly FieldDefinition[]): readonly FieldDefinition[] =>
  sessionFieldDefinitions.filter((wanted) => !fields.some(sameField(wanted)));

/** X11: makes the fields that are missing and only those. Rejects with what the host rejects with; trying again is safe. */
export async function createSessionFields(host: CrmRecords): Promise<CreatedFields> {
  const missing = missingFields(await host.listFields());
  if (missing.length > 0) await host.createFields(missing);
  // Read back: the list is what the CRM has, whatever an answer says.
  const fields = await host.listFields();
  const still = missingFields(fields);
  if (still.length > 0) throw new Error(still.map(({ title }) => title).join(', '));
  const ids = sessionFieldDefinitions.flatMap((wanted) => {
    const id = fields.find(rightField(wanted))?.id;
    return wanted.on === 'ticket' && id !== undefined ? [[wanted.key, id] as const] : [];
  });
  const unfit = sessionFieldDefinitions.filter((wanted) => !fields.some(rightField(wanted)));
  return { made: missing, fields, ids: Object.fromEntries(ids), unfit };
}
