/** Throws if kamailio is missing. */
export function startSipDemo(options?: { port?: number }): Promise<{ url: string; stop(): Promise<void> }>;
