import type { Clock } from '../environment/environment.js';
import type { Intent } from '../records/intent.js';
import { refOf } from './lanes.js';
import { forgottenAfter } from './mask.js';
import {
  expiredRow,
  interrupted,
  newRows,
  settledRow,
  wantedAgain,
  type NewRow,
  type OutboxRow,
} from './outbox-row.js';
import { Deposed, type OutboxStore } from './outbox-store.js';
import type { OutboxEntry, OutboxResult } from './outbox.js';

/** The number of settled rows that the outbox keeps, so that a repeated event does not write twice. */
const keptSettled = 1000;
/** The outbox removes older settled rows in batches of this size, because each removal reads all rows of the store. */
const forgottenAtOnce = 100;
/** The number of settled rows whose intent and result stay in memory. */
const keptResults = 100;

/**
 * `behind`: nothing is removed, because another tab has added rows that may depend on the given rows. `refused`:
 * another tab leads, or the store rejects.
 */
export type Removal = 'removed' | 'behind' | 'refused';

/** The rows of the outbox in memory. Stores each change before it changes the memory. */
export class OutboxRows {
  readonly #store: OutboxStore;
  readonly #clock: Clock;
  readonly epoch: number;
  failure: unknown;
  readonly #rows = new Map<string, OutboxRow>();
  /** Intents and results of settled rows, until the page ends. */
  readonly #settled = new Map<string, { intent: Intent; result?: OutboxResult }>();
  readonly #listeners = new Set<(entry: OutboxEntry) => void>();
  #last = -1;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(store: OutboxStore, clock: Clock, epoch: number) {
    this.#store = store;
    this.#clock = clock;
    this.epoch = epoch;
  }

  /**
   * Becomes the leader and loads the rows. The CRM may have applied rows in the state `sending`. If the browser has
   * cleared the store, adds the unsettled rows of `held`, from this tab's last turn, again.
   */
  static async open(store: OutboxStore, clock: Clock, held: readonly OutboxRow[] = []): Promise<OutboxRows> {
    const rows = new OutboxRows(store, clock, await store.lead());
    for (const row of rows.#unknown(await store.load())) rows.#rows.set(row.key, row);
    // Epochs restart only in a cleared store. In any other store, a row is missing because a person discarded it.
    const mayBeLost = rows.epoch === 1 ? held : [];
    const lost = mayBeLost.filter(({ key, state }) => state !== 'settled' && !rows.#rows.has(key));
    const again = lost.map(({ order: _o, ...row }) => row);
    if (again.length > 0) for (const row of await store.add(again)) rows.#rows.set(row.key, row);
    await rows.#recover();
    return rows;
  }

  get all(): readonly OutboxRow[] {
    return [...this.#rows.values()];
  }

  /** The order of the store's last row at the last load. Every row up to this order is in memory. */
  get last(): number {
    return this.#last;
  }

  get(key: string): OutboxRow | undefined {
    return this.#rows.get(key);
  }

  get entries(): readonly OutboxEntry[] {
    return this.all.flatMap((row) => this.#entryOf(row) ?? []);
  }

  settled(prefix: string): readonly { key: string; ticketId?: string }[] {
    const rows = this.all.filter(({ key, state }) => state === 'settled' && key.startsWith(prefix));
    return rows.map(({ key, made }) => ({ key, ...(made?.ticketId !== undefined && { ticketId: made.ticketId }) }));
  }

  subscribe(listener: (entry: OutboxEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    this.#listeners.clear();
  }

  /** Resolves when the rows are stored. `due` returns the earliest time to send an intent. */
  add(intents: readonly Intent[], due: (intent: Intent) => number): Promise<void> {
    return this.#inTurn(async () => {
      const rows = newRows(intents, this.#clock.now(), due);
      for (const row of await this.#store.add(rows)) this.#set(row);
      await this.#mustSave(rows.flatMap((row) => this.#wantedAgain(row) ?? []));
    });
  }

  /**
   * R12: adds an intent that only the leader may add, because only the leader knows all other rows. Resolves with false
   * if another tab leads or the store rejects.
   */
  addLeading(intent: Intent): Promise<boolean> {
    const rows = newRows([intent], this.#clock.now(), () => 0);
    return this.#stored(() =>
      this.#inTurn(async () => {
        for (const row of await this.#store.add(rows, this.epoch)) this.#set(row);
      }),
    );
  }

  /** Loads the rows that other tabs have added, and sets their `due`. */
  refresh(due: (intent: Intent) => number): Promise<void> {
    return this.#inTurn(async () => {
      const news = this.#unknown(await this.#store.load(new Set(this.all.map(({ order }) => order))));
      for (const row of news) this.#set(row);
      if (news.length > 0) this.#sort();
      for (const row of this.all) if (row.intent && row.due === undefined) this.#set({ ...row, due: due(row.intent) });
      // Masks expired rows here too, because a page may stay open for weeks.
      await this.save(this.all.flatMap((row) => expiredRow(row, this.#clock.now()) ?? []));
      await this.#forgetOld();
    });
  }

  /** Stores the rows, then changes the memory. Resolves with false if another tab leads or the store rejects. */
  async save(rows: readonly OutboxRow[]): Promise<boolean> {
    return this.#stored(async () => {
      if (rows.length > 0) await this.#store.write(this.epoch, rows);
      for (const row of rows) this.#set(row);
    });
  }

  /** Rejects if `save` returns false. */
  async #mustSave(rows: readonly OutboxRow[]): Promise<void> {
    if (!(await this.save(rows))) throw this.failure ?? new Deposed('Another tab leads, or the store refuses.');
  }

  async #stored(store: () => Promise<void>): Promise<boolean> {
    try {
      await store();
      return true;
    } catch (error) {
      if (!(error instanceof Deposed)) this.failure = error;
      return false;
    }
  }

  /** Settles the rows, and removes their contents from the store. */
  async settle(
    rows: readonly OutboxRow[],
    made: NonNullable<OutboxRow['made']>,
    result: OutboxResult,
  ): Promise<boolean> {
    for (const row of rows) if (row.intent) this.#settled.set(row.key, { intent: asAccepted(row, row.intent), result });
    const saved = await this.save(rows.map((row) => settledRow(row, made)));
    for (const key of [...this.#settled.keys()].slice(0, -keptResults)) this.#settled.delete(key);
    return saved;
  }

  /** Discards rows for a person. `last`: the order of the last known row when the caller chose the keys. */
  async discard(keys: readonly string[], last: number): Promise<Removal> {
    const entries = keys.flatMap((key) => this.#entryOf(this.#rows.get(key)) ?? []);
    const removal = await this.#inTurn(() => this.#remove(keys, last));
    if (removal === 'removed') for (const entry of entries) this.#notify({ ...entry, state: 'discarded' });
    return removal;
  }

  async #remove(keys: readonly string[], last = this.#last): Promise<Removal> {
    let isUpToDate = true;
    const isStored = await this.#stored(async () => {
      isUpToDate = await this.#store.remove(this.epoch, keys, last);
      if (isUpToDate) for (const key of keys) this.#forget(key);
    });
    if (!isStored) return 'refused';
    return isUpToDate ? 'removed' : 'behind';
  }

  #wantedAgain(row: NewRow): OutboxRow | undefined {
    const again = wantedAgain(row, this.#rows.get(row.key));
    if (again) this.#settled.delete(row.key);
    return again;
  }

  async #recover(): Promise<void> {
    const forgotten = this.#clock.now() - forgottenAfter;
    const changed = this.all.flatMap((row): OutboxRow[] => {
      const known = interrupted(row);
      const expired = expiredRow(known, this.#clock.now());
      return expired ? [expired] : known === row ? [] : [known];
    });
    const gone = this.all
      .filter(({ key, state, since }) => state === 'settled' && since < forgotten && !this.#isWanted(key))
      .map(({ key }) => key);
    await this.#mustSave(changed);
    if (gone.length > 0) await this.#remove(gone);
  }

  /** Removes surplus settled rows. Ignores a failure, because a later call removes the same rows. */
  async #forgetOld(): Promise<void> {
    const surplus = this.all.filter(({ state }) => state === 'settled').slice(0, -keptSettled);
    const old = surplus.filter(({ key }) => !this.#isWanted(key)).map(({ key }) => key);
    if (old.length >= forgottenAtOnce) await this.#remove(old);
  }

  /** Whether a row refers to the row with this key. */
  #isWanted(key: string): boolean {
    return this.all.some(({ intent }) => {
      const ref = intent && refOf(intent);
      return ref !== undefined && 'madeBy' in ref && ref.madeBy === key;
    });
  }

  /** The loaded rows that are not in memory yet. */
  #unknown({ rows, last }: { rows: readonly OutboxRow[]; last: number }): readonly OutboxRow[] {
    this.#last = last;
    return rows.filter(({ key }) => !this.#rows.has(key));
  }

  /**
   * Runs reads, additions and removals one at a time. Otherwise an addition could refer to a row that a removal deletes
   * at the same time.
   */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** B3: sorts the rows by the order in which all tabs accepted them. */
  #sort(): void {
    const sorted = [...this.#rows].sort(([, a], [, b]) => a.order - b.order);
    this.#rows.clear();
    for (const [key, row] of sorted) this.#rows.set(key, row);
  }

  #forget(key: string): void {
    this.#rows.delete(key);
    this.#settled.delete(key);
  }

  #set(row: OutboxRow): void {
    this.#rows.set(row.key, row);
    const entry = this.#entryOf(row);
    if (entry) this.#notify(entry);
  }

  #notify(entry: OutboxEntry): void {
    for (const listener of [...this.#listeners]) listener(entry);
  }

  #entryOf(row: OutboxRow | undefined): OutboxEntry | undefined {
    if (!row) return undefined;
    const settled = this.#settled.get(row.key);
    const intent = row.intent ?? settled?.intent;
    if (!intent) return undefined;
    const { state, since, tries, failure } = row;
    return {
      intent,
      state,
      since,
      tries,
      ...(settled?.result && { result: settled.result }),
      ...(failure && { failure }),
    };
  }
}

/** R12: the intent with its first ticket, as the outbox accepted it. Subscribers look for that ticket. */
const asAccepted = ({ meant }: OutboxRow, intent: Intent): Intent =>
  meant && intent.kind === 'write-ticket' ? { ...intent, ticket: meant } : intent;
