/** (D) A user, as the API returns it. */
export interface User {
  id: number;
  url: string;
  name: string;
  email: string | null;
  role: 'end-user' | 'agent' | 'admin';
  phone: string | null;
  shared_phone_number: boolean | null;
  locale: string;
  external_id: string | null;
  notes: string | null;
  active: boolean;
  verified: boolean;
  suspended: boolean;
  time_zone: string;
  iana_time_zone: string;
  default_group_id: number | null;
  organization_id: number | null;
  tags: string[];
  user_fields: Record<string, unknown>;
  created_at: string;
  updated_at: string;
}

/** (D) */
export interface Identity {
  id: number;
  user_id: number;
  type: string;
  value: string;
  primary: boolean;
  verified: boolean;
  created_at: string;
  updated_at: string;
}

export type Status = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';

/** (V) The channel of a record. */
export interface Via {
  channel: string;
  source: { from: Record<string, unknown>; to: Record<string, unknown>; rel: string | null };
}

/** (V) A ticket, as the API returns it. */
export interface Ticket {
  url: string;
  id: number;
  external_id: string | null;
  via: Via;
  created_at: string;
  updated_at: string;
  type: string | null;
  subject: string | null;
  raw_subject: string | null;
  description: string;
  priority: string | null;
  status: Status;
  recipient: string | null;
  requester_id: number;
  submitter_id: number;
  assignee_id: number | null;
  organization_id: number | null;
  group_id: number | null;
  collaborator_ids: number[];
  follower_ids: number[];
  email_cc_ids: number[];
  forum_topic_id: number | null;
  problem_id: number | null;
  has_incidents: boolean;
  is_public: boolean;
  due_at: string | null;
  tags: string[];
  custom_fields: { id: number; value: unknown }[];
  satisfaction_rating: unknown;
  sharing_agreement_ids: number[];
  custom_status_id: number;
  fields: { id: number; value: unknown }[];
  followup_ids: number[];
  ticket_form_id: number;
  brand_id: number;
  allow_channelback: boolean;
  allow_attachments: boolean;
  from_messaging_channel: boolean;
}

/** (D) An event of an audit: Comment, VoiceComment, Create or Change. */
export interface AuditEvent {
  id: number;
  type: 'Comment' | 'VoiceComment' | 'Create' | 'Change';
  [key: string]: unknown;
}

/** (D) */
export interface Audit {
  id: number;
  ticket_id: number;
  created_at: string;
  author_id: number;
  metadata: { system: Record<string, unknown>; custom: Record<string, unknown> };
  via: Via;
  events: AuditEvent[];
}

export interface Comment {
  body: string;
  authorId: number;
  public: boolean;
  at: number;
}

/** A ticket with its comments and audits. */
export interface StoredTicket {
  json: Ticket;
  audits: Audit[];
  comments: Comment[];
  /** The number of changes. The stamp counts whole seconds, so it cannot tell two changes in one second apart. */
  version: number;
  /** Only the group's members may see it. */
  hidden: boolean;
}

/** (D) */
export interface Group {
  id: number;
  url: string;
  name: string;
}

/** (D) */
export interface Membership {
  id: number;
  user_id: number;
  group_id: number;
  default: boolean;
}

/** (V) A ticket field, or a user field (which has a key). */
export interface Field {
  id: number;
  url: string;
  type: string;
  key?: string;
  title: string;
  description: string;
  active: boolean;
  required: boolean;
  tag: string | null;
  custom_field_options?: { id: number; name: string; value: string }[];
}

/** (D) */
export interface CustomStatus {
  id: number;
  status_category: Exclude<Status, 'closed'>;
  agent_label: string;
  end_user_label: string;
  description: string;
  active: boolean;
  default: boolean;
}
