import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readProfile } from '../../src/desktop/profile-shape.js';
import { guardedHost } from '../../src/desktop/guarded-host.js';
import { plainCopy } from '../../src/domain/plain-copy.js';
import { fillTitle, unknownTitleVariables } from '../../src/domain/ticket-title.js';
import { MemoryHost } from '../../src/memory/index.js';
import { simulatedProfile } from '../../src/simulator/index.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { readEvent } from '../../src/telephony/event-shape.js';

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const boom = (): never => {
  throw new Error('looked at');
};

describe('S8 a title', () => {
  // With quadratic time, each of these would take hours.
  it('S8 fills in a name or a template of four million characters', () => {
    const long = 2_000_000;
    assert.equal(fillTitle('{{contact.name}}x', { 'contact.name': '- '.repeat(long) }), 'x');
    assert.equal(fillTitle('{{contact.name}}', { 'contact.name': `a${'- '.repeat(long)}b` }).length, 2 * long + 2);
    assert.equal(fillTitle(`{{${' '.repeat(long)}x`, {}), '{{ x');
    assert.equal(fillTitle('{{ '.repeat(long), {}).length, 3 * long - 1);
    assert.deepEqual(unknownTitleVariables(`{{${' '.repeat(long)}x`), []);
  });

  it('S8 accepts spaces inside variables, and trims the title', () => {
    assert.equal(fillTitle(' – {{ queue }} - {{nobody}} {{ contact.name}}: ', { queue: 'Shop' }), 'Shop - {{nobody}}');
  });
});

describe('plainCopy', () => {
  it('cuts names at 300 characters and other texts at 64 kB, marks the cut, and splits no character', () => {
    const { name, text, emoji, data, notes, message, exact } = plainCopy(
      {
        name: 'n'.repeat(301),
        text: 't'.repeat(70_000),
        emoji: `x${'😀'.repeat(30_000)}`,
        data: { name: 'n'.repeat(301), [`k${'y'.repeat(70_000)}`]: 1 },
        notes: 'o'.repeat(70_000),
        message: { text: 'm'.repeat(70_000), other: 'm'.repeat(70_000) },
        exact: 'e'.repeat(65_536),
      },
      ['notes', 'message.text'],
    ) as Record<string, unknown> & Record<'emoji' | 'text', string>;
    assert.equal(name, `${'n'.repeat(299)}…`);
    assert.equal(text, `${'t'.repeat(65_533)}…`);
    assert.ok(bytes(emoji) <= 65_536 && bytes(emoji) > 65_528 && /^x(😀)+…$/u.test(emoji));
    assert.equal((data as { name: string }).name.length, 301, 'a customer’s own key is no name');
    assert.ok(Object.keys(data as object).every((key) => bytes(key) <= 65_536));
    assert.equal((notes as string).length, 70_000);
    assert.equal((message as { text: string }).text.length, 70_000);
    assert.equal((message as { other: string }).other.length, 65_534);
    assert.equal((exact as string).length, 65_536);
    assert.equal((plainCopy({ label: `${'n'.repeat(298)}😀😀` }) as { label: string }).label, `${'n'.repeat(298)}…`);
  });

  it('keeps data and files unchanged', () => {
    const file = new Blob(['x']);
    const given = { a: [1, 'x', null, true], b: { c: undefined, d: { e: 'f' } }, file };
    const copy = plainCopy(given) as typeof given;
    assert.deepEqual(copy, { a: [1, 'x', null, true], b: { d: { e: 'f' } }, file });
    assert.equal(copy.file, file);
    assert.notEqual(copy, given);
  });

  it('leaves out unreadable properties and circular references', () => {
    const circle: Record<string, unknown> = { name: 'x' };
    circle['self'] = circle;
    circle['list'] = [circle];
    assert.deepEqual(plainCopy(circle), { name: 'x', list: [undefined] });
    assert.deepEqual(plainCopy({ get a() { return boom(); }, b: 1, c: () => 1, d: Symbol('x'), e: 10n }), { b: 1, e: '10' }); // prettier-ignore
    assert.deepEqual(plainCopy({ at: new Date(0), from: new URL('https://example.test/') }), {
      at: '1970-01-01T00:00:00.000Z',
      from: 'https://example.test/',
    });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.deepEqual(plainCopy({ proxy }), {});
    assert.deepEqual(plainCopy(JSON.parse('{"__proto__":{"polluted":1}}')), JSON.parse('{"__proto__":{"polluted":1}}'));
    let deep: unknown = 'end';
    for (let level = 0; level < 100_000; level++) deep = [deep];
    plainCopy(deep);
    let wide: unknown = 'end';
    for (let level = 0; level < 45; level++) wide = [wide, wide];
    plainCopy(wide);
  });
});

