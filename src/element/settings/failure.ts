import type { SettingsMessageKey, SettingsWords } from './words.js';

const known = /^(?:offline|rate-limited|unauthorized|forbidden|invalid|timeout|unavailable)$/;

/** The reason of a failed CRM request in words. An unknown code counts as `unavailable`. */
export function failureWords(failure: unknown, words: SettingsWords): string {
  const code = String((failure as { code?: unknown } | undefined)?.code ?? '');
  return words.text(known.test(code) ? (`failure.${code}` as SettingsMessageKey) : 'failure.unavailable');
}
