import type { MemoryHost } from '../../src/memory/index.js';

/**
 * The number of times that a line (`call_started`, `call_finished`) was written for a session. Comments that were sent
 * in one batch count separately.
 */
export const recorded = (host: MemoryHost, kind: string, sessionId: string): number =>
  host
    .tickets()
    .flatMap(({ id }) => host.comments(id))
    .flatMap(({ body }) => body.split('\n\n'))
    .map((part) => part.split('\n'))
    .filter((lines) => lines.includes(kind) && lines.includes(`Call ID: ${sessionId}`)).length;
