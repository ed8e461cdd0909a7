/** One change in the account, logged when it takes effect, in order. */
export interface AuditLogEntry {
  /** 1, 2, 3 … */
  number: number;
  /** Milliseconds of the account's clock. */
  at: number;
  /** The user's id; `system` for a consequence of another change. */
  actor: string;
  /** `api`: by a request to /api/v2; `person`: by a person in the CRM (through `Control`). */
  by: 'api' | 'person';
  what:
    | 'ticket.created'
    | 'ticket.updated'
    | 'ticket.merged'
    | 'ticket.deleted'
    | 'user.created'
    | 'user.updated'
    | 'user.deleted'
    | 'identity.created'
    | 'field.created'
    | 'settings.saved'
    | 'ticket.displayed'
    | 'user.displayed'
    | 'job.done';
  ticketId?: number;
  userId?: number;
  /** The comment of the change. */
  comment?: { body: string; public: boolean; authorId: number };
  /** Field → new value. */
  changes?: Record<string, unknown>;
  /** `ticket.metadata` of the request. */
  metadata?: Record<string, unknown>;
  idempotencyKey?: string;
  externalId?: string;
}

/** One request to /api/v2, answered or not. */
export interface RequestLogEntry {
  at: number;
  method: string;
  /** With its query. */
  path: string;
  actor?: string;
  /** Undefined: no answer was given. */
  status?: number;
  /** The undocumented part, if the request was refused for it with 400. */
  refused?: string;
}

/** A failure of a request. */
export type Fault =
  /** The connection is cut; nothing is applied. */
  | { kind: 'cut-before' }
  /** The request is applied; the connection is cut before the response. */
  | { kind: 'cut-after' }
  /** The connection is cut now, and the request is applied `afterMs` later (account's clock). */
  | { kind: 'late'; afterMs: number }
  /** There is no response, and nothing is applied; the connection stays open. */
  | { kind: 'silent' }
  /** Refused without effect. `retryAfter` in seconds, written as seconds or as an HTTP date. */
  | {
      kind: 'status';
      status: 401 | 403 | 404 | 409 | 422 | 429 | 500 | 502 | 503;
      retryAfter?: number;
      asDate?: boolean;
    }
  /** The request is applied and then answered with this status. */
  | { kind: 'status-after'; status: 500 | 502 | 503 | 504 }
  /** A proxy's HTML page with this status; nothing is applied. */
  | { kind: 'html'; status: 200 | 502 | 503 }
  /** `update_many` is refused: too many jobs. */
  | { kind: 'too-many-jobs'; status?: 400 | 403 | 422 | 429 }
  /** A job fails for these tickets; for all, if none is named. */
  | { kind: 'job-fails'; ticketIds?: readonly number[] };

/** The requests that a fault is for. `path`: a regular expression on the path without its query. */
export interface FaultMatch {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path?: string;
}

/** The lasting conditions of the account. Times are by the account's clock. */
export interface Conditions {
  /** The delay until the search finds a new or changed record. [0] */
  indexLagMs: number;
  /** The delay until the list of a requester's tickets contains a new ticket. [0] */
  listLagMs: number;
  latencyMs: number;
  /** A share (0 to 1) of the matching requests has a random fault of the list. `seed` seeds the random numbers. */
  random?: { share: number; faults: readonly Fault[]; match?: FaultMatch; seed: number };
  /** Talk Partner Edition: false → every /channels/voice/ endpoint answers 404 and the shell raises no `voice.dialout`. [true] */
  voice: boolean;
  // Limits in requests a minute. Undefined: no limit.
  accountPerMinute?: number;
  appPerMinute?: number;
  ticketUpdatesPerMinute?: number;
  /** Whether a user may update a ticket only 30 times in 10 minutes. [false] */
  perTicketLimit: boolean;
  /** The most jobs at once. [30] */
  jobs: number;
  /** The time of a job for each ticket. [50] */
  jobMsPerTicket: number;
  /** The spelling of the limits' headers. ['ratelimit'] */
  headers: 'x-rate-limit' | 'rate-limit' | 'ratelimit';
}

