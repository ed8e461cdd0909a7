/**
 * The part of a large count that is run: a tenth by `npm test`, all by `npm run test:all`, as many as a night allows by
 * `npm run test:long`, and four times a hundredth by `npm run test:slow`.
 */
export type HowMuch = 'hundredth' | 'tenth' | 'all' | 'long';

/** The environment variables. In a browser, the page of the tests has them. */
const environment: Readonly<Record<string, string | undefined>> =
  (globalThis as { testEnvironment?: Record<string, string> }).testEnvironment ?? process.env;

export const howMuch = (environment.TEST_COUNTS as HowMuch | undefined) ?? 'tenth';

/** The seed of a test. It is fixed, so that no test fails by chance. SEED sets another seed. */
export const seedOf = (fixed: number): number => Number(environment.SEED ?? fixed);

/** The number of runs. `least` is the fewest runs with which the test is still useful. */
export function howMany({ all, long, least = 1 }: { all: number; long: number; least?: number }): number {
  const counts: Record<HowMuch, number> = { hundredth: all / 100, tenth: all / 10, all, long };
  return Math.max(least, Math.ceil(counts[howMuch]));
}
