// Q1: the size of the first load, in a bundle and in the requests of a browser.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../test/support/installed.mjs';
import { bundle, firstLoadOf, gzipped, moduleBytes, subpaths } from './bundle.mjs';
import { serve, withPage } from './browser.mjs';

const kB = (bytes) => Math.round(bytes) / 1000;
const sum = (list) => list.reduce((total, one) => total + one, 0);
const weight = (chunks, names) => sum([...names].map((name) => chunks.get(name).gzip));

/** The size of the chunks that the import of each subpath loads at once, and the chunks that it may load later. */
async function weights() {
  const rows = [];
  for (const [subpath, file] of Object.entries(subpaths)) {
    if (subpath === './standalone') continue;
    const { chunks, first } = await bundle(file);
    const later = [...chunks.values()].filter(({ name }) => !first.has(name)).sort((a, b) => b.gzip - a.gzip);
    rows.push({
      subpath,
      first: kB(weight(chunks, first)),
      later: later.map(({ name, gzip }) => ({ file: name, kB: kB(gzip) })),
    });
  }
  return rows;
}

/** The chunks of the standalone build in dist/. */
function standalone() {
  const folder = join(root, 'dist', 'standalone');
  const chunks = new Map();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    const code = readFileSync(join(folder, name), 'utf8');
    const imports = [...code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+)"/g)].map(([, other]) => other);
    chunks.set(name, { name, code, gzip: gzipped(code), imports });
  }
  return { chunks, first: firstLoadOf(chunks, 'ccai-agent-adapter.js') };
}

/** The gzipped size of the package's own code without other packages, and the share of each module. */
async function ownWeight(file) {
  const { chunks, first } = await bundle(file, { own: true });
  const modules = await moduleBytes([...chunks.values()].filter(({ name }) => first.has(name)));
  const gzip = weight(chunks, first);
  const part = gzip / sum(modules.map(({ bytes }) => bytes));
  return { kB: kB(gzip), modules: modules.map(({ module, bytes }) => ({ module, kB: kB(bytes * part) })) };
}

/** The share of each package in the first load. */
async function shares({ chunks, first }) {
  const modules = await moduleBytes([...chunks.values()].filter(({ name }) => first.has(name)));
  const part = weight(chunks, first) / sum(modules.map(({ bytes }) => bytes));
  const shared = {};
  for (const { module, bytes } of modules) {
    const owner = module.includes('/') && !module.startsWith('@') ? 'own' : module;
    shared[owner] = kB((shared[owner] ?? 0) * 1000 + bytes * part);
  }
  return shared;
}

/**
 * The files that the browser had requested when the panel showed “Dial a number” and reacted to a press. Host and
 * platform answer after `latency` milliseconds (0: at once). Files for which `hold` is true never arrive.
 */
async function requested(page, url, folder, script, { latency = 0, hold } = {}) {
  if (hold)
    await page.route(
      (address) => hold(address.pathname.split('/').at(-1)),
      () => {},
    );
  await page.goto(`${url}/ports/`);
  await page.waitForFunction(() => 'makePorts' in globalThis);
  return page.evaluate(
    async ([address, wait]) => {
      const element = Object.assign(document.createElement('ccai-agent-adapter'), globalThis.makePorts(wait));
      let pressed = 0;
      element.addEventListener('ccai-dial', () => (pressed = performance.now()));
      document.body.append(element);
      performance.clearResourceTimings();
      const loading = import(address);
      const { port1, port2 } = new MessageChannel();
      const end = performance.now() + 20_000;
      while (!pressed && performance.now() < end) {
        await new Promise((resolve) => ((port1.onmessage = resolve), port2.postMessage(0)));
        const screen = element.shadowRoot?.querySelector('ccai-main-screen');
        screen?.shadowRoot?.querySelector('button.main')?.click();
      }
      if (!pressed) throw new Error('The panel did not take a press within 20 s');
      await loading;
      // The browser lists a file only when it has arrived.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const files = performance.getEntriesByType('resource').filter(({ startTime }) => startTime <= pressed);
      return [...new Set(files.map(({ name }) => name.split('/').at(-1)).filter((name) => name.endsWith('.js')))];
    },
    [`${url}/${folder}/${script}`, latency],
  );
}

async function inBrowser(builds) {
  const server = await serve({ ...builds, ports: await bundle(join(root, 'bench/pages/ports.ts'), { minify: false }) });
  const measured = {};
  try {
    for (const [folder, { chunks, first, entry }] of Object.entries(builds)) {
      const runs = {
        'at once': {},
        'after 100 ms': { latency: 100 },
        'nothing later': { hold: (name) => chunks.has(name) && !first.has(name) },
      };
      measured[folder] = {};
      for (const [run, options] of Object.entries(runs)) {
        const names = await withPage((page) => requested(page, server.url, folder, entry, options));
        const files = names.map((file) => ({ file, kB: kB(chunks.get(file).gzip), later: !first.has(file) }));
        measured[folder][run] = { kB: kB(weight(chunks, names)), files };
      }
    }
  } finally {
    await server.stop();
  }
  return measured;
}

/** Measures Q1. */
export async function firstLoad() {
  const file = join(root, 'bench/pages/first-load.ts');
  const bundled = { ...(await bundle(file)), entry: 'page.js' };
  const alone = { ...standalone(), entry: 'ccai-agent-adapter.js' };
  return {
    subpaths: await weights(),
    measured: await inBrowser({ bundled, standalone: alone }),
    shares: await shares(bundled),
    own: await ownWeight(file),
    phoneNumbers: kB(alone.chunks.get('phone-number.js').gzip),
  };
}
