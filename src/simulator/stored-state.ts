import type { PlatformEvent } from '../telephony/platform-event.js';
import type { PresenceState } from '../telephony/presence.js';
import type { SimulatedSession } from './simulated-session.js';
import type { StoredVoicemail } from './stored-voicemail.js';

export type StateStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** The stored state, which survives a reload of the page. */
export interface StoredState {
  format: 2;
  /** The number of sign-ins so far. It makes each page's text differ, so that a page notices when another takes over. */
  turn: number;
  agentId?: string;
  presence: PresenceState;
  sessions: readonly SimulatedSession[];
  voicemails: readonly StoredVoicemail[];
  undelivered: readonly PlatformEvent[];
  lastId: number;
  /** The keys of dial plans that were cancelled before they were dialled, the newest last. */
  cancelled?: readonly string[];
}

/** Reads and writes the state in a storage that several pages share. */
export class StateStore {
  #storage: StateStorage | undefined;
  #key: string;
  #endedKept: number;
  /** The text that this page read or wrote last. */
  #last: string | undefined;
  #turn = 0;

  constructor(storage: StateStorage | undefined, key: string, endedKept: number) {
    this.#storage = storage;
    this.#key = key;
    this.#endedKept = endedKept;
  }

  /** Whether another page has written since this page read or wrote last. */
  get overtaken(): boolean {
    const text = this.#text();
    return text !== undefined && text !== this.#last;
  }

  /** Reads the state, and begins the turn of this page. */
  claim(): StoredState | undefined {
    const state = this.read();
    this.#turn = (state?.turn ?? 0) + 1;
    return state;
  }

  /** Reads the state. Undefined if there is none, or if the text is not a state of this format. */
  read(): StoredState | undefined {
    const text = this.#text();
    this.#last = text;
    if (text === undefined) return undefined;
    try {
      const state = JSON.parse(text) as StoredState;
      return state.format === 2 && Array.isArray(state.sessions) ? state : undefined;
    } catch {
      return undefined;
    }
  }

  write(state: Omit<StoredState, 'format' | 'turn'>): void {
    if (!this.#storage) return;
    const isOver = ({ place, due }: SimulatedSession): boolean => place === 'over' && !due.length;
    const over = state.sessions.filter(isOver).slice(-this.#endedKept);
    const unfinished = state.sessions.filter((simulated) => !isOver(simulated));
    const text = JSON.stringify({
      ...state,
      format: 2,
      turn: this.#turn,
      sessions: [...over, ...unfinished],
    } satisfies StoredState);
    try {
      this.#storage.setItem(this.#key, text);
      this.#last = text;
    } catch {
      // The storage is full or refuses the write. Calls go on, but a reload does not find them.
    }
  }

  #text(): string | undefined {
    try {
      return this.#storage?.getItem(this.#key) ?? undefined;
    } catch {
      return undefined;
    }
  }
}
