import type { Page } from '../domain/contact.js';
import type { LeaderCommand } from '../machine/leader/leader-state.js';
import type { ListName, ListQuery } from '../machine/list-machine.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { Telephony } from '../telephony/telephony.js';

const pageSize = 30;

/** What a tab asks the platform for, beside what it does: the lists, and what is chosen once. */
export type PlatformQuestion = Extract<LeaderCommand, { type: 'list' | 'markVoicemail' | 'setDevices' }>;

const lists: Readonly<
  Record<ListName, (telephony: Telephony, query: ListQuery) => Promise<Page<unknown>> | undefined>
> = {
  history: (telephony, { page }) => telephony.history?.(pageOf(page)),
  voicemails: (telephony, { page }) => telephony.voicemails?.(pageOf(page)),
  directory: (telephony, { text, page }) => telephony.directory?.(text, pageOf(page)),
  statistics: (telephony) => telephony.statistics?.().then((numbers) => ({ items: Object.entries(numbers) })),
};

/** Rejects as the platform does, and with `unsupported` where it has no such list. */
export async function askPlatform(telephony: Telephony, question: PlatformQuestion): Promise<unknown> {
  if (question.type === 'list') return (await lists[question.list](telephony, question)) ?? unsupported();
  if (question.type === 'markVoicemail') return telephony.markVoicemail?.(question.id, question.as) ?? unsupported();
  return telephony.setDevices?.(question.devices) ?? unsupported();
}

const pageOf = (page: string | undefined) => ({ limit: pageSize, ...(page === undefined ? {} : { page }) });
const unsupported = (): never => {
  throw new TelephonyError('unsupported', 'The phone platform has no such list.');
};
