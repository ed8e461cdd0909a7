import type { Worked } from './in-shifts.js';
import { workShift } from './shift.js';
import { progress } from '../run/progress.mjs';

/** What nobody catches is thrown beside the shift, and belongs to the seed that is at work. */
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
  // What is thrown from a timer of its own comes a moment later.
  await new Promise((resolve) => setTimeout(resolve, 5));
  worked.push({ seed, violations: [...thrown.splice(0), ...violations], counts });
}
process.send!(worked, () => process.disconnect());
