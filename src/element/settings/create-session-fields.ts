import type { CrmRecords } from '../../crm/crm-host.js';
import type { FieldDefinition } from '../../domain/contact.js';
import { sessionFieldDefinitions } from '../../domain/session-fields.js';

/** What X11 did. `ids` are those of the ticket's fields by key, made now or before. */
export interface CreatedFields {
  made: readonly FieldDefinition[];
  fields: readonly FieldDefinition[];
  ids: Readonly<Record<string, string>>;
}

const sameField = (a: FieldDefinition) => (b: FieldDefinition) => a.on === b.on && a.key === b.key;

/** The wanted fields that a CRM does not have yet. */
export const missingFields = (fields: readonly FieldDefinition[]): readonly FieldDefinition[] =>
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
    const id = fields.find(sameField(wanted))?.id;
    return wanted.on === 'ticket' && id !== undefined ? [[wanted.key, id] as const] : [];
  });
  return { made: missing, fields, ids: Object.fromEntries(ids) };
}
