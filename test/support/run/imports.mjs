// The direct and indirect imports of a file, so that no list of the needs of each test is necessary.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../installed.mjs';

const known = new Map();
const specifiers = /(?:\bfrom\s*|\bimport\s*\(?\s*)'(\.[^']+)'/g;

function importsOf(file) {
  const found = known.get(file);
  if (found) return found;
  const text = readFileSync(join(root, file), 'utf8');
  const paths = [...text.matchAll(specifiers)]
    .map(([, specifier]) => relative(root, join(root, dirname(file), specifier)).replaceAll('\\', '/'))
    .map((path) => [path, path.replace(/\.js$/, '.ts')].find((one) => existsSync(join(root, one))))
    .filter(Boolean);
  known.set(file, paths);
  return paths;
}

/** Whether a file (its path in the repository) imports another one, directly or indirectly. */
export function reaches(file, other, seen = new Set()) {
  if (file === other) return true;
  if (seen.has(file) || !/\.[cm]?[jt]s$/.test(file)) return false;
  seen.add(file);
  return importsOf(file).some((next) => reaches(next, other, seen));
}

/** Whether a test is written for the browser's runner. */
export const isForBrowser = (file) => /\bfrom '@(open-wc|web)\//.test(readFileSync(join(root, file), 'utf8'));
