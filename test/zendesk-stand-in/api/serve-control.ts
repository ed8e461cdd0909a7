import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Control } from '../control.js';
import { send, textOf } from './serve-api.js';

const anyOrigin = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Allow-Private-Network': 'true',
};

/** Serves `POST /stand-in/control` with `{ method, args }`, for pages of any origin. */
export async function serveControl(control: Control, request: IncomingMessage, response: ServerResponse) {
  const answer = (status: number, body: unknown) => send(response, { status, body, headers: anyOrigin });
  if (request.method === 'OPTIONS') return answer(204, '');
  try {
    const { method, args = [] } = JSON.parse(await textOf(request)) as { method: string; args?: unknown[] };
    if (!Object.hasOwn(control, method)) throw new Error(`Control has no ${method}`);
    const run = control[method as keyof Control] as (...args: unknown[]) => Promise<unknown>;
    answer(200, { result: (await run(...args)) ?? null });
  } catch (error) {
    answer(500, { error: String(error instanceof Error ? error.message : error) });
  }
}
