import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Disposition } from '../../src/domain/session.js';
import { checkSettings, mergeSettings, type SettingsProblem } from '../../src/domain/settings-check.js';
import { defaultSettings, type Settings, type SettingsInput } from '../../src/domain/settings.js';
import { usableSettings } from '../../src/domain/usable-settings.js';
import { fillTitle, unknownTitleVariables } from '../../src/domain/ticket-title.js';
import { howMany } from '../support/counts.js';

/** Any JSON that a file or an installation may have. */
const check = (...inputs: unknown[]) => checkSettings(...(inputs as SettingsInput[]));

function settingsOf(...inputs: unknown[]): Settings {
  const result = check(...inputs);
  assert.ok(result.ok, JSON.stringify(result));
  return result.settings;
}

function problemsOf(...inputs: unknown[]): readonly SettingsProblem[] {
  const result = check(...inputs);
  assert.ok(!result.ok, 'nothing was refused');
  return result.problems;
}

/** `{ a: { b: value } }` for `a.b`. */
const at = (path: string, value: unknown): unknown =>
  path
    .split('.')
    .reverse()
    .reduce((inner, key) => ({ [key]: inner }), value);

const nested = (levels: number): Disposition => ({
  code: `c${levels}`,
  label: `Level ${levels}`,
  ...(levels > 1 && { children: [nested(levels - 1)] }),
});

