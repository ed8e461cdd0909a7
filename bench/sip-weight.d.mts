export function sipWeight(): Promise<{ entry: number; later: number }>;
