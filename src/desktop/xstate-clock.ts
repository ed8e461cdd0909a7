import type { Environment } from '../environment/environment.js';

/** The environment's timers as an XState clock. */
export const xstateClock = ({ timers }: Pick<Environment, 'timers'>) => ({
  setTimeout: (run: () => void, milliseconds: number) => timers.setTimeout(run, milliseconds) as number,
  clearTimeout: (id: unknown) => timers.clearTimeout(id),
});
