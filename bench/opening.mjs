// Q2: the frames that are painted before the filled details screen, and its script time compared with a Lit template.
import { join } from 'node:path';
import { root } from '../test/support/installed.mjs';
import { bundle } from './bundle.mjs';
import { serve, withPage } from './browser.mjs';

/** Bundles a page of the benchmarks, opens it, and calls its `measure`. */
export async function measureIn(page, options, launch) {
  const name = page.replace(/[.]ts$/, '');
  const server = await serve({ [name]: await bundle(join(root, 'bench/pages', page), { minify: false }) });
  try {
    return await withPage(async (opened) => {
      opened.on('console', (message) => message.type() === 'error' && console.error(message.text()));
      await opened.goto(`${server.url}/${name}/`);
      await opened.waitForFunction(() => 'measure' in globalThis);
      return typeof options === 'function'
        ? options(opened)
        : opened.evaluate((given) => globalThis.measure(given), options);
    }, launch);
  } finally {
    await server.stop();
  }
}

/**
 * Measures Q2 twice: while a person types outside the panel (script only), and while the focus moves into the panel or
 * into the template, which causes a layout.
 */
export async function opening() {
  return {
    script: await measureIn('opening.ts', { typing: true }),
    withFocus: await measureIn('opening.ts', { typing: false }),
  };
}
