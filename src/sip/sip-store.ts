import type { Clock, SealedStore } from '../environment/environment.js';
import { isWithoutTicket } from '../domain/session.js';
import type { PresenceState } from '../telephony/presence.js';
import { earlierRows } from './earlier-storage.js';
import type { KnownSession } from './known-session.js';
import type { SipRow } from './sip-row.js';

const table = 'sip';
const day = 24 * 3600 * 1000;
const keptFor = 7 * day;
/** The most refused keys that are stored. Beyond this number the oldest key is removed. */
const mostRefused = 1000;

export interface SipStoreOptions {
  scope: string;
  clock: Clock;
  /** Opens the sealed store. If it rejects or resolves with undefined, the rows last as long as the page. */
  open: () => Promise<SealedStore | undefined>;
  /** The storage with the unencrypted rows of earlier versions. */
  earlier: () => Storage;
}

/**
 * Stores, sealed, the agent's status, sessions for seven days, and refused keys for a day. It never stores credentials.
 * Of an ended call without a ticket it stores only the key of the dial plan (S4).
 */
export class SipStore {
  #options: SipStoreOptions;
  #sealed: SealedStore | undefined;
  #agentId: string | undefined;
  #rows = new Map<string, DatedRow>();
  #tail: Promise<void> = Promise.resolve();

  constructor(options: SipStoreOptions) {
    this.#options = options;
  }

  /** Reads the rows, and removes other agents' sessions. Returns the agent's stored status. */
  async open(agentId: string): Promise<PresenceState | undefined> {
    const { scope, clock, earlier, open } = this.#options;
    this.#sealed ??= await open().catch(() => undefined);
    let tail, rows;
    // If rows are written during the read, it reads again: the written rows are newer.
    do {
      await (tail = this.#tail);
      rows = await this.#read();
    } while (tail !== this.#tail);
    this.#agentId = agentId;
    const found = rows ?? [...this.#rows.values()];
    this.#rows.clear();
    for (const one of found) this.#take(one);
    try {
      const { rows: earlierOnes, remove } = earlierRows(earlier(), scope);
      for (const row of earlierOnes) {
        const order = row.session ? timeOf(row.session) : clock.now();
        this.#change(row, order);
        this.#take({ row, order });
      }
      void this.#tail.then(remove);
    } catch {
      // This page has no `localStorage`, so it has no earlier rows either.
    }
    return this.#rows.get(idOf({ scope }))?.row.presence;
  }

  /** The sessions that were not over when they were last stored. */
  unfinished(): KnownSession[] {
    return this.everything().filter(({ place }) => place !== 'over');
  }

  everything(): KnownSession[] {
    return [...this.#rows.values()].flatMap(({ row }) => row.session ?? []);
  }

  find(id: string): KnownSession | undefined {
    return this.everything().find(({ session }) => session.id === id);
  }

  keepPresence(presence: PresenceState): void {
    this.#put({ presence }, this.#options.clock.now());
  }

  keep(known: KnownSession): void {
    if (known.place !== 'over' || !isWithoutTicket(known.session)) return this.#put({ session: known }, timeOf(known));
    this.#change({ scope: this.#options.scope, session: known });
    if (known.key !== undefined && !this.refuses(known.key)) void this.refuse(known.key);
  }

  refuses(refused: string): boolean {
    return this.#rows.has(idOf({ scope: this.#options.scope, refused }));
  }

  /** Refuses a key for a day. Resolves when this is stored. */
  refuse(key: string): Promise<void> {
    this.#put({ refused: key }, this.#options.clock.now());
    const all = [...this.#rows.values()].filter(({ row }) => row.refused !== undefined);
    if (all.length > mostRefused) this.#change(all[0]!.row);
    return this.#tail;
  }

  /** Resolves when all writes so far have ended or failed. */
  get settled(): Promise<void> {
    return this.#tail;
  }

  #put(row: Omit<SipRow, 'scope'>, order: number): void {
    const agentId = this.#agentId;
    if (agentId === undefined) return;
    this.#change({ scope: this.#options.scope, agentId, ...row }, order);
    for (const one of this.#rows.values()) if (this.#isOld(one)) this.#change(one.row);
  }

  #isOld({ row, order }: DatedRow): boolean {
    return this.#options.clock.now() - order >= (row.refused === undefined ? keptFor : day);
  }

  /** Keeps a stored row, leaves it to another SIP user, or removes it from the store. */
  #take(one: DatedRow): void {
    const { row } = one;
    const isOurs = row.scope === this.#options.scope;
    if (this.#isOld(one) || (isOurs && row.refused === undefined && row.agentId !== this.#agentId)) this.#change(row);
    else if (isOurs) this.#rows.set(idOf(row), one);
  }

  /** Writes the row. Without an `order`, removes the row. */
  #change(row: SipRow, order?: number): void {
    const id = idOf(row);
    if (order === undefined) this.#rows.delete(id);
    else if (row.scope === this.#options.scope) this.#rows.set(id, { row, order });
    const kept = structuredClone(row);
    // If the store is full or refuses the write, calls go on, but a reload does not find them.
    this.#tail = this.#tail.then(() => this.#write(id, kept, order)).catch(() => undefined);
  }

  async #read(): Promise<DatedRow[] | undefined> {
    if (!this.#sealed) return undefined;
    const { store, crypto } = this.#sealed;
    const rows = await store.all(table).catch(() => undefined);
    const read = rows?.map(async ({ value, order }) => ({ row: structuredClone(await crypto.open(value)), order }));
    // A row that cannot be opened is skipped.
    const each = read?.map((one) => one.catch(() => []));
    return each && ((await Promise.all(each)).flat() as DatedRow[]);
  }

  async #write(text: string, row: SipRow, order: number | undefined): Promise<void> {
    if (!this.#sealed) return;
    const { store, crypto } = this.#sealed;
    const id = await crypto.digest(text);
    await store.commit({
      table,
      ...(order === undefined ? { remove: [id] } : { put: [{ id, order, value: await crypto.seal(row) }] }),
    });
  }
}

interface DatedRow {
  row: SipRow;
  order: number;
}

const idOf = ({ scope, session, refused }: SipRow): string => JSON.stringify([scope, session?.session.id, refused]);

const timeOf = ({ endedAt, createdAt }: KnownSession): number => endedAt ?? createdAt;
