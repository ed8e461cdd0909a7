import type { AuditLogEntry } from '../../../control.js';
import { api, control, type Ticket } from '../account.js';
import type { Shell } from '../shell.js';
import { nameOf, statusName } from './pieces.js';

/** Reads a ticket: first through the API, so that permissions count; later over the control, so that limits do not. */
export function ticketData(shell: Shell, id: number) {
  return shell.loads.get<Ticket>(`ticket:${id}`, async (again) => {
    if (again) return (await control.ticket(id)) as unknown as Ticket;
    return (await api<{ ticket: Ticket }>(`/api/v2/tickets/${id}.json`)).ticket;
  });
}

export interface Line {
  at: number;
  authorId: number | undefined;
  comment?: { body: string; public: boolean };
  /** "Status: Open", "Assignee: Ana". */
  changes?: string[];
}

const titles: Record<string, string> = {
  status: 'Status',
  assignee_id: 'Assignee',
  assigneeId: 'Assignee',
  requester_id: 'Requester',
  requesterId: 'Requester',
  group_id: 'Team',
  groupId: 'Team',
  tags: 'Tags',
  subject: 'Subject',
  priority: 'Priority',
};

function fieldTitle(shell: Shell, field: string) {
  if (!/^\d+$/.test(field)) return field;
  type Fields = { ticket_fields: { id: number; title: string }[] };
  const fields = shell.loads.get('fields', () => api<Fields>('/api/v2/ticket_fields.json')).value?.ticket_fields;
  return fields?.find((one) => one.id === Number(field))?.title ?? field;
}

function groupName(shell: Shell, id: number) {
  type Groups = { groups: { id: number; name: string }[] };
  const groups = shell.loads.get('groups', () => api<Groups>('/api/v2/groups.json')).value?.groups;
  return groups?.find((one) => one.id === id)?.name ?? String(id);
}

function changeText(shell: Shell, field: string, value: unknown): string | undefined {
  const title = titles[field] ?? fieldTitle(shell, field);
  if (field === 'status' || field === 'status_category') return `${title}: ${statusName(String(value))}`;
  if (title === 'Assignee' || title === 'Requester') {
    return `${title}: ${value ? nameOf(shell, Number(value)) : 'nobody'}`;
  }
  if (title === 'Team') return `${title}: ${value ? groupName(shell, Number(value)) : 'none'}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return undefined;
    return `${title}: ${value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(', ')}`;
  }
  if (value === null || value === undefined || value === '') return `${title}: none`;
  return `${title}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
}

const quiet =
  /^(comment|metadata|external_?id|requester_?id|subject|description|via_?id|updated_?stamp|safe_?update|custom_?status_?id)$/i;

function changesOf(shell: Shell, entry: AuditLogEntry) {
  return Object.entries(entry.changes ?? {})
    .filter(([field]) => !quiet.test(field) && !/displayed/.test(entry.what))
    .map(([field, value]) => changeText(shell, field, value))
    .filter((text) => text !== undefined);
}

/** Comments and changes of a ticket, oldest first. */
export function historyOf(shell: Shell, id: number): Line[] | undefined {
  const comments = shell.loads.get(`comments:${id}`, () => control.comments(id)).value;
  if (!comments) return undefined;
  const lines: Line[] = comments.map(({ at, authorId, body, public: isPublic }) => ({
    at,
    authorId,
    comment: { body, public: isPublic },
  }));
  for (const entry of shell.watch.entries) {
    if (entry.ticketId !== id) continue;
    const changes = changesOf(shell, entry);
    const authorId = Number(entry.actor) || undefined;
    const same = lines.find((line) => line.comment && line.at === entry.at && line.authorId === authorId);
    if (changes.length === 0) continue;
    if (same) same.changes = [...(same.changes ?? []), ...changes];
    else lines.push({ at: entry.at, authorId, changes });
  }
  return lines.sort((a, b) => a.at - b.at);
}
