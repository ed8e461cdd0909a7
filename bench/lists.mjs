// Q3: opening and filtering lists of 100 and of 10,000, in one page, one after the other.
import { measureIn } from './opening.mjs';

export async function lists() {
  return measureIn('lists.ts', async (page) => {
    const results = {};
    for (const which of ['contact', 'ticket']) {
      // Warm: the first one pays for what is loaded and compiled.
      await page.evaluate((given) => globalThis.measure(given), { which, total: 100, times: 3 });
      results[which] = {};
      for (const total of [100, 10_000])
        results[which][total] = await page.evaluate((given) => globalThis.measure(given), { which, total });
    }
    return results;
  });
}
