// The watchdog of a test run. A run is ended not by a time limit, but by a lack of progress.
import { closeSync, openSync, statSync, utimesSync } from 'node:fs';

const file = process.env.PROGRESS_FILE;
let last = 0;

/** Reports progress to the watchdog. A long test calls it regularly, such as for each of many seeds. */
export function progress() {
  const now = Date.now();
  if (!file || now - last < 1000) return;
  last = now;
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // The run has ended.
  }
}

/** Calls `silent` after a time without progress in the file. Returns a function that ends the watch. */
export function watchProgress(path, milliseconds, silent) {
  closeSync(openSync(path, 'w'));
  const timer = setInterval(() => {
    if (Date.now() - statSync(path).mtimeMs < milliseconds) return;
    clearInterval(timer);
    silent();
  }, 1000);
  return () => clearInterval(timer);
}
