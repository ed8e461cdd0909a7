import type { KeptSession } from '../../../src/keeper/journal.js';
import type { StoreChange, Stored } from '../../../src/environment/environment.js';
import { MemoryStore, memoryChannels } from '../../../src/environment/in-memory.js';

/** Freezes a value deeply. The effect is that of a copy, but it is faster. */
function deepFrozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFrozen(part);
  return value;
}

/** The store that all tabs share. It counts the transitions of outbox rows: `pending → sending`. */
export class SimStore extends MemoryStore {
  override readonly durable = true;
  readonly #states = new Map<string, string>();
  /** The keys of all rows that the store ever had, and the ids of all events that the journal ever had. */
  readonly everStored = new Set<string>();
  /** The keys of the rows that ever failed, so that a person had to press Retry. */
  readonly everFailed = new Set<string>();
  readonly #sent = new Set<string>();
  readonly #count: (what: string) => void;

  constructor(count: (what: string) => void) {
    super(deepFrozen);
    this.#count = count;
  }

  /** Whether a row of the outbox was removed before it was sent. */
  isRemovedUnsent(key: string): boolean {
    return this.#states.get(key) === 'gone' && !this.#sent.has(key);
  }

  protected override apply(change: StoreChange) {
    const done = super.apply(change);
    if (!done) this.#count('event deposed');
    else if (done.behind) this.#count('event behind');
    else if (change.table === 'outbox') this.#watch(done.added, change.put ?? [], change.remove ?? []);
    else
      for (const { value } of change.put ?? [])
        for (const mark of marksOf(value as KeptSession)) this.everStored.add(mark);
    return done;
  }

  #watch(added: readonly Stored[], put: readonly Stored[], removed: readonly string[]): void {
    for (const { id } of added) this.everStored.add(id);
    for (const { id, value } of [...added, ...put]) this.#moved(id, (value as { state: string }).state);
    for (const id of removed) this.#moved(id, 'gone');
  }

  #moved(id: string, to: string): void {
    const from = this.#states.get(id) ?? 'new';
    if (from !== to) this.#count(`${from} → ${to}`);
    this.#states.set(id, to);
    if (to === 'dead') this.everFailed.add(id);
    if (to === 'sending') this.#sent.add(id);
  }
}

/** Makes the channel between the tabs. Each call of the result returns the channel of another tab. */
export const simChannels = () => memoryChannels(deepFrozen);

/** The marks of the events that the journal holds: the ids of waiting events, and the facts for the next card. */
function marksOf({ sessionId, waiting, known }: KeptSession): readonly string[] {
  const { note, recordings = [], people = [], end } = known?.facts ?? {};
  return [
    ...waiting.map(({ id }) => id),
    ...(note ? [note.text] : []),
    ...recordings.map(({ url }) => url),
    ...people.map(({ name }) => name),
    ...(end ? [`${sessionId} ended`] : []),
  ];
}
