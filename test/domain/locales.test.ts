import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { localizer } from '../../src/element/localize.js';
import { addEnglish, englishMessages as en } from '../../src/element/locales/en.js';
import { enCall } from '../../src/element/locales/en-call.js';
import { enChat } from '../../src/element/locales/en-chat.js';
import { enCorrection } from '../../src/element/locales/en-correction.js';
import { enLive } from '../../src/element/locales/en-live.js';
import { enOptions } from '../../src/element/locales/en-options.js';
import { fr } from '../../src/element/locales/fr.js';

for (const more of [enCall, enChat, enCorrection, enLive, enOptions]) addEnglish(more);

type Table = Readonly<Record<string, string>>;

const placeholders = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

/** The typographic mistakes of a French message. */
const misprint = (message: string) =>
  /(?<!\u202f)[:;!?»]/.test(message) || /«(?!\u202f)/.test(message) || /['"“”]|\.\.\.|\u202f\s|\s\u202f/.test(message);

/** `same`: the keys whose messages are equal in both languages. */
function checkFrench(english: Table, french: Table, same: readonly string[]) {
  const keys = Object.keys(english);

  it('Q7 French has every key, and no other', () => {
    assert.deepEqual(Object.keys(french).sort(), [...keys].sort());
  });

  it('Q7 every key has the same placeholders in English and French', () => {
    const differing = keys.filter(
      (key) => String(placeholders(english[key] ?? '')) !== String(placeholders(french[key] ?? '')),
    );
    assert.deepEqual(differing, []);
  });

  it('Q7 no message is empty in English or French', () => {
    assert.deepEqual(
      keys.filter((key) => !english[key]?.trim() || !french[key]?.trim()),
      [],
    );
  });

  it('Q7 no French message is left in English, except those listed', () => {
    assert.deepEqual(keys.filter((key) => english[key] === french[key]).sort(), [...same].sort());
  });
}

describe('the words of the panel', () => {
  checkFrench(en, fr, [
    ...[
      'call.chat',
      'chat.agent',
      'chat.message',
      'chat.messages',
      'chat.notes',
      'info.contact',
      'notes.label',
      'number.plus',
      'number.reads',
      'options.crm',
    ],
    ...[
      'options.notifications',
      'options.version',
      'parties.label',
      'records.chat',
      'statistic.chats',
      'tabs.count',
      'transfer.agent',
    ],
  ]);

  it('Q7 French has its narrow no-break spaces, quotes and apostrophes', () => {
    assert.deepEqual(
      Object.entries(fr).filter(([, message]) => misprint(message)),
      [],
    );
  });

  it('Q7 French has the plural form one for 0 and 1, and other for more', async () => {
    const { text } = await localizer('fr-FR');
    assert.equal(text('main.calls', { count: 0 }), '0 appel aujourd’hui');
    assert.equal(text('main.calls', { count: 1 }), '1 appel aujourd’hui');
    assert.equal(text('main.calls', { count: 2 }), '2 appels aujourd’hui');
    assert.equal(text('main.calls', { count: 1_000_000 }), '1\u202f000\u202f000 appels aujourd’hui');
  });

  it('Q7 a message that names a label uses its shown text, in English and French', () => {
    for (const words of [en, fr]) {
      assert.ok(words['missing.number-of-nobody.may-enter'].includes(words['details.use-entered']));
    }
  });
});

const locales = new URL('../../src/element/locales/', import.meta.url);
const settingsFiles = ['settings-en', 'settings-fr'];
const absent = settingsFiles.filter((name) => !existsSync(new URL(`${name}.ts`, locales)));

describe('the words of the settings form', async () => {
  if (absent.length > 0) {
    it('Q7 the French settings have the keys of the English ones', { skip: `no ${absent.join(', ')} yet` }, () => {});
    return;
  }
  const [english, french] = await Promise.all(
    settingsFiles.map(async (name) => (await import(new URL(`${name}.js`, locales).href)) as Record<string, Table>),
  );
  const tables = [english?.settingsEn ?? {}, french?.settingsFr ?? {}] as const;
  checkFrench(...tables, ['option.json', 's16.dispositions.code', 'x11.type.date']);

  it('Q7 a setting about a choice uses the panel’s text for it, in English and French', () => {
    for (const [settings, panel] of [
      [tables[0], en],
      [tables[1], fr],
    ] as const) {
      assert.ok(settings.s3?.includes(panel['details.ticket.new']));
      assert.ok(settings.s4?.includes(panel['details.ticket.none']));
      assert.ok(settings.s5?.includes(panel['details.use-entered']));
    }
  });
});
