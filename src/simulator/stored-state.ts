import type { PlatformEvent } from '../telephony/platform-event.js';
import type { PresenceState } from './presence.js';
import type { SimulatedCall } from './simulated-call.js';

export type StateStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** What survives a reload of the page. */
export interface StoredState {
  presence: PresenceState;
  calls: readonly SimulatedCall[];
  undelivered: readonly PlatformEvent[];
  lastId: number;
}

/** How many ended sessions survive. */
const endedKept = 50;

export function storeState(storage: StateStorage | undefined, key: string, state: StoredState): void {
  if (!storage) return;
  const running = state.calls.filter(({ due, endedAt }) => endedAt === undefined || due.length);
  const ended = state.calls.filter(({ due, endedAt }) => endedAt !== undefined && !due.length).slice(-endedKept);
  try {
    storage.setItem(key, JSON.stringify({ ...state, calls: [...ended, ...running] }));
  } catch {
    // Full or refused: the calls go on, only a reload will not find them.
  }
}

/** What a page before this one has stored; nothing where there was none or it cannot be read. */
export function restoreState(storage: StateStorage | undefined, key: string): StoredState | undefined {
  const text = storage?.getItem(key);
  if (!text) return undefined;
  try {
    const state = JSON.parse(text) as StoredState;
    return Array.isArray(state.calls) && typeof state.presence?.status === 'string' ? state : undefined;
  } catch {
    return undefined;
  }
}
