// What a page with the panel loads besides for calls over SIP. JsSIP is no ES module, so that another bundler takes it.
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';
import { bundled } from '../test/support/bundled.mjs';

/**
 * Kilobytes gzipped: the entry, and what `connect` loads. Files that the panel has too, such as the sealed database, are
 * one and the same in a page, and are not counted here.
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
