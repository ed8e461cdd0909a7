import { isMember, isStaff, type Account } from './account.js';
import type { Field, Ticket } from './records.js';
import { checkExternalId, invalidField } from './replies.js';

/** The `ticket` of a request body. */
export interface TicketInput {
  subject?: string;
  description?: string;
  comment?: { body?: string; public?: boolean; author_id?: number };
  voice_comment?: Record<string, unknown>;
  via_id?: number;
  via_followup_source_id?: number;
  requester_id?: number;
  assignee_id?: number | null;
  group_id?: number | null;
  status?: Ticket['status'];
  custom_status_id?: number;
  custom_fields?: { id: number; value: unknown }[];
  tags?: string[];
  additional_tags?: string[];
  remove_tags?: string[];
  external_id?: string | null;
  priority?: string | null;
  type?: string | null;
  ticket_form_id?: number;
  brand_id?: number;
  metadata?: Record<string, unknown>;
  safe_update?: boolean;
  updated_stamp?: string;
}

/** Writes the values of a request to a draft. Returns a message for each unknown value. */
export function applyValues(account: Account, draft: Ticket, input: TicketInput): string[] {
  for (const name of ['subject', 'external_id', 'priority', 'type', 'ticket_form_id', 'brand_id'] as const)
    if (input[name] !== undefined) Object.assign(draft, { [name]: input[name] });
  checkExternalId(input.external_id);
  draft.raw_subject = draft.subject;
  if (input.requester_id !== undefined) {
    if (!account.users.has(input.requester_id)) throw invalidField('requester', 'Requester: is invalid');
    draft.requester_id = input.requester_id;
  }
  applyTags(draft, input);
  return applyCustomFields(account, draft, input);
}

/** (D) `tags` replaces all tags; (I) they become lower case and unique. */
function applyTags(draft: Ticket, input: TicketInput): void {
  const lower = (tags: readonly string[] = []) => tags.map((tag) => tag.toLowerCase());
  const without = new Set(lower(input.remove_tags));
  const tags = [...(input.tags ? lower(input.tags) : draft.tags), ...lower(input.additional_tags)];
  draft.tags = [...new Set(tags)].filter((tag) => !without.has(tag));
}

function applyCustomFields(account: Account, draft: Ticket, input: TicketInput): string[] {
  const unknown: string[] = [];
  for (const { id, value } of input.custom_fields ?? []) {
    const field = account.ticketFields.find((one) => one.id === id && isCustom(one) && one.active);
    // (I) Zendesk ignores unknown fields.
    if (!field) {
      unknown.push(`custom field ${id} is unknown: ignored (I)`);
      continue;
    }
    check(field, value);
    const known = draft.custom_fields.find((one) => one.id === id);
    const before = known?.value;
    if (known) known.value = value;
    else draft.custom_fields.push({ id, value });
    tagOf(field, draft, before, value);
  }
  draft.fields = draft.custom_fields;
  return unknown;
}

export const isCustom = (field: Field) => field.id >= 300;

// (I) The values that a field of a type refuses.
function check(field: Field, value: unknown): void {
  const wrong = () => invalidField('base', `${field.title}: is invalid`, 'InvalidValue');
  if (value === null || value === '') return;
  if (field.type === 'checkbox' && typeof value !== 'boolean') throw wrong();
  if (field.type === 'integer' && !/^-?\d+$/.test(String(value))) throw wrong();
  const options = field.custom_field_options;
  if (field.type === 'tagger' && options && !options.some((one) => one.value === value)) throw wrong();
}

/** (V) A ticked checkbox adds its tag; (I) the chosen option of a tagger is a tag. */
function tagOf(field: Field, draft: Ticket, before: unknown, value: unknown): void {
  const named = (of: unknown) => (field.type === 'tagger' ? of : field.type === 'checkbox' && of ? field.tag : null);
  const old = named(before);
  const tag = named(value);
  if (typeof old === 'string') draft.tags = draft.tags.filter((one) => one !== old);
  if (typeof tag === 'string' && tag && !draft.tags.includes(tag)) draft.tags.push(tag);
}

/** (D) The assignee must be in the group; (I) without a group, one of the agent's groups is taken. */
export function applyAssignment(account: Account, draft: Ticket, input: TicketInput): void {
  if (input.group_id !== undefined) {
    if (input.group_id !== null && !account.groups.some((one) => one.id === input.group_id))
      throw invalidField('group', 'Group: is invalid');
    draft.group_id = input.group_id;
    const stays = input.group_id === null || isMember(account, draft.assignee_id ?? 0, input.group_id);
    if (!stays && input.assignee_id === undefined) draft.assignee_id = null;
  }
  if (input.assignee_id === undefined) return;
  draft.assignee_id = input.assignee_id;
  if (input.assignee_id === null) return;
  const assignee = account.users.get(input.assignee_id);
  if (!isStaff(assignee)) throw invalidField('assignee', 'Assignee: is invalid');
  if (draft.group_id !== null && isMember(account, assignee.id, draft.group_id)) return;
  if (input.group_id) throw invalidField('assignee', 'Assignee: is not a member of the group');
  draft.group_id = assignee.default_group_id;
}

/** The default status of a category. */
export const standardStatus = (account: Account, category: Ticket['status']) =>
  account.customStatuses.find((one) => one.status_category === category && one.default)!.id;

/** (D) An assigned ticket changes from New to Open, never back; Solved needs an assignee. (I) A custom status wins over a status. */
export function applyStatus(account: Account, draft: Ticket, input: TicketInput): void {
  const before = draft.status;
  const custom = account.customStatuses.find((one) => one.id === input.custom_status_id);
  if (input.custom_status_id !== undefined && !custom?.active)
    throw invalidField('custom_status', 'Ticket status: is invalid');
  draft.status = custom?.status_category ?? input.status ?? draft.status;
  if (draft.status === 'new' && before !== 'new') throw invalidField('status', 'Status: cannot go back to New');
  if (draft.status === 'new' && draft.assignee_id !== null) draft.status = 'open';

  const category = draft.status === 'closed' ? 'solved' : draft.status;
  const kept = account.customStatuses.find((one) => one.id === draft.custom_status_id);
  if (custom?.status_category === category) draft.custom_status_id = custom.id;
  else if (kept?.status_category !== category || draft.status !== before)
    draft.custom_status_id = standardStatus(account, category);

  if (draft.status === before || !['solved', 'closed'].includes(draft.status)) return;
  if (draft.assignee_id === null) throw invalidField('base', 'Assignee: is required when solving a ticket');
  const empty = account.ticketFields.find(
    (field) =>
      field.required &&
      field.active &&
      [undefined, null, '', false].includes(draft.custom_fields.find((one) => one.id === field.id)?.value as null),
  );
  if (empty) throw invalidField('base', `${empty.title}: is required when solving a ticket`);
}
