import type { MemoryHost } from '../../src/memory/index.js';

/**
 * How often a line of this kind was written for this session: `call_started`, `call_finished`. Comments that were sent
 * together count separately.
 */
export const recorded = (host: MemoryHost, kind: string, sessionId: string): number =>
  host
    .tickets()
    .flatMap(({ id }) => host.comments(id))
    .flatMap(({ body }) => body.split('\n\n'))
    .map((part) => part.split('\n'))
    .filter((lines) => lines.includes(kind) && lines.includes(`Call ID: ${sessionId}`)).length;
