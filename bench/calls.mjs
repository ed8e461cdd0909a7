// Q4: the heap, listeners, actors and timers that thousands of calls leave in a page.
import { measureIn } from './opening.mjs';

// The calls after which lists of bounded length are full: the desktop remembers the last 5,000 events.
const warmUp = 2000;

// What the engine compiles is no data that calls leave, and when it compiles depends on the machine's load.
const withoutCompilers = { args: ['--js-flags=--no-opt --no-maglev --no-sparkplug'] };

/** Bytes of heap in use after garbage collection. */
async function heap(cdp) {
  for (let times = 0; times < 3; times++) await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}

export async function calls(count) {
  return measureIn(
    'calls.ts',
    async (page) => {
      page.setDefaultTimeout(0);
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('HeapProfiler.enable');
      const run = (from, to) => page.evaluate((given) => globalThis.measure(given), { from, to });
      const idle = await run(0, 0);
      const warm = await run(0, warmUp);
      const start = await heap(cdp);
      const after = await run(warmUp, warmUp + count);
      const grown = (await heap(cdp)) - start;
      const end = await page.evaluate(() => globalThis.end());
      const { children } = idle;
      // The desktop subscribes to the platform shortly after the panel is ready.
      const { listeners } = warm;
      return {
        ...{ count, start, grown, perCall: grown / count, after, end },
        expectedChildren: children.length,
        // Even an idle desktop has timers: the outbox checks regularly whether its leader still answers.
        expectedTimers: warm.timers,
        expectedListeners: listeners.host + listeners.platform,
      };
    },
    withoutCompilers,
  );
}
