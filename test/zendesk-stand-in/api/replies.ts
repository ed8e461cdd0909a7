/** A response of the API. A text body is sent unchanged. */
export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Thrown if a request is refused. Nothing has changed then. */
export class Refusal extends Error {
  constructor(
    readonly reply: Reply,
    message = `Refused with ${reply.status}`,
  ) {
    super(message);
  }
}

const error = (status: number, name: string, description: string, more: object = {}): Reply => ({
  status,
  body: { error: name, description, ...more },
});

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown, url?: string): Reply => ({
  status: 201,
  body,
  ...(url ? { headers: { Location: url } } : {}),
});

// (I) The body of a 401; only the status is documented.
export const notSignedIn: Reply = { status: 401, body: { error: "Couldn't authenticate you" } };
// (I) The body of a 403; only the status is documented.
export const forbidden = error(403, 'Forbidden', 'You do not have access to this page.');
// (V)
export const notFound = error(404, 'RecordNotFound', 'Not found');
// (I) The response of an endpoint that the account's plan does not have.
export const noEndpoint = error(404, 'InvalidEndpoint', 'Not found');
// (D; body C)
export const conflict = error(
  409,
  'UpdateConflict',
  'Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.',
);
// (C)
export const inFlight = error(409, 'IdempotentRequestInProgress', 'A request with this key is still in progress');
// (D)
export const otherBody = error(
  400,
  'IdempotentRequestError',
  "Request parameters don't match the given idempotency key",
);
// (V) With two spaces, where the parameter's name is missing.
export const tooMany = error(400, 'TooManyValues', 'Parameter  cannot specify more than 100 values', {
  max_count: 100,
});
// (I) The body of a 429; status and Retry-After are documented.
export const tooOften = (retryAfter?: number | string): Reply => ({
  ...error(429, 'APIRateLimitExceeded', 'Number of allowed API requests per minute exceeded'),
  ...(retryAfter === undefined ? {} : { headers: { 'Retry-After': String(retryAfter) } }),
});
/** An error of the stand-in, not of Zendesk: the request is not documented. */
export const notDocumented = (what: string) => error(400, 'NotDocumented', what);

export interface Detail {
  description: string;
  error?: string;
}
/** (D) The shape; the texts are (I), except that of a closed ticket. */
export const invalid = (details: Record<string, Detail[]>) =>
  new Refusal(error(422, 'RecordInvalid', 'Record validation errors', { details }));
export const invalidField = (field: string, description: string, code?: string) =>
  invalid({ [field]: [{ description, ...(code ? { error: code } : {}) }] });
/** (I) An external id has at most 255 characters. */
export function checkExternalId(id: string | null | undefined): void {
  if ((id?.length ?? 0) > 255)
    throw invalidField('external_id', 'External is too long (maximum is 255 characters)', 'TooLong');
}

// (C) Six unrelated code bases have the same text.
export const closedPreventsUpdate = () => invalidField('status', 'Status: closed prevents ticket update');

/** A refusal in the form of a job's result. */
export function inOneLine(reply: Reply): { error: string; details: string } {
  const body = reply.body as { error: string; description?: string; details?: Record<string, Detail[]> };
  const details = Object.values(body.details ?? {})
    .flat()
    .map((one) => one.description)
    .join('; ');
  return { error: body.error, details: details || (body.description ?? '') };
}
