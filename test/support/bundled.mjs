// Bundles scripts for a page, for imports that are not ES modules.
import { root } from './installed.mjs';

/** The output of esbuild for `entryPoints`, in memory: files with `path`, `text` and `contents`. */
export async function bundled(entryPoints, options = {}) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints,
    absWorkingDir: root,
    outdir: '/',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
    tsconfig: 'tsconfig.json',
    ...options,
  });
  return outputFiles;
}
