export interface ProtocolLogEntry {
  at: number;
  way: 'in' | 'out';
  /** The instance in the iframe. */
  guid: string;
  location: string;
  message: unknown;
  /** Why the message was not delivered. */
  dropped?: string;
}

declare global {
  interface Window {
    protocolErrors: string[];
    protocolLog: ProtocolLogEntry[];
  }
}

const most = 2000;

/** Logs every message and every protocol error. Tests read both on `window`. */
export class ProtocolLog {
  readonly errors: string[] = [];
  readonly entries: ProtocolLogEntry[] = [];
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
    window.protocolErrors = this.errors;
    window.protocolLog = this.entries;
  }

  error(text: string) {
    this.errors.push(text);
    console.warn(`[stand-in] protocol error: ${text}`);
    this.#changed();
  }

  add(entry: Omit<ProtocolLogEntry, 'at'>) {
    this.entries.push({ at: Date.now(), ...entry });
    if (this.entries.length > most) this.entries.splice(0, this.entries.length - most);
  }
}
