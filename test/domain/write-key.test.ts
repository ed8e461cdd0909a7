import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyPart, sessionKey, sharedContactKey, stepOf, type SharedIdentity } from '../../src/domain/write-key.js';

/** The source of each key. Two sources with the same key are a failure. */
type Source =
  | { session: string; step: 'contact' | 'ticket' | 'voicemail' | 'voicemail/recording' | 'custom-data' | 'finished' }
  | { session: string; step: 'rating' | 'voicemail' | 'custom-data' | 'pop' | 'follow-up'; event: string }
  | ({ account: string } & SharedIdentity);

const keyOf = (source: Source): string => {
  if ('account' in source) return sharedContactKey(source.account, source);
  return sessionKey(source.session, 'event' in source ? stepOf(source.step, { id: source.event }) : source.step);
};
/** A key, and the keys of the intents that are derived from its intent. */
const keysOf = (source: Source): string[] =>
  ['', '/fields', '/file-2', '/pop', '/another'].map((end) => `${keyOf(source)}${end}`);

/** Texts of the parts that keys consist of. */
const sharp = ['a', '/', '%', ':', '@', '+1', 'id:', 'contact', 'ticket', 'rating', 'voicemail', 'fields', 'recording'];
const texts = [
  ...sharp,
  ...sharp.slice(0, 7).flatMap((one) => sharp.slice(0, 7).map((other) => one + other)),
  ...['a/fields', 'a/rating', 'a/rating/b', 'rating/b', 'file-2', 'a@b', 'a/id:b', 'id:a/contact', 'a/follow-up/b'],
  ...['\ud800', '\udfff', '\ufffd', 'ü', '%00fc', '__proto__', ''],
];
const plain = ['contact', 'ticket', 'voicemail', 'voicemail/recording', 'custom-data', 'finished'] as const;
const withEvent = ['rating', 'voicemail', 'custom-data', 'pop', 'follow-up'] as const;
const ways = ['identifier', 'number', 'email'] as const;

function* sources(): Generator<Source> {
  for (const one of texts) {
    for (const step of plain) yield { session: one, step };
    for (const other of texts) {
      for (const step of withEvent) yield { session: one, step, event: other };
      for (const by of ways) yield { account: one, by, value: other };
    }
  }
}

describe('keys of writes', () => {
  it('R20 R30 no two sources share a key, whatever text from outside they contain', () => {
    const known = new Map<string, Source>();
    for (const source of sources())
      for (const key of keysOf(source)) {
        const other = known.get(key);
        if (other) assert.fail(`${JSON.stringify(source)} and ${JSON.stringify(other)} have the key ${key}`);
        known.set(key, source);
      }
    assert.ok(known.size > 100_000, String(known.size));
  });

  it('B5 a key is plain ASCII, as a header must be', () => {
    for (const text of texts) assert.match(keyPart(text), /^[!-~]*$/);
  });

  it('Q11 keys of plain ids, numbers, addresses and identifiers are the same as in earlier versions', () => {
    assert.equal(sessionKey('101-mx33qaoq-1', 'ticket'), '101-mx33qaoq-1/ticket');
    assert.equal(
      sessionKey('a84b4c76@pc33.example', stepOf('rating', { id: 'e:1.2' })),
      'a84b4c76@pc33.example/rating/e:1.2',
    );
    const shared = (by: SharedIdentity['by'], value: string) => sharedContactKey('acme', { by, value });
    assert.equal(shared('number', '+14155550132x12'), 'acme/+14155550132x12/contact');
    assert.equal(shared('email', 'mia+crm@mail.example'), 'acme/mia+crm@mail.example/contact');
    assert.equal(shared('identifier', 'cust-42'), 'acme/id:cust-42/contact');
  });
});
