// The fields of Zendesk's responses that the binding reads, as documented for the ticketing API.

export interface ZendeskUser {
  id: number;
  name: string;
  email?: string | null;
  phone?: string | null;
  shared_phone_number?: boolean | null;
  role?: string;
  notes?: string | null;
  external_id?: string | null;
  user_fields?: Readonly<Record<string, unknown>>;
  created_at: string;
  /** False: the user was deleted, or merged into another user. */
  active?: boolean;
  suspended?: boolean;
}

export interface ZendeskIdentity {
  id: number;
  type: string;
  value: string;
}

export interface ZendeskTicket {
  id: number;
  subject: string | null;
  description?: string | null;
  status: string;
  custom_status_id?: number | null;
  requester_id: number;
  assignee_id: number | null;
  group_id?: number | null;
  external_id?: string | null;
  created_at: string;
  updated_at: string;
  tags: readonly string[];
  custom_fields: readonly { id: number; value: unknown }[];
}

export interface ZendeskAudit {
  id: number;
  ticket_id?: number;
  metadata?: { custom?: Readonly<Record<string, unknown>> };
  via?: { source?: { rel?: string | null; from?: { ticket_id?: number } } };
  events?: readonly { type: string; body?: string }[];
}

export interface ZendeskField {
  id: number;
  type: string;
  title: string;
  /** Only user fields have a key. */
  key?: string;
  active?: boolean;
}

export interface JobStatus {
  id: string;
  status: 'queued' | 'working' | 'completed' | 'failed' | 'killed';
  message?: string | null;
  results?: readonly JobResult[] | null;
}

/** The result for one ticket. For a failed ticket, only `success` is documented. */
export interface JobResult {
  id?: number;
  success?: boolean;
  status?: string;
  error?: string;
  details?: string;
}

/** The fields by which a page of a list names the next page. */
export interface Listed {
  meta?: { has_more?: boolean; after_cursor?: string | null };
  next_page?: string | null;
}
