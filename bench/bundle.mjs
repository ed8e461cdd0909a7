// Bundles a page with Rollup from the built package, and measures the size of each part.
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import nodeResolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { minify as shrink } from 'terser';
import typescript from 'typescript';
import { root } from '../test/support/installed.mjs';

export const gzipped = (code) => gzipSync(code, { level: 9 }).length;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The file of each subpath of the package that can be imported. */
export const subpaths = Object.fromEntries(
  Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([name, { default: file }]) => [name, join(root, file)]),
);

/** The pages of the benchmarks import the sources, because of their types. This plugin loads the built files instead. */
const pages = {
  name: 'pages',
  resolveId(path, importer) {
    if (!importer?.endsWith('.ts') || !path.startsWith('.')) return null;
    const file = resolve(importer, '..', path);
    const built = join(root, 'dist');
    const source = join(root, 'src');
    return file.startsWith(source) ? file.replace(source, built) : file.replace(/[.]js$/, '.ts');
  },
  transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const { ESNext: module } = typescript.ModuleKind;
    const { ES2022: target } = typescript.ScriptTarget;
    return typescript.transpileModule(code, { compilerOptions: { module, target, verbatimModuleSyntax: true } })
      .outputText;
  },
};

const shrunk = new Map();
const minified = {
  name: 'minified',
  async renderChunk(code) {
    if (!shrunk.has(code)) shrunk.set(code, (await shrink(code, { module: true, ecma: 2020 })).code);
    return shrunk.get(code);
  },
};

/**
 * Bundles a file with code splitting. Returns the chunks, and the names of the chunks of the first load. `minify`
 * minifies the chunks and measures their gzipped sizes. `own` leaves out other packages.
 */
export async function bundle(file, { minify = true, own = false } = {}) {
  const bundled = await rollup({
    input: { page: file },
    external: own ? (id) => !id.startsWith('.') && !id.startsWith('/') : [],
    plugins: [pages, nodeResolve({ browser: true, exportConditions: ['production'] })],
    onwarn(warning) {
      throw new Error(warning.message);
    },
  });
  const { output } = await bundled.generate({
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    plugins: minify ? [minified] : [],
  });
  await bundled.close();
  const chunks = new Map(
    output.map(({ fileName, code, imports, modules }) => [
      fileName,
      { name: fileName, code, gzip: minify ? gzipped(code) : 0, imports, modules },
    ]),
  );
  return { chunks, first: firstLoadOf(chunks, 'page.js') };
}

/** The chunks of the first load. */
export function firstLoadOf(chunks, entry) {
  const first = new Set([entry]);
  for (const name of first) for (const other of chunks.get(name).imports) if (chunks.has(other)) first.add(other);
  return first;
}

/** The minified bytes of each module in these chunks: own modules by path, others by package. */
export async function moduleBytes(chunks) {
  const bytes = new Map();
  // Each module is minified alone, without its importers, so its exports must stay.
  const options = { module: true, ecma: 2020, compress: { unused: false, toplevel: false } };
  for (const { modules } of chunks)
    for (const [id, { code }] of Object.entries(modules)) {
      const [, other] = id.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/) ?? [];
      const name = other ?? relative(root, id);
      const { code: small = '' } = code ? await shrink(code, options) : {};
      bytes.set(name, (bytes.get(name) ?? 0) + Buffer.byteLength(small));
    }
  return [...bytes].map(([module, count]) => ({ module, bytes: count })).sort((a, b) => b.bytes - a.bytes);
}
