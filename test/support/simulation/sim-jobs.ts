import type { TicketInput } from './crm-state.js';

interface Job {
  id: string;
  status: 'queued' | 'working' | 'completed' | 'killed';
  progress: number | null;
  results: { id: number; success: boolean; status: string; error?: string }[] | null;
}

/** Milliseconds for each ticket of a job. */
const timePerTicket = 300;
const errors: Readonly<Record<number, string>> = {
  404: 'RecordNotFound',
  409: 'UpdateConflict',
  422: 'Status: closed prevents ticket update',
};

/** The jobs. After the response to its request, a job updates one ticket after the other. */
export class SimJobs {
  readonly #jobs = new Map<string, Job>();
  readonly #after: (milliseconds: number, run: () => void) => void;
  readonly #apply: (update: TicketInput) => number;
  /** A fault: whether the next job is killed before it has updated all tickets. */
  kills: () => boolean = () => false;

  constructor(after: (milliseconds: number, run: () => void) => void, apply: (update: TicketInput) => number) {
    this.#after = after;
    this.#apply = apply;
  }

  start(updates: readonly TicketInput[]): Job {
    const job: Job = { id: `V3-${this.#jobs.size}`, status: 'queued', progress: null, results: null };
    this.#jobs.set(job.id, job);
    const until = this.kills() ? Math.floor(updates.length / 2) : updates.length;
    const results: NonNullable<Job['results']> = [];
    const step = (at: number): void => {
      if (at >= until) {
        Object.assign(job, until < updates.length ? { status: 'killed' } : { status: 'completed', results });
        return;
      }
      Object.assign(job, { status: 'working', progress: at + 1 });
      const update = updates[at]!;
      const status = this.#apply(update);
      const success = status === 200;
      results.push({ id: update.id!, success, status: success ? 'Updated' : 'Failed', error: errors[status] ?? '' });
      this.#after(timePerTicket, () => step(at + 1));
    };
    this.#after(timePerTicket, () => step(0));
    return { ...job };
  }

  status(id: string): Job | undefined {
    const job = this.#jobs.get(id);
    return job && { ...job };
  }
}
