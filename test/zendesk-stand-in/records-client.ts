import assert from 'node:assert/strict';
import type { CrmError } from '../../src/crm/crm-error.js';
import {
  fetchTransport,
  ZendeskRecords,
  type ZendeskRecordsOptions,
  type ZendeskTransport,
} from '../../src/zendesk/index.js';
import type { AuditLogEntry, Control, RequestLogEntry, StandIn } from './control.js';
import { fastTime } from './fast-time.js';

/** The speed of the account's clock and of the records' clock. */
export const speed = 20;

/** `ZendeskRecords` of an agent of the stand-in, over HTTP. */
export function recordsOf(
  standIn: StandIn,
  {
    user = 101,
    wrap = (transport) => transport,
    ...options
  }: ZendeskRecordsOptions & {
    user?: number;
    wrap?: (transport: ZendeskTransport) => ZendeskTransport;
  } = {},
): ZendeskRecords {
  const wire = fetchTransport({ origin: standIn.url, authorization: () => `Bearer agent-${user}` });
  return new ZendeskRecords(wrap(wire), { ...fastTime(speed), ...options });
}

export const first = (key: string) => ({ key, attempt: 'first' as const });
export const again = (key: string) => ({ key, attempt: 'maybe-applied' as const });
export const note = (body: string) => ({ body, public: false as const });

/** The error with which a promise rejects. Fails if it resolves. */
export const errorOf = (promise: Promise<unknown>): Promise<CrmError> =>
  promise.then(
    () => assert.fail('It was expected to fail'),
    (error: unknown) => error as CrmError,
  );

/** The changes that came through the API. */
export async function written(control: Control): Promise<readonly AuditLogEntry[]> {
  return (await control.auditLog()).filter(({ by }) => by === 'api');
}

/** All requests so far, as `GET /api/v2/…`, without queries. */
export async function asked(control: Control): Promise<readonly string[]> {
  return (await control.requests()).map(({ method, path }) => `${method} ${path.split('?')[0]}`);
}

/** The requests that were refused as undocumented. */
export async function undocumented(control: Control): Promise<readonly RequestLogEntry[]> {
  return (await control.requests()).filter(({ refused }) => refused !== undefined);
}
