import * as v from 'valibot';
import type { Disposition } from './session.js';
import { defaultSettings, type Settings, type SettingsInput } from './settings.js';
import { isTimeZone, recordLanguages } from './record-language.js';
import { unknownTitleVariables } from './ticket-title.js';
import { own } from './own.js';

export type SettingsProblemCode =
  | 'unknown-key'
  | 'wrong-type'
  | 'out-of-range'
  | 'unknown-country'
  | 'not-a-prefix'
  | 'not-a-short-number'
  | 'unknown-variable'
  | 'unknown-language'
  | 'unknown-time-zone'
  | 'empty'
  | 'needs-prompt'
  | 'too-deep'
  | 'repeated';

/** A refused setting. `path` names it (`batching.windowSeconds`). `message` gives the reason, in English. */
export interface SettingsProblem {
  path: string;
  code: SettingsProblemCode;
  message: string;
}

export type SettingsCheck = { ok: true; settings: Settings } | { ok: false; problems: readonly SettingsProblem[] };

/** The messages by code. The schema's own messages have the form `code:detail`. */
const explain: Record<SettingsProblemCode, (detail: string) => string> = {
  'unknown-key': () => 'there is no such setting',
  'wrong-type': (detail) => `must be ${detail}`,
  'out-of-range': (detail) => `must be a whole number from ${detail}`,
  'unknown-country': (detail) => `“${detail}” is not a two-letter country code`,
  'not-a-prefix': (detail) => `“${detail}” is not a prefix such as +1900`,
  'not-a-short-number': (detail) => `“${detail}” is not a number of 2 to 8 digits`,
  'unknown-variable': (detail) => `knows no variable ${detail}`,
  'unknown-language': (detail) => `“${detail}” is not a language of records (${recordLanguages.join(', ')})`,
  'unknown-time-zone': (detail) => `“${detail}” is not a time zone such as Europe/Paris`,
  empty: () => 'must not be empty',
  'needs-prompt': () => 'needs outbound.promptForTicket (S3 works only while S2 is on)',
  'too-deep': () => 'may nest five levels at most',
  repeated: (detail) => `has the code “${detail}” twice`,
};

const flag = v.boolean('wrong-type:true or false');
const text = v.pipe(v.string('wrong-type:a text'), v.nonEmpty('empty:'));
const wholeNumber = (low: number, high: number) =>
  v.pipe(
    v.number(`out-of-range:${low} to ${high}`),
    v.check((n) => Number.isInteger(n) && n >= low && n <= high, `out-of-range:${low} to ${high}`),
  );
const oneOf = <const T extends readonly string[]>(...values: T) =>
  v.picklist(values, `wrong-type:one of ${values.join(', ')}`);
/** A list of texts. `read` gives a text's canonical form, or undefined if it is invalid. */
const listOf = (read: (written: string) => string | undefined, code: SettingsProblemCode) =>
  v.array(
    v.pipe(
      v.string('wrong-type:a text'),
      v.check(
        (written) => read(written) !== undefined,
        ({ input }) => `${code}:${input}`,
      ),
      v.transform((written) => read(written)!),
    ),
    'wrong-type:a list',
  );
const section = <T extends v.ObjectEntries>(entries: T) => v.strictObject(entries, 'wrong-type:a group of settings');
const tableOf = <T extends v.GenericSchema>(value: T) =>
  v.pipe(
    v.custom<Record<string, v.InferOutput<T>>>((input) => isTable(input), 'wrong-type:a table of names'),
    v.record(v.string(), value),
  );

const depth = (nodes: readonly Disposition[]): number =>
  nodes.length === 0 ? 0 : 1 + Math.max(...nodes.map((node) => depth(node.children ?? [])));
const codes = (nodes: readonly Disposition[]): string[] =>
  nodes.flatMap((node) => [node.code, ...codes(node.children ?? [])]);
const repeatedCode = (nodes: readonly Disposition[]) => codes(nodes).find((code, at, all) => all.indexOf(code) !== at);

const disposition: v.GenericSchema<Disposition> = v.strictObject(
  {
    code: text,
    label: text,
    children: v.optional(
      v.array(
        v.lazy(() => disposition),
        'wrong-type:a list',
      ),
    ),
  },
  'wrong-type:a code with a label',
);

