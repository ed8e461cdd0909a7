import type { SettingsProblem } from '../../domain/settings-check.js';
import { unknownTitleVariables } from '../../domain/ticket-title.js';
import { numberLinesOf, keysOf, valueAt, type SettingsDraft } from './draft.js';
import { settingsRows, type SettingsRow } from './rows.js';
import type { SettingsWords } from './words.js';

/** The row whose control can solve a problem. Undefined for an unknown key. */
export const rowOf = ({ path, code }: SettingsProblem): SettingsRow | undefined =>
  code === 'unknown-key' ? undefined : settingsRows.find((row) => path === row.path || path.startsWith(`${row.path}.`));

/** The reason why a value is refused, and what to do, in the form's language. `typed`: the control's text. */
export function refusalText(
  problem: SettingsProblem,
  draft: SettingsDraft,
  words: SettingsWords,
  typed?: string,
): string {
  const { path, code } = problem;
  const row = rowOf(problem);
  const value = valueAt(draft, keysOf(draft, path));
  const [from, to] = row?.range ?? [0, 0];
  const at = Number(path.split('.').pop());
  const line = numberLinesOf(typed ?? '')[at]?.line ?? at + 1;
  // An entry of a list is named by its line number.
  if (row?.kind === 'lines' && path !== row.path && code === 'wrong-type') {
    const refused = row.path.endsWith('refusedPrefixes') ? 'refusal.not-a-prefix' : 'refusal.not-a-short-number';
    return words.text(refused, { line, value: String(value) });
  }
  return words.text(`refusal.${code}`, { from, to, line, value: shown(problem, value) });
}

/** The same with the setting's name, for a list of problems. */
export const namedRefusal = (problem: SettingsProblem, draft: SettingsDraft, words: SettingsWords): string => {
  const row = rowOf(problem);
  const name = row ? words.text(row.id) : problem.path || 'settings';
  return `${name} – ${refusalText(problem, draft, words)}`;
};

function shown({ code }: SettingsProblem, value: unknown): string {
  if (code === 'unknown-variable') return unknownTitleVariables(String(value)).join(', ');
  if (code === 'repeated') return repeatedCodes(value)[0] ?? '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type Node = { code?: unknown; children?: unknown };

/** The codes that occur more than once in a tree of dispositions. */
export function repeatedCodes(tree: unknown): readonly string[] {
  const all = (nodes: unknown): string[] =>
    Array.isArray(nodes)
      ? nodes.flatMap((node: Node | null) => [String(node?.code ?? ''), ...all(node?.children)])
      : [];
  return all(tree).filter((code, at, codes) => code !== '' && codes.indexOf(code) !== at);
}
