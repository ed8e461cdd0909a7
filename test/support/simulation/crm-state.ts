/** A ticket of the simulated CRM. Its times are in milliseconds since the epoch. The CRM shows them in whole seconds. */
export interface SimTicket {
  id: number;
  requester: number;
  assignee: number | null;
  status: string;
  made: number;
  updated: number;
  tags: string[];
  externalId?: string;
  subject: string;
  followUpOf?: number;
  fields: Map<number, unknown>;
  audits: { key?: string; mergedInto?: number }[];
}

export interface SimUser {
  id: number;
  name: string;
  made: number;
  externalId?: string;
  phone?: string;
  email?: string;
}

/** A change that was applied to a ticket: a line of a comment, or the value of a field. */
export interface Applied {
  ticket: number;
  line: string;
  field?: number;
  /** Whether the line is part of the comment with which a follow-up was created. */
  opening?: boolean;
}

/** A ticket in a request. */
export interface TicketInput {
  id?: number;
  subject?: string;
  requester_id?: number;
  external_id?: string;
  via_followup_source_id?: number;
  status?: string;
  tags?: string[];
  assignee_id?: number;
  comment?: { body: string };
  custom_fields?: { id: number; value: unknown }[];
  metadata?: { ccai_key?: string };
  safe_update?: boolean;
  updated_stamp?: string;
}

export const second = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

export const userJson = ({ id, name, made, externalId, phone, email }: SimUser) => ({
  id,
  name,
  role: 'end-user',
  external_id: externalId ?? null,
  phone: phone ?? null,
  email: email ?? null,
  created_at: second(made),
});

export const ticketJson = (ticket: SimTicket) => ({
  id: ticket.id,
  subject: ticket.subject,
  status: ticket.status,
  requester_id: ticket.requester,
  assignee_id: ticket.assignee,
  group_id: null,
  external_id: ticket.externalId ?? null,
  created_at: second(ticket.made),
  updated_at: second(ticket.updated),
  tags: [...ticket.tags],
  custom_fields: [...ticket.fields].map(([id, value]) => ({ id, value })),
});

export const auditJson = ({ key, mergedInto }: SimTicket['audits'][number], id: number) => ({
  id,
  metadata: { custom: key ? { ccai_key: key } : {} },
  via: mergedInto === undefined ? {} : { source: { rel: 'merge', from: { ticket_id: mergedInto } } },
});
