import type { Worked } from './in-shifts.js';
import { workShift } from './shift.js';
import { progress } from '../run/progress.mjs';

/** Uncaught errors of the current seed. */
const thrown: string[] = [];
process.on('uncaughtException', (error) => thrown.push(`thrown: ${error.message}`));
process.on('unhandledRejection', (error) => thrown.push(`rejected: ${String(error)}`));

const worked: Worked[] = [];
for (const seed of process.argv.slice(2).map(Number)) {
  progress();
  const { violations, counts } = await workShift(seed).catch((error: Error) => ({
    violations: [`ended by ${error.message}`],
    counts: {},
  }));
  // An error in a timer comes a moment later.
  await new Promise((resolve) => setTimeout(resolve, 5));
  worked.push({ seed, violations: [...thrown.splice(0), ...violations], counts });
}
process.send!(worked, () => process.disconnect());
