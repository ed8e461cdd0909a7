import { isWithoutTicket } from '../domain/session.js';
import type { KnownSession } from './known-session.js';
import type { SipStorage } from './options.js';
import type { PresenceState } from '../telephony/presence.js';

const format = 1;
const thirtyDays = 30 * 24 * 3600 * 1000;

interface Index {
  agentId: string;
  presence: PresenceState;
  /** When each session ended; 0: it has not. */
  sessions: Map<string, number>;
}

/**
 * What survives a reload: the status, and each session under a key of its own for 30 days after its end. Never
 * credentials, and of a call without a ticket (S4) nothing after its end.
 */
export class SipMemory {
  #storage: SipStorage | undefined;
  #key: string;
  #index: Index | undefined;

  constructor(storage: SipStorage | undefined, key: string) {
    this.#storage = storage;
    this.#key = key;
  }

  /** The agent's status as it was left; another agent's sessions are forgotten. */
  open(agentId: string, now: number): PresenceState | undefined {
    const kept = this.#read<Omit<Index, 'sessions'> & { format: number; sessions: Record<string, number> }>(this.#key);
    const isTheirs = kept?.format === format && kept.agentId === agentId;
    this.#index = { agentId, presence: { status: 'unavailable' }, sessions: new Map() };
    for (const [id, endedAt] of Object.entries(kept?.sessions ?? {}))
      if (isTheirs && (endedAt === 0 || now - endedAt < thirtyDays)) this.#index.sessions.set(id, endedAt);
      else this.#remove(id);
    return isTheirs ? (this.#index.presence = kept.presence) : undefined;
  }

  /** The sessions that were on when they were written last. */
  unfinished(): KnownSession[] {
    return this.#all((endedAt) => endedAt === 0);
  }

  everything(): KnownSession[] {
    return this.#all(() => true);
  }

  find(id: string): KnownSession | undefined {
    return this.#index?.sessions.has(id) ? this.#read<KnownSession>(this.#keyOf(id)) : undefined;
  }

  keepPresence(presence: PresenceState): void {
    if (!this.#index) return;
    this.#index.presence = presence;
    this.#writeIndex();
  }

  keep(one: KnownSession): void {
    if (!this.#index) return;
    const { id } = one.session;
    const endedAt = one.place === 'over' ? (one.endedAt ?? one.createdAt) : 0;
    if (one.place === 'over' && isSilent(one)) {
      this.#index.sessions.delete(id);
      this.#remove(id);
      return this.#writeIndex();
    }
    this.#write(this.#keyOf(id), one);
    if (this.#index.sessions.get(id) === endedAt) return;
    this.#index.sessions.set(id, endedAt);
    this.#writeIndex();
  }

  #all(wanted: (endedAt: number) => boolean): KnownSession[] {
    return [...(this.#index?.sessions ?? [])]
      .filter(([, endedAt]) => wanted(endedAt))
      .flatMap(([id]) => this.#read<KnownSession>(this.#keyOf(id)) ?? []);
  }

  #keyOf(id: string): string {
    return `${this.#key}:${id}`;
  }

  #writeIndex(): void {
    if (!this.#index) return;
    const { sessions, ...index } = this.#index;
    this.#write(this.#key, { format, ...index, sessions: Object.fromEntries(sessions) });
  }

  #read<T>(key: string): T | undefined {
    try {
      return (JSON.parse(this.#storage?.getItem(key) ?? 'null') as T | null) ?? undefined;
    } catch {
      return undefined;
    }
  }

  #write(key: string, value: unknown): void {
    try {
      this.#storage?.setItem(key, JSON.stringify(value));
    } catch {
      // Full or refused: the calls go on, only a reload will not find them.
    }
  }

  #remove(id: string): void {
    try {
      this.#storage?.removeItem(this.#keyOf(id));
    } catch {
      // As above.
    }
  }
}

const isSilent = ({ session }: KnownSession): boolean => isWithoutTicket(session);
