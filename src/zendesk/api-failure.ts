import { CrmError, type CrmErrorCode, type CrmOutcome } from '../crm/crm-error.js';
import type { ZendeskResponse } from './transport.js';

/** The body of Zendesk's response to a refused request. */
interface Refusal {
  error?: string | { title?: string; message?: string };
  description?: string;
  details?: Record<string, readonly { description?: string; error?: string }[]>;
}

/** The error for a response with an error status. Only this binding uses its details. */
export class ZendeskRefusal extends CrmError {
  readonly status: number;
  /** Zendesk's error code: RecordInvalid, UpdateConflict, TooManyJobs … */
  readonly error: string;
  /** The names of the refused fields. */
  readonly fields: readonly string[];
  /** The names of the refused fields whose value another record has already. */
  readonly taken: readonly string[];

  constructor(
    code: CrmErrorCode,
    message: string,
    outcome: CrmOutcome,
    { status, error, fields, taken, retryAfter }: Details,
  ) {
    super(code, message, { outcome, retryAfter });
    this.status = status;
    this.error = error;
    this.fields = fields;
    this.taken = taken;
  }
}

interface Details {
  status: number;
  error: string;
  fields: readonly string[];
  taken: readonly string[];
  retryAfter?: number;
}

const codes: Readonly<Record<number, CrmErrorCode>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'invalid',
  422: 'invalid',
  429: 'rate-limited',
};

const words: Record<CrmErrorCode, string> = {
  offline: 'There is no connection to Zendesk.',
  'rate-limited': 'Zendesk takes no more requests for a moment.',
  unauthorized: 'You are signed out of Zendesk.',
  forbidden: 'Zendesk does not let you do that.',
  'not-found': 'Zendesk does not have that.',
  conflict: 'It has been changed in Zendesk meanwhile.',
  invalid: 'A value isn’t valid.',
  unavailable: 'Zendesk is out of order for a moment.',
  timeout: 'Zendesk did not answer in time.',
};

/** Seconds until a running job has probably ended and another one can start. */
const jobPause = 60;

/**
 * The error for a response with an error status. A refusal had no effect; after a 5xx a write may have been applied.
 */
export function apiFailureOf({ status, body }: ZendeskResponse, writes: boolean, retryAfter?: number): ZendeskRefusal {
  const tooManyJobs = errorOf(body) === 'TooManyJobs';
  // No TooManyJobs response has been recorded, so its status is not known. The error's name decides.
  const code = tooManyJobs
    ? 'rate-limited'
    : (codes[status] ?? (status >= 400 && status < 500 ? 'invalid' : 'unavailable'));
  const outcome: CrmOutcome = code === 'unavailable' && writes ? 'unknown' : 'not-applied';
  const refusal = (typeof body === 'object' && body !== null ? body : {}) as Refusal;
  const error = errorOf(body);
  const details = Object.entries(refusal.details ?? {});
  const descriptions = details
    .flatMap(([, each]) => (Array.isArray(each) ? each.map(({ description }) => description) : []))
    .filter((text) => typeof text === 'string' && text !== '')
    .join('; ');
  const reason = descriptions || (code === 'invalid' || code === 'forbidden' ? (refusal.description ?? '') : '');
  const message = reason ? `${words[code].slice(0, -1)}: ${reason}` : words[code];
  const fields = details.map(([field]) => field);
  const taken = details.filter(([, each]) => isTaken(each)).map(([field]) => field);
  return new ZendeskRefusal(code, message, outcome, {
    status,
    error,
    fields,
    taken,
    ...(retryAfter !== undefined ? { retryAfter } : tooManyJobs ? { retryAfter: jobPause } : {}),
  });
}

/** Zendesk's error code is the same in every language. The sentence decides only if the body has no code. */
const isTaken = (each: unknown): boolean =>
  Array.isArray(each) &&
  (each as readonly { description?: unknown; error?: unknown }[]).some(({ error, description }) =>
    error === undefined ? /\btaken\b/i.test(String(description)) : error === 'DuplicateValue',
  );

function errorOf(body: unknown): string {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as Refusal;
  return typeof error === 'string' ? error : (error?.title ?? '');
}

/** The error if there was no response, or if it was not Zendesk's (a proxy's page with status 200). */
export const noAnswer = (code: 'offline' | 'timeout' | 'unavailable', outcome: CrmOutcome, cause?: unknown): CrmError =>
  new CrmError(code, words[code], { outcome, cause });

/** The error if a request was not sent because the budget is used up. `retryAfter`: seconds until it is not. */
export const overBudget = (retryAfter: number): CrmError =>
  new CrmError('rate-limited', words['rate-limited'], { outcome: 'not-applied', retryAfter });
