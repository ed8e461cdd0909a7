/** Throws where there is no kamailio. */
export function startSipDemo(options?: { port?: number }): Promise<{ url: string; stop(): Promise<void> }>;
