import type { KeptSession } from '../../../src/keeper/journal.js';
import type { StoreChange, Stored } from '../../../src/environment/environment.js';
import { MemoryStore, memoryChannels } from '../../../src/environment/in-memory.js';

/** Freezes a value. This has the effect of a copy, but is faster. */
function pinned<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) pinned(part);
  return value;
}

/** The store that all tabs share. It counts the transitions of outbox rows: `pending → sending`. */
export class SimStore extends MemoryStore {
  override readonly durable = true;
  readonly #states = new Map<string, string>();
  /** Keys of all rows that were ever accepted, and ids of the platform's events that the keeper ever stored. */
  readonly kept = new Set<string>();
  /** Keys of rows that ever needed a person. */
  readonly dead = new Set<string>();
  readonly #sent = new Set<string>();
  readonly #count: (what: string) => void;

  constructor(count: (what: string) => void) {
    super(pinned);
    this.#count = count;
  }

  /** A row of the outbox was discarded before it was sent. */
  isGone(key: string): boolean {
    return this.#states.get(key) === 'gone' && !this.#sent.has(key);
  }

  protected override apply(change: StoreChange) {
    const done = super.apply(change);
    if (!done) this.#count('event deposed');
    else if (done.behind) this.#count('event behind');
    else if (change.table === 'outbox') this.#watch(done.added, change.put ?? [], change.remove ?? []);
    else
      for (const { value } of change.put ?? []) for (const mark of marksOf(value as KeptSession)) this.kept.add(mark);
    return done;
  }

  #watch(added: readonly Stored[], put: readonly Stored[], removed: readonly string[]): void {
    for (const { id } of added) this.kept.add(id);
    for (const { id, value } of [...added, ...put]) this.#moved(id, (value as { state: string }).state);
    for (const id of removed) this.#moved(id, 'gone');
  }

  #moved(id: string, to: string): void {
    const from = this.#states.get(id) ?? 'new';
    if (from !== to) this.#count(`${from} → ${to}`);
    this.#states.set(id, to);
    if (to === 'dead') this.dead.add(id);
    if (to === 'sending') this.#sent.add(id);
  }
}

/** The channel between the tabs. Each call gives another end of it. */
export const simChannels = () => memoryChannels(pinned);

/** What shows that the journal holds an event: its id, or its fact for the next card. */
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
