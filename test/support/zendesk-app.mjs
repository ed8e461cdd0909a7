// Builds the Zendesk app from src/zendesk/app: a folder for ZCLI's preview, and a zip for an administrator.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './installed.mjs';

const source = join(root, 'src/zendesk/app');
const pages = ['top-bar', 'background', 'ticket-sidebar', 'nav-bar'];
// Only the page with the panel contains a platform. A voicemail that is a file plays from a `blob:` address.
const platformSources = " media-src 'self' blob:; frame-src 'self'; worker-src 'self';";
/** The explanation of an app for any account. */
export const anyAccount =
  'The app is for any account: whoever has a Zendesk account can show the panel of an agent in a page of theirs, and get clicks on it.';

/**
 * The account that the app is packed for; '': any. `given`: CCAI_ZENDESK_ACCOUNT, where `*` means any. Without it `ask` is
 * called, if there is a terminal. Throws for an invalid account name.
 */
export async function zendeskAccount({ given, ask, say }) {
  const question = `Zendesk account that the app is for (acme, of acme.zendesk.com; * for any)\n  ${anyAccount}\n> `;
  const account = (given || (ask && (await ask(question))) || '*').trim();
  if (account === '*') {
    say(`${anyAccount} For one account only: CCAI_ZENDESK_ACCOUNT=acme npm run build`);
    return '';
  }
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(account)) throw new Error(`“${account}” is no name of a Zendesk account.`);
  return account;
}

const nameAndInfo = (text) => JSON.stringify({ app: JSON.parse(text).app }, null, 2);

/**
 * Builds the app into a folder. With an `account` it works in that account only; without, in every Zendesk account that
 * embeds it, as the browser reports. `connect`: the origins to which your phone platform's telephony.js connects.
 */
export async function buildZendeskApp(folder, { account = '', connect = '', minify = true } = {}) {
  const { build } = await import('esbuild');
  rmSync(folder, { recursive: true, force: true });
  const assets = join(folder, 'assets');
  mkdirSync(assets, { recursive: true });
  await build({
    absWorkingDir: root,
    // telephony.js is a file of its own, so that another platform can replace it.
    entryPoints: [...pages, 'telephony'].map((page) => join(source, `${page}.ts`)),
    outdir: assets,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    chunkNames: 'part-[hash]',
    conditions: ['production'],
    tsconfig: join(root, 'tsconfig.json'),
    minify,
    legalComments: 'none',
    logLevel: 'warning',
  });
  const template = readFileSync(join(source, 'page.html'), 'utf8');
  for (const page of pages) {
    const packed = template
      .replaceAll('PAGE', page)
      .replace("connect-src 'self';", `$&${page === 'top-bar' ? platformSources : ''}`)
      .replace('name="ccai-account" content=""', `name="ccai-account" content="${account}"`)
      .replaceAll(/(connect|media|frame)-src 'self'/g, `$& ${connect}`.trimEnd());
    writeFileSync(join(assets, `${page}.html`), packed);
  }
  cpSync(join(source, 'app.css'), join(assets, 'app.css'));
  for (const icon of readdirSync(join(source, 'icons')).filter((name) => name !== 'logo.svg'))
    cpSync(join(source, 'icons', icon), join(assets, icon));
  mkdirSync(join(folder, 'translations'));
  for (const file of readdirSync(join(source, 'translations')))
    // Our own pages have their words in their code.
    writeFileSync(
      join(folder, 'translations', file),
      `${nameAndInfo(readFileSync(join(source, 'translations', file), 'utf8'))}\n`,
    );
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = JSON.parse(readFileSync(join(source, 'manifest.json'), 'utf8'));
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
}

/** All files of a folder, with `/`, sorted. */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

/** The folder as a zip. Equal folders give equal bytes, at any time and on any machine. */
export async function zipped(folder) {
  const { zipSync } = await import('fflate');
  // A zip has local times only: this is the same local time in every time zone.
  const mtime = new Date(2020, 0, 1);
  const files = Object.fromEntries(filesOf(folder).map((file) => [file, readFileSync(join(folder, file))]));
  return zipSync(files, { mtime, level: 9, os: 3 });
}
