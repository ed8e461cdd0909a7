import { ago, countryName, languageName } from '../../src/element/formats.js';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { localizer } from '../../src/element/localize.js';
import { addEnglish } from '../../src/element/locales/en.js';
import { enLive } from '../../src/element/locales/en-live.js';

const folder = new URL('../../src/element/locales/', import.meta.url);
const locales = readdirSync(folder)
  .filter((file) => /^[a-z]{2,3}[.]ts$/.test(file))
  .map((file) => file.slice(0, -3));

describe('the locales', () => {
  for (const locale of locales)
    it(`Q7 the file of ${locale} has every message`, async () => {
      const table = ((await import(new URL(`${locale}.js`, folder).href)) as Record<string, Record<string, string>>)[
        locale
      ]!;
      const words = await localizer(`${locale}-XX`);
      assert.equal(words.locale, `${locale}-XX`);
      assert.equal(words.text('main.dial'), table['main.dial']);
      assert.ok(readdirSync(folder).includes(`settings-${locale}.ts`), 'and the form has its own');
    });

  it('Q7 a language without a file is shown in English', async () => {
    const words = await localizer('tlh');
    assert.equal(words.text('main.dial'), (await localizer('en')).text('main.dial'));
  });

  it('Q7 numbers, dates, durations, languages and countries follow the locale', async () => {
    addEnglish(enLive);
    const [us, britain, france] = await Promise.all(['en-US', 'en-GB', 'fr-FR'].map(localizer));
    const at = new Date(2026, 2, 2, 14, 5).toISOString();
    assert.match(us!.time(at), /^2:05\sPM$/);
    assert.equal(britain!.time(at), '14:05');
    assert.equal(france!.time(at), '14:05');
    const now = Date.parse(at);
    const before = new Date(now - 2 * 86_400_000).toISOString();
    assert.equal(ago(us!, before, now), '2 days ago');
    assert.match(ago(france!, before, now), /avant-hier|il y a 2/);
    assert.equal(us!.text('main.calls', { count: 12_345 }).includes('12,345'), true);
    assert.equal(france!.text('main.calls', { count: 12_345 }).includes('12\u202f345'), true);
    assert.deepEqual([countryName(us!, 'DE'), countryName(france!, 'DE')], ['Germany', 'Allemagne']);
    assert.deepEqual([languageName(us!, 'de'), languageName(france!, 'de')], ['German', 'allemand']);
  });
});
