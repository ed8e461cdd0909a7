import type { MemoryHost } from '../../src/memory/index.js';

/** A CRM that outlives a page, as a real one does; the embedded one says that it does not. */
export const lasting = (host: MemoryHost): MemoryHost => Object.defineProperty(host, 'volatile', { value: false });