describe('Q8 names of a platform and of an agent', () => {
  const long = 'n'.repeat(10_000_000);
  const cut = `${'n'.repeat(299)}…`;

  it('Q8 F2 labels and languages of a profile are cut like names', () => {
    const { statuses, outboundNumbers, languages, defaultLanguage } = readProfile({
      ...{ ...simulatedProfile, status: 'available', activeSessions: [], languages: [long], defaultLanguage: long },
      statuses: [{ id: 'available', label: long }],
      outboundNumbers: [{ number: '+18005550100', label: long, languages: [long] }],
    });
    assert.deepEqual(
      [statuses[0]!.label, outboundNumbers[0]!.label, outboundNumbers[0]!.languages, languages, defaultLanguage],
      [cut, cut, [cut], [cut], cut],
    );
  });

  it('Q8 the name of the agent is cut', async () => {
    const time = new SimulatedTime();
    const agent = { id: '1', name: long, canAdminister: false, teams: [] };
    const host = guardedHost(new MemoryHost({ agent, clock: time, timers: time }), { timers: time });
    assert.equal((await host.getAgent()).name, cut);
  });
});

describe('R1 reading an event', () => {
  const at = '2026-03-02T09:00:00.000Z';
  const session = { id: 's', channel: 'ivr-call', direction: 'inbound' };
  const types = ['session.created', 'session.offered', 'session.ended', 'recording.ready', 'rating.received'];
  types.push('custom-data.received', 'smart-action.completed', 'api.responded', 'session.muted', 'agent.status');

  for (const type of [
    ['session.muted'],
    { toString: 1 },
    { toString: () => 'session.muted' },
    Symbol('x'),
    null,
    'toString',
  ])
    it(`R1 refuses a type that is no text of the platform's: ${typeof type} ${JSON.stringify(type)}`, () => {
      const event = { id: 'e', at, sessionId: 's', type, muted: true };
      assert.deepEqual(readEvent(event as never), { wrong: 'type' });
    });

  it('R1 never throws, and passes on plain data only', () => {
    const anything = fc.anything({
      ...{ withBigInt: true, withDate: true, withMap: true, withSet: true, withObjectString: true },
      ...{ withNullPrototype: true, withTypedArray: true, withSparseArray: true, withBoxedValues: true },
    });
    const throwing = fc.constantFrom<() => unknown>(
      () => Object.defineProperty({}, 'id', { enumerable: true, get: boom }),
      () => new Proxy({}, { get: boom }),
      () => new Proxy({}, { ownKeys: boom }),
      () => new Proxy({ a: 1 }, { getOwnPropertyDescriptor: boom }),
      () => new Proxy([], { get: boom }),
      () => ({ toJSON: boom, toString: boom, valueOf: boom }),
      () => {
        const circle: unknown[] = [];
        circle.push(circle, { circle });
        return circle;
      },
    );
    const value = fc.oneof(
      anything,
      throwing.map((make) => make()),
    );
    const near = fc
      .record({ type: fc.constantFrom(...types), parts: fc.dictionary(fc.string(), value, { maxKeys: 3 }), value })
      .map(({ type, parts, value }) => ({
        ...{ id: 'e', at, sessionId: 's', type, session, status: 'break', muted: true, score: 5, name: 'n', kind: 'k' },
        ...{ ...parts, session: { ...session, customData: value, customer: value, queue: value, record: value } },
        ...{ data: { value }, results: { value }, attachments: [value], recording: { url: 'u', part: value } },
        ...{ durations: value, endedBy: value, key: value, feedback: value, transcript: value },
      }));
    const counts = { read: 0, wrong: 0 };
    fc.assert(
      fc.property(fc.oneof(value, near, near), (event) => {
        const read = readEvent(event as never);
        if ('wrong' in read) return void counts.wrong++;
        counts.read++;
        JSON.stringify(read.event);
        structuredClone(read.event);
      }),
      { numRuns: 50_000 },
    );
    assert.ok(counts.read > 5000 && counts.wrong > 5000, JSON.stringify(counts));
  });
});
