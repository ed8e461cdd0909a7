import type { Intent } from '../records/intent.js';
import type { Claims } from './claims.js';
import { refOf, withDependents } from './lanes.js';
import { isOpen, type OpenRow, type OutboxRow } from './outbox-row.js';
import type { OutboxRows, Removal } from './outbox-rows.js';

/** Removes rows that a person has discarded, or that a correction takes back (R35). */
export class RowRemoval {
  readonly #rows: OutboxRows;
  readonly #claims: Claims;
  readonly #refresh: () => Promise<void>;

  /** `refresh`: loads the rows of other tabs, which may depend on the rows to remove. */
  constructor(rows: OutboxRows, claims: Claims, refresh: () => Promise<void>) {
    this.#rows = rows;
    this.#claims = claims;
    this.#refresh = refresh;
  }

  /** Discards the row and the rows that depend on it. Resolves with false if another tab leads. */
  discard(key: string): Promise<boolean> {
    const given = () => withDependents(this.#rows.all, key);
    return this.#remove(given, given);
  }

  /** See `Outbox.takeBack`. Undefined if another tab leads. */
  async takeBack(isWanted: (intent: Intent) => boolean): Promise<'done' | 'waits' | undefined> {
    const concerned = () => concernedRows(this.#rows.all, isWanted);
    const isRemoved = await this.#remove(
      () => concerned().map(({ key }) => key),
      () => concerned().flatMap((row) => (isUnsent(row) ? [row.key] : [])),
    );
    if (!isRemoved) return undefined;
    return concerned().some(isToSettle) ? 'waits' : 'done';
  }

  /** Waits until the CRM has answered for those of `concerned` that are being sent, then removes `wanted`. */
  async #remove(concerned: () => readonly string[], wanted: () => readonly string[]): Promise<boolean> {
    let removal: Removal;
    do {
      await this.#refresh();
      while (concerned().some((one) => this.#claims.has(one))) await this.#claims.change();
      const given = wanted();
      const { last } = this.#rows;
      removal = await this.#claims.during('person', given, () => this.#rows.discard(given, last));
    } while (removal === 'behind');
    return removal === 'removed';
  }
}

/** R35: the rows that a correction concerns. A new contact that another session needs too is not among them. */
function concernedRows(rows: readonly OutboxRow[], isWanted: (intent: Intent) => boolean): readonly OpenRow[] {
  const open = rows.filter(isOpen);
  const isNeeded = ({ key }: OutboxRow) =>
    open.some(({ intent }) => {
      const ref = refOf(intent);
      return !isWanted(intent) && ref !== undefined && 'madeBy' in ref && ref.madeBy === key;
    });
  return open.filter((row) => isWanted(row.intent) && !isNeeded(row));
}

/** Whether the CRM cannot have the row, so that it can be taken back without a trace. */
const isUnsent = ({ state, maybeApplied }: OutboxRow): boolean => state !== 'sending' && !maybeApplied;

/** Whether a correction must know the row's outcome. That of a new contact changes nothing. */
const isToSettle = ({ intent }: OpenRow): boolean => intent.kind !== 'create-contact';
