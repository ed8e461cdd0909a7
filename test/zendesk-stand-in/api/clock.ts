/** The account's clock, which can be fast and can be moved forward. Every delay of the stand-in uses this clock. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  after(milliseconds: number, run: () => void): void;
  wait(milliseconds: number): Promise<void>;
  /** Moves the clock forward. What is scheduled meanwhile runs at its own time. */
  advance(milliseconds: number): Promise<void>;
  /** Cancels everything that is scheduled, and starts again at the real time. */
  restart(): void;
  stop(): void;
}

/** The most milliseconds of a timer. */
const longest = 2 ** 31 - 1;

export function createClock(speed = 1): Clock {
  let start = Date.now();
  let real = performance.now();
  let advanced = 0;
  let due: { at: number; run: () => void }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const exact = () => start + (performance.now() - real) * speed + advanced;
  const next = () => due.reduce((first, one) => (one.at < first.at ? one : first), due[0]!);

  function arm() {
    clearTimeout(timer);
    if (due.length) timer = setTimeout(fire, Math.min(longest, Math.max(0, (next().at - exact()) / speed)));
  }
  function runNext() {
    const one = next();
    due = due.filter((other) => other !== one);
    one.run();
  }
  function fire() {
    while (due.length && next().at <= exact()) runNext();
    arm();
  }
  function after(milliseconds: number, run: () => void) {
    due.push({ at: exact() + milliseconds, run });
    arm();
  }
  function stop() {
    clearTimeout(timer);
    due = [];
  }
  return {
    now: () => Math.floor(exact()),
    after,
    wait: (milliseconds) => new Promise((resolve) => after(milliseconds, resolve)),
    async advance(milliseconds) {
      const target = exact() + milliseconds;
      while (due.length && next().at <= target) {
        advanced += Math.max(0, next().at - exact());
        runNext();
        // Code that waited for this moment continues before the time moves on.
        await new Promise((resolve) => setImmediate(resolve));
      }
      advanced += Math.max(0, target - exact());
      arm();
    },
    restart() {
      stop();
      start = Date.now();
      real = performance.now();
      advanced = 0;
    },
    stop,
  };
}

/** A time as the API writes it: in whole seconds. */
export const stamp = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
