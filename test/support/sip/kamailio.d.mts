export interface Kamailio {
  url: string;
  port: number;
  domain: string;
  /** Kills the server, like a crash. */
  kill(): Promise<void>;
  start(): Promise<void>;
  log(): string;
  close(): Promise<void>;
}
export function passwordOf(user: string): string;
export function startKamailio(): Promise<Kamailio>;
