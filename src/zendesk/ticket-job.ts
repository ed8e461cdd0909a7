import type { WriteResult } from '../crm/crm-host.js';
import type { PreparedWrite } from './prepared-write.js';
import type { JobResult, JobStatus } from './shapes.js';
import { failedWrite, type FailedWrite } from './write-refusal.js';
import type { ZendeskApi } from './zendesk-api.js';

/** Milliseconds between the polls of a job. */
const pauses = [1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000];

/** Sends up to a hundred writes as one job, and polls the job until the result of each ticket is known. */
export async function runTicketJob(
  api: ZendeskApi,
  prepared: readonly PreparedWrite[],
): Promise<readonly WriteResult[]> {
  const tickets = prepared.map(({ write, ticket }) => ({ id: Number(write.ticketId), ...ticket }));
  let job: JobStatus;
  try {
    const path = '/api/v2/tickets/update_many.json';
    const body = JSON.stringify({ tickets });
    ({ job_status: job } = await api.write<{ job_status: JobStatus }>('PUT', path, body));
  } catch (error) {
    return prepared.map(({ write }) => failedWrite(write, error));
  }
  const results = await finished(api, job);
  return prepared.map(({ write }) => {
    const result = results?.find(({ id }) => String(id) === write.ticketId);
    return resultOf(write.key, write.ticketId, result);
  });
}

/** Polls a job until it has ended. Undefined: it is not known which tickets were written. */
async function finished(api: ZendeskApi, started: JobStatus | undefined): Promise<readonly JobResult[] | undefined> {
  let job = started;
  for (const pause of pauses) {
    if (job?.status === 'completed') return job.results ?? undefined;
    // A killed job may not report the tickets that it has written.
    if (typeof job?.id !== 'string' || job.status === 'failed' || job.status === 'killed')
      return job?.results ?? undefined;
    await api.delay(pause);
    const path = `/api/v2/job_statuses/${encodeURIComponent(job.id)}`;
    try {
      job = (await api.get<{ job_status: JobStatus }>(path, { priority: 'background' })).job_status;
    } catch {
      // The job goes on although a poll has failed.
    }
  }
  return job?.status === 'completed' ? (job.results ?? undefined) : undefined;
}

function resultOf(key: string, ticketId: string, result: JobResult | undefined): WriteResult {
  // A job reports no stamps, so the outbox reads the ticket before its next write.
  if (result?.success === true) return { key, ok: true };
  const failed = (outcome: FailedWrite['outcome'], reason: FailedWrite['reason'], message: string): FailedWrite => ({
    key,
    ok: false,
    outcome,
    reason,
    message,
  });
  const problem = [result?.error, result?.status, result?.details].filter(Boolean).join(' ');
  if (/conflict/i.test(problem)) return failed('refused', 'conflict', `Ticket ${ticketId} has changed meanwhile.`);
  if (/closed prevents/i.test(problem)) return failed('refused', 'closed', `Ticket ${ticketId} is closed.`);
  if (/forbidden|permission|access.?denied/i.test(problem))
    return failed('refused', 'forbidden', `Zendesk does not let you change ticket ${ticketId}.`);
  if (/unauthori[sz]ed|authenticate/i.test(problem))
    return failed('not-applied', 'unauthorized', 'You are signed out of Zendesk.');
  if (/not.?found/i.test(problem))
    return failed('refused', 'not-found', `There is no ticket ${ticketId} that you may see.`);
  // The messages of failed tickets are not documented. The next try sends this write alone, and gets an exact error.
  return failed('unknown', 'unavailable', `It is not known whether ticket ${ticketId} was updated. ${problem}`.trim());
}
