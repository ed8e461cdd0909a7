import { logSystem, type Account, type Origin } from './account.js';
import type { Fault } from '../control.js';
import { absorb, checkTarget, survive, type Merge } from './merge.js';
import type { StoredTicket } from './records.js';
import { conflict, inOneLine, Refusal, type Reply } from './replies.js';
import type { TicketInput } from './ticket-values.js';
import { findTicket, updateTicket } from './tickets.js';

/** (V) */
export interface Job {
  id: string;
  url: string;
  total: number;
  progress: number | null;
  status: 'queued' | 'working' | 'completed';
  message: string | null;
  results: JobResult[] | null;
}

/** (V) The result of a success; the shape of a failure is (I). */
interface JobResult {
  action: 'update';
  id: number;
  status: 'Updated' | 'Failed';
  success: boolean;
  error?: string;
  details?: string;
}

interface Part {
  id: number;
  apply(): void;
}

/** (D) The number of running jobs is limited. */
export function makeJob(
  account: Account,
  parts: readonly Part[],
  origin: Origin,
  fault: Fault | undefined,
  done = () => {},
): Reply {
  const running = [...account.jobs.values()].filter((job) => job.status !== 'completed');
  const total = account.conditions.jobs;
  if (running.length >= total || fault?.kind === 'too-many-jobs')
    // (I) No response with its status was recorded.
    throw new Refusal({
      ...tooManyJobs(
        running.map((job) => job.id),
        total,
      ),
      ...(fault?.kind === 'too-many-jobs' && fault.status && { status: fault.status }),
    });

  const id = `V3-${String(account.number('job')).padStart(32, '0')}`;
  const url = `${account.url}/api/v2/job_statuses/${id}.json`;
  const job: Job = { id, url, total: parts.length, progress: null, status: 'queued', message: null, results: null };
  account.jobs.set(id, job);
  const results: JobResult[] = [];
  const step = (index: number) => {
    const part = parts[index];
    if (!part) {
      done();
      const failed = results.filter((one) => !one.success).length;
      Object.assign(job, { status: 'completed', progress: parts.length, results });
      job.message = `Completed at ${new Date(account.clock.now()).toISOString()}`;
      logSystem(account, origin, { what: 'job.done', changes: { id, updated: results.length - failed, failed } });
      return;
    }
    Object.assign(job, { status: 'working', progress: index + 1, message: `Updating ticket #${index + 1}` });
    results.push(attempt(part, fault));
    account.clock.after(account.conditions.jobMsPerTicket, () => step(index + 1));
  };
  account.clock.after(account.conditions.jobMsPerTicket, () => step(0));
  const headers = inFlightHeader(total, running.length + 1);
  return { status: 200, body: { job_status: { ...job } }, headers };
}

function attempt(part: Part, fault: Fault | undefined): JobResult {
  const failed = (error: string, details: string): JobResult => {
    return { action: 'update', status: 'Failed', success: false, id: part.id, error, details };
  };
  if (fault?.kind === 'job-fails' && (fault.ticketIds?.includes(part.id) ?? true))
    return failed('TicketUpdateFailed', 'The update failed');
  try {
    part.apply();
    return { action: 'update', status: 'Updated', success: true, id: part.id };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { error: name, details } = inOneLine(error.reply);
    return failed(name, details);
  }
}

// (D) The header, with a recorded value.
const inFlightHeader = (total: number, running: number) => ({
  'zendesk-ratelimit-inflight-jobs': `total=${total}; remaining=${Math.max(0, total - running)}; resets=60`,
});

// (D) The body; (I) the status.
const tooManyJobs = (current_job_ids: string[], total: number): Reply => ({
  status: 429,
  body: {
    error: 'TooManyJobs',
    description: 'Too many TicketBulkUpdateJob jobs are currently queued or running. Try again later.',
    current_job_ids,
  },
  headers: inFlightHeader(total, total),
});

/** (V) One change of many tickets, or a change for each; (D) the latter always fails for a ticket that has changed meanwhile. */
export function updateMany(
  account: Account,
  updates: readonly { id: number; change: TicketInput }[],
  isBatch: boolean,
  origin: Origin,
  fault: Fault | undefined,
): Reply {
  const versions = new Map(updates.map(({ id }) => [id, account.tickets.get(id)?.version]));
  const parts = updates.map(({ id, change }) => ({
    id,
    apply() {
      const ticket = findTicket(account, id, origin);
      if (isBatch && ticket.version !== versions.get(id)) throw new Refusal(conflict);
      updateTicket(account, ticket, change, origin);
    },
  }));
  return makeJob(account, parts, origin, fault);
}

export function mergeMany(
  account: Account,
  target: StoredTicket,
  merge: Merge,
  origin: Origin,
  fault: Fault | undefined,
): Reply {
  checkTarget(target);
  const absorbed: StoredTicket[] = [];
  const parts = merge.ids.map((id) => ({
    id,
    apply() {
      const source = findTicket(account, id, origin);
      checkTarget(target);
      absorb(account, source, target, merge, origin);
      absorbed.push(source);
    },
  }));
  return makeJob(account, parts, origin, fault, () => survive(account, target, absorbed, merge, origin));
}
