import { oneLine } from '../../domain/one-line.js';
import type { Clock } from '../../environment/environment.js';
import type { KeeperProblem } from '../../keeper/problem.js';
import type { OutboxEntry } from '../../outbox/outbox.js';
import type { PlatformEvent } from '../../telephony/platform-event.js';
import type { DesktopEvent } from '../desktop-event.js';
import { logged } from '../masked-log.js';
import { withProblem, type RecordProblem } from '../records-view.js';

const mostLines = 500;

/** A12: the masked log of this tab, and the problems that the panel shows to the agent. */
export class TabLog {
  /** The latest lines, the oldest first. */
  lines: readonly string[] = [];
  problems: readonly RecordProblem[] = [];
  readonly #clock: Clock;
  readonly #emit: (event: DesktopEvent) => void;
  readonly #problemsChanged: () => void;

  constructor(clock: Clock, emit: (event: DesktopEvent) => void, problemsChanged: () => void) {
    this.#clock = clock;
    this.#emit = emit;
    this.#problemsChanged = problemsChanged;
  }

  event(event: PlatformEvent): void {
    this.#add(logged.platform(event));
  }

  entry(entry: OutboxEntry): void {
    this.#add(logged.entry(entry));
  }

  tab(what: 'leads' | 'follows' | 'logged out'): void {
    this.#add(logged.tab(what));
  }

  report = (problem: KeeperProblem): void => {
    const { code, message, cause } = problem;
    this.#add(logged.problem(problem));
    this.problems = withProblem(this.problems, problem, this.#clock.now());
    this.#emit({ type: 'error', code, message, cause });
    this.#problemsChanged();
  };

  #add(log: ReturnType<typeof logged.platform>): void {
    const at = new Date(this.#clock.now()).toISOString();
    const message = oneLine(log.message);
    this.lines = [...this.lines.slice(1 - mostLines), `${at} ${log.level} ${message}`];
    this.#emit({ type: 'log', ...log, message });
  }
}
