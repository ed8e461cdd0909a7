import type { AuditLogEntry, Conditions, RequestLogEntry } from '../control.js';
import { stamp, type Clock } from './clock.js';
import { createFaults, type Faults } from './faults.js';
import type { KeptAnswer } from './idempotency.js';
import type { Job } from './jobs.js';
import type { Window } from './limits.js';
import type { CustomStatus, Field, Group, Identity, Membership, StoredTicket, Ticket, User } from './records.js';
import { createIndex, type Index } from './search-index.js';
import { addStaff } from './staff.js';

/** The state of an account. `reset` makes a new one. */
export interface Account {
  readonly clock: Clock;
  readonly url: string;
  conditions: Conditions;
  signedOut: boolean;
  readonly users: Map<number, User>;
  readonly deletedUsers: Map<number, User>;
  readonly identities: Map<number, Identity[]>;
  readonly groups: Group[];
  readonly memberships: Membership[];
  readonly tickets: Map<number, StoredTicket>;
  readonly ticketFields: Field[];
  readonly userFields: Field[];
  readonly customStatuses: CustomStatus[];
  readonly ticketForms: { id: number; name: string; [key: string]: unknown }[];
  readonly brands: { id: number; name: string; [key: string]: unknown }[];
  readonly installation: { id: number; settings: Record<string, unknown> };
  readonly foundUsers: Index<User & { numbers: string[]; emails: string[] }>;
  readonly foundTickets: Index<Ticket & { commentCount: number }>;
  readonly jobs: Map<string, Job>;
  readonly windows: Map<string, Window>;
  readonly answers: Map<string, KeptAnswer>;
  readonly faults: Faults;
  readonly auditLog: AuditLogEntry[];
  readonly requests: RequestLogEntry[];
  /** Returns the given id, or the next id of a kind. */
  number(kind: keyof typeof firstNumbers, given?: number): number;
}

/** Who makes a change, how, and when [now]. */
export interface Origin {
  actor: User;
  by: 'api' | 'person';
  at?: number;
  idempotencyKey?: string;
  /** The change belongs to the initial data and is not logged. */
  unlogged?: boolean;
}

const firstNumbers = { user: 1001, ticket: 1, event: 90001, identity: 6001, field: 311, job: 1, upload: 1 };

export const defaultConditions: Conditions = {
  indexLagMs: 0,
  listLagMs: 0,
  latencyMs: 0,
  voice: true,
  perTicketLimit: false,
  jobs: 30,
  jobMsPerTicket: 50,
  headers: 'ratelimit',
};

/** Makes an account with staff, groups, fields and statuses, without customers. */
export function createAccount(clock: Clock, url: string): Account {
  const next = { ...firstNumbers };
  const account: Account = {
    clock,
    url,
    conditions: { ...defaultConditions },
    signedOut: false,
    users: new Map(),
    deletedUsers: new Map(),
    identities: new Map(),
    groups: [],
    memberships: [],
    tickets: new Map(),
    ticketFields: [],
    userFields: [],
    customStatuses: [],
    ticketForms: [],
    brands: [],
    installation: { id: 9001, settings: { settings: '{}' } },
    foundUsers: createIndex(clock, () => account.conditions.indexLagMs),
    foundTickets: createIndex(clock, () => account.conditions.indexLagMs),
    jobs: new Map(),
    windows: new Map(),
    answers: new Map(),
    faults: createFaults(() => account.conditions.random),
    auditLog: [],
    requests: [],
    number(kind, given) {
      const number = given ?? next[kind];
      next[kind] = Math.max(next[kind], number + 1);
      return number;
    },
  };
  addStaff(account);
  return account;
}

export const timeOf = (account: Account, origin: Origin) => origin.at ?? account.clock.now();
export const stampOf = (account: Account, origin: Origin) => stamp(timeOf(account, origin));

/** Logs a change that took effect. */
export function log(account: Account, origin: Origin, entry: Omit<AuditLogEntry, 'number' | 'at' | 'actor' | 'by'>) {
  if (origin.unlogged) return;
  account.auditLog.push({
    number: account.auditLog.length + 1,
    at: account.clock.now(),
    actor: String(origin.actor.id),
    by: origin.by,
    ...(origin.idempotencyKey ? { idempotencyKey: origin.idempotencyKey } : {}),
    ...entry,
  });
}
/** Logs a change that the system made as a consequence of another change. */
export function logSystem(account: Account, origin: Origin, entry: Parameters<typeof log>[2]) {
  log(account, origin, entry);
  const last = account.auditLog.at(-1);
  if (!origin.unlogged && last) last.actor = 'system';
}

export const isStaff = (user: User | undefined): user is User => user !== undefined && user.role !== 'end-user';
export const groupsOf = (account: Account, userId: number) =>
  account.memberships.filter((one) => one.user_id === userId);
export const isMember = (account: Account, userId: number, groupId: number) =>
  groupsOf(account, userId).some((one) => one.group_id === groupId);

/** (I) A hidden ticket is seen by its group's members and by administrators. */
export const maySee = (account: Account, user: User, ticket: StoredTicket) =>
  !ticket.hidden ||
  user.role === 'admin' ||
  (ticket.json.group_id !== null && isMember(account, user.id, ticket.json.group_id));