describe('checkSettings', () => {
  it('gives the defaults for no input', () => {
    assert.deepEqual(settingsOf(), defaultSettings);
    assert.deepEqual(settingsOf({}), defaultSettings);
    assert.deepEqual(settingsOf(undefined, {}, undefined), defaultSettings);
  });

  it('merges key by key at every depth; the later input wins', () => {
    const first = { calls: { wrapUpSeconds: { inbound: 5 }, maxChats: 2 }, ticketEntry: { teams: { a: 'optional' } } };
    const second = { calls: { wrapUpSeconds: { outbound: 7 } }, ticketEntry: { teams: { b: 'mandatory' } } };
    const { calls, ticketEntry } = settingsOf(first, second);
    assert.deepEqual(calls.wrapUpSeconds, { inbound: 5, outbound: 7 });
    assert.equal(calls.maxChats, 2);
    assert.deepEqual(ticketEntry.teams, { a: 'optional', b: 'mandatory' });
    assert.equal(settingsOf(first, { calls: { maxChats: 9 } }).calls.maxChats, 9);
    assert.equal(settingsOf(first, { calls: { maxChats: undefined } }).calls.maxChats, 2);
  });

  it('replaces arrays', () => {
    const host = { outbound: { refusedPrefixes: ['+1900', '+1976'] }, calls: { dispositions: [nested(2)] } };
    assert.deepEqual(settingsOf(host, { outbound: { refusedPrefixes: ['+44'] } }).outbound.refusedPrefixes, ['+44']);
    assert.deepEqual(settingsOf(host, { outbound: { refusedPrefixes: [] } }).outbound.refusedPrefixes, []);
    assert.deepEqual(settingsOf(host, { calls: { dispositions: [] } }).calls.dispositions, []);
  });

  it('changes neither its inputs nor the defaults', () => {
    const before = structuredClone(defaultSettings);
    const input = { tickets: { customDataFields: { a: '1' } } };
    settingsOf(input, { tickets: { customDataFields: { b: '2' } } });
    assert.deepEqual(input, { tickets: { customDataFields: { a: '1' } } });
    assert.deepEqual(defaultSettings, before);
  });

  const refusals: readonly (readonly [path: string, value: unknown, code: string])[] = [
    ['tickets.language', 'tlh', 'unknown-language'],
    ['tickets.timeZone', 'Mars/Olympus', 'unknown-time-zone'],
    ['batching.windowSeconds', 0, 'out-of-range'],
    ['batching.windowSeconds', 61, 'out-of-range'],
    ['batching.windowSeconds', 1.5, 'out-of-range'],
    ['batching.windowSeconds', '10', 'out-of-range'],
    ['batching.comments', 'yes', 'wrong-type'],
    ['calls.wrapUpSeconds.inbound', -1, 'out-of-range'],
    ['calls.wrapUpSeconds.outbound', 3601, 'out-of-range'],
    ['calls.maxChats', 51, 'out-of-range'],
    ['calls.recording', null, 'wrong-type'],
    ['outbound', 'all', 'wrong-type'],
    ['outbound.defaultCountry', 'us', 'unknown-country'],
    ['outbound.defaultCountry', 'ZZ', 'unknown-country'],
    ['outbound.defaultCountry', 1, 'wrong-type'],
    ['outbound.refusedPrefixes', '+1', 'wrong-type'],
    ['outbound.premiumNumbers', 'maybe', 'wrong-type'],
    ['outbound.emergencyNumbers', 'allow', 'wrong-type'],
    ['ticketEntry.teams.support', 'sometimes', 'wrong-type'],
    ['ticketEntry.phoneField', '', 'empty'],
    ['tickets.defaultUserId', '', 'empty'],
    ['tickets.title', '', 'empty'],
    ['tickets.title', '{{chanel}}', 'unknown-variable'],
    ['tickets.apiResponses', 'xml', 'wrong-type'],
    ['tickets.customDataFields.order', '', 'empty'],
    ['tickets.customDataFields', [], 'wrong-type'],
    ['calls.dispositions', {}, 'wrong-type'],
    ['calls.dispositions', [nested(6)], 'too-deep'],
    ['calls.dispositions', [nested(1), nested(1)], 'repeated'],
  ];
  for (const [path, value, code] of refusals)
    it(`refuses ${path} = ${JSON.stringify(value)?.slice(0, 40)} by name (${code})`, () => {
      const problems = problemsOf(at(path, value));
      assert.deepEqual(
        problems.map((problem) => [problem.path, problem.code]),
        [[path, code]],
      );
      assert.ok(problems[0]!.message.includes(path), problems[0]!.message);
    });

  it('S15 accepts prefixes and short numbers in every form that the policy reads, and normalises them', () => {
    const written = ['+1 900', '001900', '0044', '+1-900', '1-900', ' +44 (20) '];
    assert.deepEqual(settingsOf({ outbound: { refusedPrefixes: written } }).outbound.refusedPrefixes, [
      ...['+1900', '+1900', '+44', '+1900', '+1900', '+4420'],
    ]);
    const short = settingsOf({ outbound: { shortNumbers: ['12 34', '* 100 #', '4-7-1-1'] } }).outbound.shortNumbers;
    assert.deepEqual(short, ['1234', '*100#', '4711']);
    for (const bad of ['', '+', '00', '000', 'abc', '900', '+0', '+1900x', '+1234567890123456'])
      assert.deepEqual(
        problemsOf({ outbound: { refusedPrefixes: [bad] } }).map(({ code }) => code),
        ['not-a-prefix'],
        bad,
      );
    for (const bad of ['', '1', '**', '123456789', '+112'])
      assert.equal(problemsOf({ outbound: { shortNumbers: [bad] } })[0]?.code, 'not-a-short-number', bad);
  });

  describe('S usable settings with invalid values', () => {
    const usableOf = (...inputs: unknown[]): Settings => {
      assert.ok(!check(...inputs).ok);
      return usableSettings(...(inputs as SettingsInput[]));
    };

    it('S14 keeps valid values, replaces invalid ones by defaults, and does not record', () => {
      const usable = usableOf({
        outbound: { refusedPrefixes: ['abc', '+1900'], promptForTicket: true, premiumNumbers: 'maybe' },
        ticketEntry: { enabled: true, teams: { a: 'mandatory', b: 'sometimes', 'c.d': 1 } },
        batching: { windowSeconds: 61, comments: false },
        calls: { recording: true, maxChats: 7, wrapUpSeconds: 'long', hold: 1 },
        bogus: {},
      });
      assert.deepEqual(usable, {
        ...defaultSettings,
        outbound: { ...defaultSettings.outbound, refusedPrefixes: ['+1900'], promptForTicket: true },
        ticketEntry: { enabled: true, teams: { a: 'mandatory' } },
        batching: { ...defaultSettings.batching, comments: false },
        calls: { ...defaultSettings.calls, recording: false, maxChats: 7 },
      });
    });

    it('S3 without S2 is switched off, and the rest stays', () => {
      const { outbound } = usableOf({ outbound: { allowNewTicket: true, allowNoTicket: true } });
      assert.deepEqual([outbound.allowNewTicket, outbound.allowNoTicket], [false, true]);
    });

    it('S16 leaves out malformed dispositions with their children', () => {
      const good = { code: 'a', label: 'A' };
      const { dispositions } = usableOf({
        calls: { dispositions: [{ code: '', label: '' }, good, { ...good, code: 'b', color: 1, children: [{}] }, 7] },
      }).calls;
      assert.deepEqual(dispositions, [good, { code: 'b', label: 'A', children: [] }]);
    });

    it('gives the defaults if there is no group of settings', () => {
      for (const none of [7, 'settings', []]) {
        const usable = usableOf(none);
        assert.deepEqual(usable, { ...defaultSettings, calls: { ...defaultSettings.calls, recording: false } });
      }
    });
  });

  it('names the refused item of a list', () => {
    assert.deepEqual(
      problemsOf({ outbound: { refusedPrefixes: ['+1', '0900', '+0'], shortNumbers: ['1', '112'] } }).map(
        ({ path, code }) => [path, code],
      ),
      [
        ['outbound.refusedPrefixes.1', 'not-a-prefix'],
        ['outbound.refusedPrefixes.2', 'not-a-prefix'],
        ['outbound.shortNumbers.0', 'not-a-short-number'],
      ],
    );
    const [problem] = problemsOf({
      calls: { dispositions: [{ code: 'a', label: 'A', children: [{ code: 'b', label: '' }] }] },
    });
    assert.deepEqual([problem?.path, problem?.code], ['calls.dispositions.0.children.0.label', 'empty']);
  });

  for (const path of ['bogus', 'calls.hold', 'calls.wrapUpSeconds.internal', 'calls.dispositions.0.color'])
    it(`refuses the unknown key ${path} by name`, () => {
      const input = path.includes('.0.')
        ? { calls: { dispositions: [{ code: 'a', label: 'A', color: 1 }] } }
        : at(path, 1);
      assert.deepEqual(
        problemsOf(input).map((problem) => [problem.path, problem.code]),
        [[path, 'unknown-key']],
      );
    });

  it('S1 names every refusal, not only the first', () => {
    const paths = problemsOf({ batching: { windowSeconds: 0 }, calls: { maxChats: -1 }, x: 1 }).map(({ path }) => path);
    assert.deepEqual([...paths].sort(), ['batching.windowSeconds', 'calls.maxChats', 'x']);
  });

  it('S3 without S2 is refused; with S1 it is accepted, also together with S2', () => {
    const [problem] = problemsOf({ outbound: { allowNewTicket: true } });
    assert.deepEqual([problem?.path, problem?.code], ['outbound.allowNewTicket', 'needs-prompt']);
    const append = { tickets: { append: false } };
    settingsOf(append, { outbound: { allowNewTicket: true } });
    settingsOf(append, { outbound: { promptForTicket: true } });
    settingsOf(append, { outbound: { promptForTicket: true, allowNewTicket: true } });
  });

  it('S1–S5 have 16 legal settings in effect', () => {
    const effects = new Set<string>();
    for (let bits = 0; bits < 32; bits++) {
      const [s1, s2, s3, s4, s5] = [1, 2, 4, 8, 16].map((bit) => (bits & bit) !== 0);
      const result = check({
        tickets: { append: !s1 },
        outbound: { promptForTicket: s2, allowNewTicket: s3, allowNoTicket: s4, allowEnteredNumber: s5 },
      });
      assert.equal(result.ok, s1 || s2 || !s3, `S1 ${s1} S2 ${s2} S3 ${s3}`);
      if (result.ok) effects.add(JSON.stringify([s1, !s1 && s2, !s1 && s3, s4, s5]));
    }
    assert.equal(effects.size, 16);
  });

  it('accepts dispositions five levels deep', () => {
    assert.deepEqual(settingsOf({ calls: { dispositions: [nested(5)] } }).calls.dispositions, [nested(5)]);
  });

  it('is not polluted by the names of prototypes', () => {
    const evil = JSON.parse(
      '{"__proto__":{"polluted":1},"calls":{"__proto__":{"maxChats":9}},"ticketEntry":{"teams":{"__proto__":{"x":1}}}}',
    );
    const settings = settingsOf(evil);
    assert.equal(settings.calls.maxChats, 3);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    assert.deepEqual(settings.ticketEntry.teams, {});
    const paths = problemsOf(JSON.parse('{"constructor":{"prototype":{"polluted":1}}}')).map(({ path }) => path);
    assert.deepEqual(paths, ['constructor']);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('never throws: any JSON gives valid settings, or problems with a path and a message', () => {
    const known = fc.constantFrom(
      ...Object.keys(defaultSettings),
      ...Object.values(defaultSettings).flatMap(Object.keys),
    );
    const keys = fc.oneof(known, fc.string());
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(true, false, 0, 10, 61, '', '+1900', 'US', 'optional', 'off', null),
        fc.string(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    const near = fc.record(
      Object.fromEntries(
        Object.entries(defaultSettings).map(([name, group]) => [
          name,
          fc.record(Object.fromEntries(Object.keys(group).map((key) => [key, tree])), { requiredKeys: [] }),
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), tree, near), fc.oneof(near, fc.jsonValue()), (first, second) => {
        const result = check(first, second);
        if (result.ok) {
          assert.deepEqual(check(result.settings), result, 'what was checked is valid');
          assert.deepEqual(mergeSettings(result.settings), result.settings);
        } else {
          assert.ok(result.problems.length > 0);
          const usable = usableSettings(first as SettingsInput, second as SettingsInput);
          assert.deepEqual(check(usable), { ok: true, settings: usable }, 'what can be used is valid');
          assert.equal(usable.calls.recording, false);
          for (const { path, code, message } of result.problems) {
            assert.equal(typeof path, 'string');
            assert.ok(code && message && !message.includes('[object'), message);
          }
        }
      }),
      { numRuns: howMany({ all: 1000, long: 20_000 }) },
    );
  });
});

describe('S8: the ticket title', () => {
  it('accepts its variables, with spaces inside too', () => {
    assert.deepEqual(unknownTitleVariables('{{channel}} {{ contact.name }} {{queue}} {{number}} {{date}}'), []);
    assert.deepEqual(unknownTitleVariables('{{a}} {{channel}} {{ b }} {{}}'), ['{{a}}', '{{ b }}', '{{}}']);
  });

  it('is filled in without gaps for unknown values', () => {
    assert.equal(fillTitle('{{channel}}: {{contact.name}}', { channel: 'Call', 'contact.name': 'Mia' }), 'Call: Mia');
    assert.equal(fillTitle('{{channel}}: {{contact.name}}', { channel: 'Call' }), 'Call');
    assert.equal(fillTitle('{{queue}}', {}), 'Call');
  });

  it('inserts any value unchanged', () => {
    assert.equal(fillTitle('{{contact.name}}', { 'contact.name': '$& {{queue}}', queue: 'x' }), '$& {{queue}}');
  });
});
