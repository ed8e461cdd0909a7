import type { Fault } from '../control.js';
import type { Account } from './account.js';
import { conflict, forbidden, inFlight, invalid, notFound, notSignedIn, tooOften, type Reply } from './replies.js';

// (I) A proxy's page.
const html = (status: number): Reply => ({
  status,
  body: '<!DOCTYPE html><html><head><title>Please wait</title></head><body><h1>We will be back soon</h1></body></html>',
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
});

const broken = (status: number): Reply => ({
  status,
  body: { error: 'ServerError', description: 'Something went wrong' },
});

/** The response of a fault that prevents the request: nothing is applied. Undefined: the request is applied. */
export function insteadOf(account: Account, method: string, fault: Fault): Reply | undefined {
  if (fault.kind === 'html') return html(fault.status);
  if (fault.kind !== 'status') return undefined;
  const { status, retryAfter, asDate } = fault;
  const reply = byStatus(method, status);
  if (retryAfter === undefined) return reply;
  const date = () => new Date(account.clock.now() + retryAfter * 1000).toUTCString();
  return { ...reply, headers: { ...reply.headers, 'Retry-After': asDate ? date() : String(retryAfter) } };
}

function byStatus(method: string, status: number): Reply {
  if (status === 401) return notSignedIn;
  if (status === 403) return forbidden;
  if (status === 404) return notFound;
  if (status === 409) return method === 'POST' ? inFlight : conflict;
  if (status === 422) return invalid({ base: [{ description: 'Invalid' }] }).reply;
  if (status === 429) return tooOften();
  return broken(status);
}

/** The response of a fault that replaces the real response after the request was applied. */
export const afterwards = (fault: Fault | undefined): Reply | undefined =>
  fault?.kind === 'status-after' ? broken(fault.status) : undefined;
