import type { Clock } from './clock.js';

/** The search index: each record as it was before the lag. */
export interface Index<T> {
  put(id: number, record: T, at?: number): void;
  /** The record is no longer found. */
  remove(id: number): void;
  /** The records that are found now. */
  all(): T[];
}

const longestLag = 3_600_000;

export function createIndex<T>(clock: Clock, lag: () => number): Index<T> {
  const versions = new Map<number, { at: number; record: T }[]>();
  return {
    put(id, record, at = clock.now()) {
      const known = versions.get(id) ?? [];
      const old = known.findLastIndex((one) => one.at + longestLag <= at);
      versions.set(id, [...known.slice(Math.max(0, old)), { at, record: structuredClone(record) }]);
    },
    remove: (id) => void versions.delete(id),
    all() {
      const until = clock.now() - lag();
      return [...versions.values()].flatMap((known) => {
        const seen = known.findLast((one) => one.at <= until);
        return seen ? [seen.record] : [];
      });
    },
  };
}
