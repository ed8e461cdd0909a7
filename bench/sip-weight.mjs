// What a page loads for calls over SIP. JsSIP is no ES module, so that another bundler takes it.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';
import { root } from '../test/support/installed.mjs';

/** Kilobytes gzipped: the entry, and what `connect` loads. */
export async function sipWeight() {
  const { outputFiles } = await build({
    entryPoints: ['src/sip/index.ts'],
    absWorkingDir: root,
    outdir: '/',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  const weight = { entry: 0, later: 0 };
  for (const { path, text } of outputFiles) {
    const { code } = await minify(text, { module: true, ecma: 2020 });
    weight[path.endsWith('/index.js') ? 'entry' : 'later'] += gzipSync(code, { level: 9 }).length / 1000;
  }
  return weight;
}
