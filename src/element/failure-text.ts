import type { Failure } from '../domain/failure.js';
import type { Localizer } from './localize.js';

/** The port that failed. `dial`: the phone platform failed to place a call, which has texts of its own. */
export type FailedPort = 'crm' | 'phone' | 'dial';

/** The reason of a failure in words. The CRM and the platform share some codes, but have different texts for them. */
export function failureText(words: Localizer, { code, failReason }: Failure, of: FailedPort, crm: string): string {
  const own =
    of === 'dial'
      ? [`failure.dial-${code}`, `failure.platform-${code}`]
      : of === 'phone'
        ? [`failure.platform-${code}`]
        : [];
  const keys = [`failure.${failReason ?? ''}`, ...own, `failure.${code}`];
  const key = keys.find((candidate) => words.has(candidate));
  return words.text(key && words.has(key) ? key : of === 'crm' ? 'failure.unavailable' : 'failure.not-available', {
    crm,
  });
}
