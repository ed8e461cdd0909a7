import type { Failure } from '../machine/failure.js';
import type { Localizer } from './localize.js';

/** Why something failed, in words. CRM and platform share some codes; each has its own sentence for them. */
export function failureText(words: Localizer, { code, failReason }: Failure, of: 'crm' | 'phone', crm: string): string {
  const keys = [
    `failure.${failReason ?? ''}`,
    ...(of === 'phone' ? [`failure.platform-${code}`] : []),
    `failure.${code}`,
  ];
  const key = keys.find((candidate) => words.has(candidate));
  return words.text(key && words.has(key) ? key : of === 'phone' ? 'failure.not-available' : 'failure.unavailable', {
    crm,
  });
}
