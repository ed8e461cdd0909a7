export function buildZendeskApp(
  folder: string,
  options?: { account?: string; connect?: string; minify?: boolean },
): Promise<void>;
export const anyAccount: string;
export function zendeskAccount(options: {
  given?: string | undefined;
  ask?: ((question: string) => Promise<string>) | undefined;
  say: (text: string) => void;
}): Promise<string>;
export function filesOf(folder: string): string[];
export function zipped(folder: string): Promise<Uint8Array>;
