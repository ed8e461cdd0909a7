import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { unzipSync } from 'fflate';
import { problemsOfApp } from '../support/check-zendesk-app.mjs';
import { anyAccount, buildZendeskApp, filesOf, zendeskAccount, zipped } from '../support/zendesk-app.mjs';

type Json = Record<string, unknown>;

describe('the Zendesk app', () => {
  const work = mkdtempSync(join(tmpdir(), 'ccai-app-'));
  const app = join(work, 'app');
  before(() => buildZendeskApp(app));
  after(() => rmSync(work, { recursive: true, force: true }));

  it('A1 passes Zendesk’s own checks, and is in the required locations', () => {
    assert.deepEqual(problemsOfApp(app), []);
    const { location, parameters, version } = JSON.parse(readFileSync(join(app, 'manifest.json'), 'utf8'));
    assert.deepEqual(Object.keys(location.support), ['top_bar', 'background', 'ticket_sidebar', 'nav_bar']);
    assert.deepEqual(parameters, [{ name: 'settings', type: 'multiline', required: false }]);
    assert.equal(version, JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  it('the zip has every file of the folder, and the same bytes on every machine', async () => {
    const zip = await zipped(app);
    assert.deepEqual(Object.keys(unzipSync(zip)).sort(), filesOf(app));
    const script = `import { buildZendeskApp, zipped } from './test/support/zendesk-app.mjs';
      await buildZendeskApp(${JSON.stringify(join(work, 'again'))});
      process.stdout.write(await zipped(${JSON.stringify(join(work, 'again'))}));`;
    for (const TZ of ['Pacific/Auckland', 'America/Los_Angeles']) {
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { ...process.env, TZ },
        maxBuffer: 10e6,
      });
      assert.ok(Buffer.from(zip).equals(stdout), TZ);
    }
  });

  it('packed for one account, it names that account, and every other page stays the same', async () => {
    const packed = join(work, 'packed');
    await buildZendeskApp(packed, { account: 'acme' });
    assert.match(readFileSync(join(packed, 'assets/top-bar.html'), 'utf8'), /name="ccai-account" content="acme"/);
    assert.deepEqual(filesOf(packed), filesOf(app));
  });

  it('Q8 the policy allows one file of Zendesk, and blob: media on the page with the panel only', () => {
    for (const page of ['top-bar', 'background', 'ticket-sidebar', 'nav-bar']) {
      const html = readFileSync(join(app, `assets/${page}.html`), 'utf8');
      const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)![1]!;
      const sources = (name: string) => new RegExp(`(?:^|; )${name} ([^;]*)`).exec(policy)?.[1];
      const sdk = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';
      assert.equal(sources('script-src'), `'self' ${sdk}`);
      assert.equal(sources('media-src'), page === 'top-bar' ? "'self' blob:" : undefined);
    }
  });

  it('A1 the build asks for the account in a terminal, and explains another choice', async () => {
    const printed: string[] = [];
    const asked: string[] = [];
    const choose = (given: string | undefined, answer?: string) =>
      zendeskAccount({
        given,
        ...(answer !== undefined && {
          ask: async (question: string) => {
            asked.push(question);
            return answer;
          },
        }),
        say: (text) => printed.push(text),
      });
    assert.equal(await choose('acme', 'other'), 'acme');
    assert.equal(asked.length + printed.length, 0);
    assert.equal(await choose(undefined, ' acme \n'), 'acme');
    assert.ok(asked[0]!.includes(anyAccount));
    assert.equal(printed.join(''), '');
    for (const any of [choose('*'), choose(undefined, '*'), choose(undefined, ''), choose(undefined)])
      assert.equal(await any, '');
    assert.equal(printed.filter((text) => text.includes(anyAccount)).length, 4);
    await assert.rejects(choose('https://evil.example'), /no name of a Zendesk account/);
  });

  const manifest = (change: (manifest: Json) => void) => (folder: string) => {
    const file = join(folder, 'manifest.json');
    const content = JSON.parse(readFileSync(file, 'utf8')) as Json;
    change(content);
    writeFileSync(file, JSON.stringify(content));
  };
  const replace = (file: string, from: string | RegExp, to: string) => (folder: string) => {
    const text = readFileSync(join(folder, file), 'utf8');
    assert.notEqual(text.replace(from, to), text, 'there was something to replace');
    writeFileSync(join(folder, file), text.replace(from, to));
  };
  const support = (content: Json) => (content.location as { support: Record<string, Json> }).support;
  const planted: [string, (folder: string) => void, RegExp][] = [
    ['no author', manifest((one) => delete one.author), /author\.name is missing/],
    ['a text for a boolean', manifest((one) => (one.private = 'true')), /private is true or false/],
    ['an unknown key', manifest((one) => (one.colour = 'blue')), /colour is not known/],
    [
      'an unknown location',
      manifest((one) => (support(one).side_bar = { url: 'assets/top-bar.html' })),
      /no location side_bar/,
    ],
    [
      'a page that is not there',
      manifest((one) => (support(one).top_bar!.url = 'assets/none.html')),
      /none\.html is missing/,
    ],
    [
      'a parameter of no known type',
      manifest((one) => (one.parameters = [{ name: 'settings', type: 'json' }])),
      /no known type: json/,
    ],
    [
      'a secret',
      manifest((one) => (one.parameters = [{ name: 'token', type: 'text', secure: true }])),
      /token holds a secret/,
    ],
    [
      'a translation without a text',
      replace('translations/fr.json', '"short_description"', '"short"'),
      /fr\.json: app\.short_description is missing/,
    ],
    ['no icon', (folder) => rmSync(join(folder, 'assets/icon_top_bar.svg')), /icon_top_bar\.svg is missing/],
    ['no logo', (folder) => rmSync(join(folder, 'assets/logo.png')), /logo\.png is missing/],
    [
      'a file that Zendesk does not take',
      (folder) => writeFileSync(join(folder, 'assets/x.wasm'), ''),
      /x\.wasm: Zendesk takes no such file/,
    ],
    [
      'a laxer policy',
      replace('assets/top-bar.html', "script-src 'self'", "script-src 'self' 'unsafe-inline'"),
      /no policy script-src/,
    ],
    ['an inline script', replace('assets/nav-bar.html', '</body>', '<script>1</script></body>'), /an inline script/],
    [
      'a foreign script',
      replace('assets/nav-bar.html', '</body>', '<script src="https://cdn.example/x.js"></script></body>'),
      /a foreign script/,
    ],
  ];
  for (const [what, plant, problem] of planted)
    it(`the check finds ${what}`, () => {
      const folder = mkdtempSync(join(work, 'planted-'));
      cpSync(app, folder, { recursive: true });
      plant(folder);
      assert.match(problemsOfApp(folder).join('\n'), problem);
    });
});
