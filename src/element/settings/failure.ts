import type { SettingsMessageKey, SettingsWords } from './words.js';

const known = /^(?:offline|rate-limited|unauthorized|forbidden|invalid|timeout|unavailable)$/;

/** Why a call to the CRM failed, in words; what is not known of it is that the CRM cannot be used. */
export function failureWords(failure: unknown, words: SettingsWords): string {
  const code = String((failure as { code?: unknown } | undefined)?.code ?? '');
  return words.text(known.test(code) ? (`failure.${code}` as SettingsMessageKey) : 'failure.unavailable');
}
