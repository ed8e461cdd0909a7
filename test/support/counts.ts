/**
 * `npm test` runs a tenth of a large count, `npm run test:all` all of it, `npm run test:long` as many as a night allows,
 * and `npm run test:slow` a hundredth, four times.
 */
export type HowMuch = 'hundredth' | 'tenth' | 'all' | 'long';

export const howMuch = (process.env.TEST_COUNTS as HowMuch | undefined) ?? 'tenth';

export function howMany({ all, long }: { all: number; long: number }): number {
  const counts: Record<HowMuch, number> = { hundredth: all / 100, tenth: all / 10, all, long };
  return Math.ceil(counts[howMuch]);
}
