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

/** The account's clock, and that of the records, run so many times as fast. */
export const speed = 20;

/** The records of an agent of the stand-in, over HTTP. */
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

/** What a promise rejects with; fails where it does not. */
export const errorOf = (promise: Promise<unknown>): Promise<CrmError> =>
  promise.then(
    () => assert.fail('It was expected to fail'),
    (error: unknown) => error as CrmError,
  );

/** What our requests changed. */
export async function written(control: Control): Promise<readonly AuditLogEntry[]> {
  return (await control.auditLog()).filter(({ by }) => by === 'api');
}

/** The requests since the last look, as `GET /api/v2/…`, without queries. */
export async function asked(control: Control): Promise<readonly string[]> {
  return (await control.requests()).map(({ method, path }) => `${method} ${path.split('?')[0]}`);
}

/** No request went out that the documentation does not know. */
export async function undocumented(control: Control): Promise<readonly RequestLogEntry[]> {
  return (await control.requests()).filter(({ refused }) => refused !== undefined);
}
