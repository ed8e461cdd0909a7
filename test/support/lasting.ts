import type { MemoryHost } from '../../src/memory/index.js';

/** Makes the embedded CRM outlive a page, as a real one does. */
export const lasting = (host: MemoryHost): MemoryHost => Object.defineProperty(host, 'volatile', { value: false });
