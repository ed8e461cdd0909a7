import type { RecordsView } from '../../desktop/records-view.js';
import { screenOf, type ScreenName } from '../../machine/agent/screen-view.js';
import type { Panel } from '../panel-context.js';

/** Milliseconds after the end of its batch window. A record that still waits then is late. */
const lateAfter = 30_000;

/** What the panel says about the records that are not in the CRM yet. The most urgent comes first. */
export interface RecordsStatus {
  kind: 'nothing' | 'saving' | 'late' | 'volatile' | 'failed' | 'signed-out';
  /** How many records the words are about. */
  count: number;
  text: string;
  /** Milliseconds until a record that waits becomes late. */
  lateIn?: number;
}

export function recordsStatus({ snapshot, words, crm, now }: Panel): RecordsStatus {
  const { records } = snapshot.records;
  const window = snapshot.agent.context.opened?.settings.batching.windowSeconds ?? 0;
  const failed = records.filter(({ state }) => state === 'failed' || state === 'expired');
  const lateAt = Math.min(...records.map(({ since }) => since)) + window * 1000 + lateAfter;
  const status = (kind: RecordsStatus['kind'], count: number, text: string) => ({ kind, count, text });
  if (records.length === 0) return status('nothing', 0, '');
  if (records.some(({ state }) => state === 'signed-out'))
    return status('signed-out', records.length, words.text('records.signed-out', { crm }));
  if (failed.length > 0)
    return status('failed', failed.length, words.text('records.failed', { count: failed.length, crm }));
  const count = records.length;
  if (!snapshot.records.durable) return status('volatile', count, words.text('records.volatile'));
  if (lateAt <= now()) return status('late', count, words.text('records.late', { count, crm }));
  return { ...status('saving', count, words.text('records.waiting', { count })), lateIn: lateAt - now() };
}

/** The screens on which the list can be opened. It cannot while a call rings or a form is filled in. */
const listScreens: readonly ScreenName[] = ['main', 'call', 'chat', 'wrap-up', 'history', 'voicemail'];
export const canOpenList = ({ snapshot }: Panel): boolean => listScreens.includes(screenOf(snapshot));

/** What the status depends on. */
export const recordsShown = ({ snapshot, recordsOpen, crm }: Panel): readonly unknown[] => [
  snapshot.records as RecordsView,
  snapshot.agent.context.opened,
  screenOf(snapshot),
  recordsOpen,
  crm,
];
