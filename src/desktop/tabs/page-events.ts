import { own } from '../../domain/own.js';
import type { RecordsCount } from '../../machine/agent/agent-context.js';
import type { LeaderState } from '../../machine/leader/leader-state.js';
import type { OutboxEntry } from '../../outbox/outbox.js';
import type { DesktopEvent } from '../desktop-event.js';
import { countOf, type RecordOnItsWay } from '../records-view.js';

/** Emits the page's events about status, sessions and records. Emits an event only if its contents have changed. */
export class PageEvents {
  readonly #emit: (event: DesktopEvent) => void;
  readonly #countChanged: (count: RecordsCount) => void;
  /** The last event of each session, as JSON. */
  readonly #lastOf = new Map<string, string>();
  #count: RecordsCount = { waiting: 0, failed: 0 };

  constructor(emit: (event: DesktopEvent) => void, countChanged: (count: RecordsCount) => void) {
    this.#emit = emit;
    this.#countChanged = countChanged;
  }

  stateChanged({ status, nextStatus, sessions }: LeaderState, before: LeaderState | undefined): void {
    if (before && (before.status !== status || before.nextStatus !== nextStatus))
      this.#emit({ type: 'status-change', status, ...(nextStatus ? { next: nextStatus } : {}) });
    for (const id of this.#lastOf.keys()) if (!own(sessions, id)) this.#lastOf.delete(id);
    for (const [id, { value, context }] of Object.entries(sessions)) {
      const { phase } = value as { phase: string };
      const event = { type: 'session-change' as const, session: context.session, phase, ...context.links };
      const text = JSON.stringify(event);
      if (text === this.#lastOf.get(id)) continue;
      this.#lastOf.set(id, text);
      this.#emit(event);
    }
  }

  entryChanged({ state, failure }: OutboxEntry, records: readonly RecordOnItsWay[]): void {
    if (state === 'dead' && failure) this.#emit({ type: 'error', code: failure.code, message: failure.message });
    this.countRecords(records);
  }

  countRecords(records: readonly RecordOnItsWay[]): void {
    const count = countOf(records);
    if (count.waiting === this.#count.waiting && count.failed === this.#count.failed) return;
    this.#count = count;
    this.#countChanged(count);
    this.#emit({ type: 'records-change', ...count });
  }
}
