// What a page loads for calls over SIP. JsSIP is no ES module, so that another bundler takes it.
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';
import { bundled } from '../test/support/bundled.mjs';

/** Kilobytes gzipped: the entry, and what `connect` loads. */
export async function sipWeight() {
  const files = await bundled(['src/sip/index.ts']);
  const weight = { entry: 0, later: 0 };
  for (const { path, text } of files) {
    const { code } = await minify(text, { module: true, ecma: 2020 });
    weight[path.endsWith('/index.js') ? 'entry' : 'later'] += gzipSync(code, { level: 9 }).length / 1000;
  }
  return weight;
}
