/**
 * `npm test` runs a tenth of a large count, `npm run test:all` all of it, `npm run test:long` as many as fit into a
 * night, and `npm run test:slow` a hundredth, four times.
 */
export type HowMuch = 'hundredth' | 'tenth' | 'all' | 'long';

/** In a browser, the page of the tests has it. */
const environment: Readonly<Record<string, string | undefined>> =
  (globalThis as { testEnvironment?: Record<string, string> }).testEnvironment ?? process.env;

export const howMuch = (environment.TEST_COUNTS as HowMuch | undefined) ?? 'tenth';

/** The seed is fixed, so that no test fails by chance. SEED sets another one. */
export const seedOf = (usual: number): number => Number(environment.SEED ?? usual);

/** `least`: the fewest runs that still cover what the test is about. */
export function howMany({ all, long, least = 1 }: { all: number; long: number; least?: number }): number {
  const counts: Record<HowMuch, number> = { hundredth: all / 100, tenth: all / 10, all, long };
  return Math.max(least, Math.ceil(counts[howMuch]));
}
