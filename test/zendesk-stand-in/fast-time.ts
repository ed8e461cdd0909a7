import { realTime, type Clock, type Timers } from '../../src/environment/environment.js';

/** Milliseconds by which a timer may be late on a machine that is not busy. */
const usualLateness = 20;
/** The turns of the event loop before a timer runs. In these turns, answers that have arrived are read. */
const turnsBefore = 20;

const nextTurn = (run: () => void): void =>
  void (typeof setImmediate === 'function' ? setImmediate(run) : realTime.timers.setTimeout(run, 0));

/**
 * A clock and timers that run faster than the real ones. With speed 20, a wait of two seconds takes a tenth of a second.
 * If a timer fires late because the machine is busy, it waits for as long again, so that no time-out comes too early.
 */
export function fastTime(speed: number): { clock: Clock; timers: Timers } {
  const start = Date.now();
  return {
    clock: { now: () => start + (Date.now() - start) * speed },
    timers: {
      setTimeout(run, milliseconds) {
        const timer = { id: undefined as unknown, cleared: false };
        const wait = (realMilliseconds: number): void => {
          const due = performance.now() + realMilliseconds;
          timer.id = realTime.timers.setTimeout(() => {
            const late = performance.now() - due;
            if (late > usualLateness) wait(late);
            else runAfter(turnsBefore);
          }, realMilliseconds);
        };
        const runAfter = (turns: number): void => {
          if (timer.cleared) return;
          if (turns === 0 || milliseconds === 0) run();
          else nextTurn(() => runAfter(turns - 1));
        };
        wait(milliseconds / speed);
        return timer;
      },
      clearTimeout(timer) {
        if (timer === undefined) return;
        const { id } = timer as { id: unknown };
        (timer as { cleared: boolean }).cleared = true;
        realTime.timers.clearTimeout(id);
      },
    },
  };
}
