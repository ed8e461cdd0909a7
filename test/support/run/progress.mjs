// What a test run does is seen by its watchdog: no limit by the clock, only silence, ends a test.
import { closeSync, openSync, statSync, utimesSync } from 'node:fs';

const file = process.env.PROGRESS_FILE;
let last = 0;

/** Tells the watchdog that work goes on: called where one test works for long, as for each seed of many. */
export function progress() {
  const now = Date.now();
  if (!file || now - last < 1000) return;
  last = now;
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // The run is over.
  }
}

/** Calls `silent` once nothing has told of progress in the file for so long, and returns what ends the watch. */
export function watchProgress(path, milliseconds, silent) {
  closeSync(openSync(path, 'w'));
  const timer = setInterval(() => {
    if (Date.now() - statSync(path).mtimeMs < milliseconds) return;
    clearInterval(timer);
    silent();
  }, 1000);
  return () => clearInterval(timer);
}
