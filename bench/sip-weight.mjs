// The size of the code that a page with the panel loads for SIP. JsSIP is not an ES module, so esbuild bundles it.
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';
import { bundled } from '../test/support/bundled.mjs';

/**
 * Measures the gzipped kilobytes of the entry, and of the code that `connect` loads. Files that the panel loads too,
 * such as the sealed database, are not counted.
 */
export async function sipWeight() {
  const files = await bundled(['src/sip/index.ts', 'src/define.ts'], { outbase: 'src' });
  const importsOf = new Map(
    files.map(({ path, text }) => [
      path,
      [...text.matchAll(/["']\.{1,2}\/([\w./-]+\.js)["']/g)].map(([, name]) => `/${name.replace(/^(\.\.\/)+/, '')}`),
    ]),
  );
  const reached = (path, all = new Set()) => {
    if (all.has(path)) return all;
    all.add(path);
    for (const next of importsOf.get(path)) reached(next, all);
    return all;
  };
  const panel = reached('/define.js');
  const weight = { entry: 0, later: 0 };
  for (const { path, text } of files) {
    if (panel.has(path)) continue;
    const { code } = await minify(text, { module: true, ecma: 2020 });
    weight[path.endsWith('/index.js') ? 'entry' : 'later'] += gzipSync(code, { level: 9 }).length / 1000;
  }
  return weight;
}
