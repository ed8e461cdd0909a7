import type { MemoryHost } from '../../src/memory/index.js';

/**
 * How often a card of this kind was written for this session: `call_started`, `call_finished`. Cards that were sent
 * together count separately.
 */
export const recorded = (host: MemoryHost, kind: string, sessionId: string): number =>
  host
    .tickets()
    .flatMap(({ id }) => host.comments(id))
    .flatMap(({ body }) => body.split('\n'))
    .filter((line) => line === `${kind} · ${sessionId}`).length;
