import type { MemoryHost } from '../../src/memory/index.js';

/** A CRM that outlives the page, as real ones do. The embedded CRM declares that it does not. */
export const lasting = (host: MemoryHost): MemoryHost => Object.defineProperty(host, 'volatile', { value: false });
