import { own } from '../../domain/own.js';
import type { RecordsCount } from '../../machine/agent/agent-context.js';
import type { LeaderState } from '../../machine/leader/leader-state.js';
import type { OutboxEntry } from '../../outbox/outbox.js';
import { countOf, type RecordOnItsWay } from '../records-view.js';
import type { DesktopEvent } from '../desktop-event.js';

/** What a page is told of the line and of its records: once for each change that it can see. */
export class PageEvents {
  readonly #emit: (event: DesktopEvent) => void;
  readonly #toldOf = new Map<string, string>();
  #count: RecordsCount = { waiting: 0, failed: 0 };

  constructor(emit: (event: DesktopEvent) => void) {
    this.#emit = emit;
  }

  tell(before: LeaderState | undefined, { status, nextStatus, sessions }: LeaderState): void {
    if (before && (before.status !== status || before.nextStatus !== nextStatus))
      this.#emit({ type: 'status-change', status, ...(nextStatus ? { next: nextStatus } : {}) });
    for (const id of this.#toldOf.keys()) if (!own(sessions, id)) this.#toldOf.delete(id);
    for (const [id, { value, context }] of Object.entries(sessions)) {
      const phase = (value as { phase: string }).phase;
      const event = { type: 'session-change' as const, session: context.session, phase, ...context.links };
      const told = JSON.stringify(event);
      if (told === this.#toldOf.get(id)) continue;
      this.#toldOf.set(id, told);
      this.#emit(event);
    }
  }

  /** After each change of an entry. `changed` is called where the counts are others than before. */
  count(
    { state, failure }: OutboxEntry,
    records: readonly RecordOnItsWay[],
    changed: (count: RecordsCount) => void,
  ): void {
    if (state === 'dead' && failure) this.#emit({ type: 'error', code: failure.code, message: failure.message });
    this.recount(records, changed);
  }

  /** After entries have gone: what a person gives up is told by nobody else. */
  recount(records: readonly RecordOnItsWay[], changed: (count: RecordsCount) => void): void {
    const count = countOf(records);
    if (count.waiting === this.#count.waiting && count.failed === this.#count.failed) return;
    this.#count = count;
    changed(count);
    this.#emit({ type: 'records-change', ...count });
  }
}
