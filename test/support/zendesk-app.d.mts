export function buildZendeskApp(
  folder: string,
  options?: { account?: string; connect?: string; minify?: boolean },
): Promise<void>;
export function filesOf(folder: string): string[];
export function zipped(folder: string): Promise<Uint8Array>;
