import type { MemoryHost } from '../../src/memory/index.js';

/** Marks the embedded CRM as not volatile, like a real CRM: what waits for it is stored beyond the page. */
export const lasting = (host: MemoryHost): MemoryHost => Object.defineProperty(host, 'volatile', { value: false });