const schema = section({
  outbound: section({
    promptForTicket: flag,
    allowNewTicket: flag,
    allowNoTicket: flag,
    allowEnteredNumber: flag,
    defaultCountry: v.pipe(
      v.string('wrong-type:a text'),
      v.check(isCountry, ({ input }) => `unknown-country:${input}`),
    ),
    refusedPrefixes: listOf(prefixOf, 'not-a-prefix'),
    premiumNumbers: oneOf('refuse', 'confirm', 'allow'),
    emergencyNumbers: oneOf('refuse', 'confirm'),
    shortNumbers: listOf(shortNumberOf, 'not-a-short-number'),
  }),
  ticketEntry: section({ enabled: flag, teams: tableOf(oneOf('optional', 'mandatory')), phoneField: v.optional(text) }),
  tickets: section({
    append: flag,
    forAbandonedCalls: flag,
    title: v.pipe(
      text,
      v.check(
        (title) => unknownTitleVariables(title).length === 0,
        ({ input }) => `unknown-variable:${unknownTitleVariables(input).join(' ')}`,
      ),
    ),
    defaultUserId: v.optional(text),
    apiResponses: oneOf('off', 'pairs', 'json'),
    customDataFields: tableOf(text),
    sessionFields: tableOf(text),
    language: v.pipe(
      text,
      v.check(
        (language) => recordLanguages.includes(language),
        ({ input }) => `unknown-language:${input}`,
      ),
    ),
    timeZone: v.optional(
      v.pipe(
        text,
        v.check(isTimeZone, ({ input }) => `unknown-time-zone:${input}`),
      ),
    ),
  }),
  batching: section({ comments: flag, updates: flag, windowSeconds: wholeNumber(1, 60) }),
  calls: section({
    recording: flag,
    autoAnswer: flag,
    wrapUpSeconds: section({ inbound: wholeNumber(0, 3600), outbound: wholeNumber(0, 3600) }),
    dispositions: v.pipe(
      v.array(disposition, 'wrong-type:a list'),
      v.check((nodes) => depth(nodes) <= 5, 'too-deep:'),
      v.check(
        (nodes) => repeatedCode(nodes) === undefined,
        ({ input }) => `repeated:${repeatedCode(input)}`,
      ),
    ),
    dispositionsRequired: flag,
    notesRequired: flag,
    maxChats: wholeNumber(0, 50),
    transcripts: flag,
    showOnRing: flag,
  }),
});

/** Later inputs win key by key: objects merge at every depth, arrays are replaced, `undefined` counts as missing. */
export const mergeSettings = (...inputs: readonly (SettingsInput | undefined)[]): unknown =>
  inputs.reduce<unknown>((merged, input) => mergeInto(merged, input), defaultSettings);

/** Merges and checks settings. Gives the result, or a problem for each refused value (S1–S16). */
export function checkSettings(...inputs: readonly (SettingsInput | undefined)[]): SettingsCheck {
  const { settings, refused } = checkMerged(mergeSettings(...inputs));
  return settings ? { ok: true, settings } : { ok: false, problems: refused.map(({ problem }) => problem) };
}

export type SettingsPath = readonly PropertyKey[];
type Checked =
  | { settings: Settings; refused?: undefined }
  | { settings?: undefined; refused: readonly { path: SettingsPath; problem: SettingsProblem }[] };

/** Checks merged settings. Gives the path of each refused value. */
export function checkMerged(merged: unknown): Checked {
  const result = v.safeParse(schema, merged);
  if (!result.success)
    return { refused: result.issues.map((issue) => ({ path: pathOf(issue), problem: problemOf(issue) })) };
  const settings = result.output as Settings;
  const { promptForTicket, allowNewTicket } = settings.outbound;
  // With S1 on, S2 and S3 count as off. With S1 off, S3 needs S2.
  if (!settings.tickets.append || !allowNewTicket || promptForTicket) return { settings };
  const path = ['outbound', 'allowNewTicket'];
  return { refused: [{ path, problem: problem(path.join('.'), 'needs-prompt', '') }] };
}

const pathOf = (issue: v.BaseIssue<unknown>): SettingsPath => (issue.path ?? []).map(({ key }) => key as PropertyKey);

function problemOf(issue: v.BaseIssue<unknown>): SettingsProblem {
  const path = pathOf(issue).map(String).join('.');
  // The issue of valibot for a key that the schema does not have.
  if (issue.expected === 'never') return problem(path, 'unknown-key', '');
  const [code, ...detail] = issue.message.split(':');
  return code && Object.hasOwn(explain, code)
    ? problem(path, code as SettingsProblemCode, detail.join(':'))
    : problem(path, 'wrong-type', String(issue.expected));
}

const problem = (path: string, code: SettingsProblemCode, detail: string): SettingsProblem => ({
  path,
  code,
  message: `${path || 'settings'} ${explain[code](detail)}`,
});

function mergeInto(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isTable(base) || !isTable(over)) return over;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    if (key === '__proto__') continue;
    merged.set(key, mergeInto(own(base, key), value));
  }
  return Object.fromEntries(merged);
}

export const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const separators = /[\s().\/-]/g;

/** `+1 900`, `001900` and `1-900` become `+1900`. Digits alone are refused: they might be a national prefix. */
function prefixOf(written: string): string | undefined {
  if (!/^\s*(?:\+|00|[1-9]\d{0,2}[\s.-])/.test(written)) return undefined;
  const digits = written.replace(separators, '').replace(/^\+?(?:00)?/, '');
  return /^[1-9]\d{0,14}$/.test(digits) ? `+${digits}` : undefined;
}

/** A short number may have `*` and `#`: `*100#`. */
function shortNumberOf(written: string): string | undefined {
  const number = written.replace(separators, '');
  return /^(?=.*\d)[\d*#]{2,8}$/.test(number) ? number : undefined;
}

function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false;
  const name = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code);
  return name !== undefined && name !== 'Unknown Region';
}
