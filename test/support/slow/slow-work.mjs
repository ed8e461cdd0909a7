// Preloaded by test:slow: delays and counts every import() of src and every WebCrypto call of a test.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../installed.mjs';
import { loading } from './slow-hooks.mjs';

const { SLOW_IMPORTS = '0', SLOW_CRYPTO = '0', SLOW_COUNTS } = process.env;

/** The dynamic imports of src. */
function loadedLater() {
  const files = readdirSync(join(root, 'src'), { recursive: true }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) => {
    const path = join(root, 'src', file);
    const named = [...readFileSync(path, 'utf8').matchAll(/\bimport\('([^']+)'\)/g)].map(([, specifier]) => specifier);
    return named.map((specifier) => loading(specifier, pathToFileURL(path).href));
  });
}

const delayed = new Int32Array(new SharedArrayBuffer(4));
register('./slow-hooks.mjs', import.meta.url, {
  data: { delayed, milliseconds: Number(SLOW_IMPORTS), loadedLater: loadedLater() },
});

let sealed = 0;
const most = Number(SLOW_CRYPTO);
if (most > 0) {
  const { subtle } = globalThis.crypto;
  for (const name of ['encrypt', 'decrypt', 'sign', 'digest']) {
    const real = subtle[name].bind(subtle);
    subtle[name] = async (...given) => {
      sealed += 1;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * most));
      return real(...given);
    };
  }
}

// A worker's operations count for the test file that started it.
process.env.SLOW_SUITE ??= process.argv[1];
process.on('exit', () => {
  if (!SLOW_COUNTS) return;
  mkdirSync(SLOW_COUNTS, { recursive: true });
  const counted = { suite: process.env.SLOW_SUITE, imports: Atomics.load(delayed, 0), sealed };
  writeFileSync(join(SLOW_COUNTS, `${process.pid}.json`), JSON.stringify(counted));
});
