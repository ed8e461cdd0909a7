// Q3: opens and filters lists of 100 and of 10,000 entries in one page.
import { measureIn } from './opening.mjs';

export async function lists() {
  return measureIn('lists.ts', async (page) => {
    const results = {};
    for (const which of ['contact', 'ticket']) {
      // The first run loads and compiles code, so its result is not used.
      await page.evaluate((given) => globalThis.measure(given), { which, total: 100, times: 3 });
      results[which] = {};
      for (const total of [100, 10_000])
        results[which][total] = await page.evaluate((given) => globalThis.measure(given), { which, total });
    }
    return results;
  });
}