export interface SeedUser {
  id?: number;
  name: string;
  role?: 'end-user' | 'agent' | 'admin';
  email?: string;
  phone?: string;
  /** Further numbers, as identities of type phone_number. */
  numbers?: readonly string[];
  /** Further addresses, as identities of type email. */
  emails?: readonly string[];
  suspended?: boolean;
  locale?: string;
  groups?: readonly number[];
  externalId?: string;
  /** Milliseconds before now. */
  age?: number;
}

export interface SeedTicket {
  id?: number;
  requesterId: number;
  subject: string;
  status?: 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';
  assigneeId?: number;
  groupId?: number;
  tags?: readonly string[];
  externalId?: string;
  /** Only members of the group may see it. */
  hidden?: boolean;
  /** How long ago the ticket was created, in milliseconds. */
  age?: number;
  /** How long ago the ticket was updated, in milliseconds. */
  updated?: number;
}

/**
 * Controls the account and the network for a test. In Node it is an object. A page of any origin calls the same methods
 * by `POST /stand-in/control` with `{ method, args }`, and gets `{ result }`, or 500 with `{ error }`.
 */
export interface Control {
  /** The account's clock, in milliseconds since the epoch. */
  now(): Promise<number>;
  advance(milliseconds: number): Promise<void>;
  /** Makes a new account with these users and tickets. `sample`: with the sample data. */
  reset(data?: { sample?: boolean; users?: readonly SeedUser[]; tickets?: readonly SeedTicket[] }): Promise<void>;
  setConditions(change: Partial<Conditions>): Promise<void>;
  conditions(): Promise<Conditions>;
  /** The next matching requests have this fault. */
  failNext(fault: Fault, match?: FaultMatch, times?: number): Promise<void>;
  addUser(user: SeedUser): Promise<number>;
  addTicket(ticket: SeedTicket): Promise<number>;
  /** A person comments (internal) or changes a ticket. */
  comment(ticketId: number, body: string, authorId?: number): Promise<void>;
  change(
    ticketId: number,
    change: { status?: SeedTicket['status']; assigneeId?: number; tags?: readonly string[] },
  ): Promise<void>;
  merge(from: number, into: number): Promise<void>;
  /** Deletes a ticket for the API and for search. */
  deleteTicket(ticketId: number): Promise<void>;
  /** Deletes a user. The user's tickets stay. */
  deleteUser(userId: number): Promise<void>;
  /** Ends the agents' sessions: every request is answered with 401 until `signIn`. */
  signOut(): Promise<void>;
  signIn(): Promise<void>;
  /** Saves the installation's settings, as another administrator would. */
  saveSettings(settings: Record<string, unknown>): Promise<void>;
  settings(): Promise<Record<string, unknown>>;
  auditLog(): Promise<readonly AuditLogEntry[]>;
  requests(): Promise<readonly RequestLogEntry[]>;
  /** The comments of a ticket, oldest first. */
  comments(ticketId: number): Promise<readonly { body: string; authorId: number; public: boolean; at: number }[]>;
  ticket(ticketId: number): Promise<Record<string, unknown>>;
  /** All tickets, last updated first. */
  tickets(): Promise<readonly Record<string, unknown>[]>;
  user(userId: number): Promise<Record<string, unknown>>;
  /** Makes a ticket field required before a ticket can be solved. */
  requireField(fieldId: number, required?: boolean): Promise<void>;
}

export interface StandInOptions {
  /** The folder of the built Zendesk app (manifest.json, assets/, translations/). Without it, the shell has no app. */
  appFolder?: string;
  /** [any free port] */
  port?: number;
  /** The speed of the account's clock, as a multiple of the real one. [1] */
  speed?: number;
}

/** A running stand-in: an account at `url` with its API, its agents' shell page, and the app's files on another origin. */
export interface StandIn {
  /** http://127.0.0.1:PORT: `/agent` is the shell, `/api/v2/…` the API, `/stand-in/control` the control. */
  readonly url: string;
  /** http://localhost:OTHER_PORT: another site, where the app's files are. */
  readonly appUrl: string;
  readonly control: Control;
  close(): Promise<void>;
}
