import type { OutboxEntry } from '../../../src/outbox/outbox.js';
import { violationsOf } from './oracle.js';
import type { Stage } from './stage.js';

const day = 24 * 3_600_000;

/** Ends all faults, and lets time pass until all writes are settled. A person presses Retry at intervals. */
export async function endFaults(stage: Stage): Promise<void> {
  const { context, crm, network, platform, browser } = stage;
  network.hasFaults = false;
  platform.hasFaults = false;
  stage.crashIn = 0;
  // Waits until the last late event has come.
  await context.time.advance(15_000);
  crm.signedOut = false;
  crm.hidden.clear();
  for (const tab of browser.tabs) tab.thaw();
  if (browser.tabs.length === 0) browser.open();
  const isDone = () => platform.isIdle && open(stage).length === 0 && browser.leader?.waiting === 0;
  for (let rounds = 0; rounds < 160 && !(rounds > 0 && isDone()); rounds++) {
    platform.redeliver();
    // Retry is pressed rarely, so that the rows that go on by themselves do so.
    if (rounds % 8 === 0) browser.leader?.retry();
    await context.time.advance(15_000);
  }
  await context.time.advance(10_000);
}

/** Nobody works for longer than anything is remembered. This must have no effect on the CRM. */
export async function longAbsence({ context, browser }: Stage): Promise<void> {
  browser.crashAll();
  await context.time.advance(40 * day);
  browser.open();
  await context.time.advance(30_000);
  context.count('event long absence');
}

/** Returns the violations of a run. */
export function judge(stage: Stage): readonly string[] {
  const { crm, browser, platform, expected, problems } = stage;
  for (const one of expected)
    if ([one.key, ...(one.keys ?? [])].some((key) => browser.store.everFailed.has(key))) one.refused = true;
  // An expired row keeps its key and loses its content, so that the rows that refer to it cannot be written either.
  for (const { intent } of entries(stage).filter(isUnwritable(stage)))
    for (const one of expected) if (one.key === intent.key || intent.key.startsWith(`${one.key}/`)) one.mayMiss = true;
  const stuck = new Map(open(stage).map((entry) => [entry.intent.key, entry]));
  return [
    ...violationsOf(crm, expected),
    ...[...stuck.values()].map(({ intent, state, failure }) => `waits: ${intent.key} ${state} ${failure?.code ?? ''}`),
    ...problems,
    ...platform.undelivered.map(({ type, sessionId }) => `undelivered: ${type} of ${sessionId}`),
  ];
}

const entries = ({ browser }: Stage): OutboxEntry[] => browser.tabs.flatMap(({ outbox }) => outbox.entries);

/** The rows that wait and can still be written. */
const open = (stage: Stage): OutboxEntry[] => {
  const cannotBeWritten = isUnwritable(stage);
  return entries(stage).filter((entry) => entry.state !== 'settled' && !cannotBeWritten(entry));
};

/** Whether a row has expired, or refers to a row that has expired. */
function isUnwritable(stage: Stage): (entry: OutboxEntry) => boolean {
  const all = entries(stage);
  const unwritable = new Set(all.flatMap(({ intent, state }) => (state === 'expired' ? [intent.key] : [])));
  const refersTo = ({ intent }: OutboxEntry): string => {
    if (intent.kind === 'create-contact') return '';
    const ref = intent.kind === 'create-ticket' ? intent.contact : intent.ticket;
    return 'madeBy' in ref ? ref.madeBy : '';
  };
  // Two steps: from a contact to its ticket, and from the ticket to a note on it.
  for (let steps = 0; unwritable.size > 0 && steps < 2; steps++)
    for (const one of all) if (one.state !== 'settled' && unwritable.has(refersTo(one))) unwritable.add(one.intent.key);
  return ({ intent, state }) => state !== 'settled' && unwritable.has(intent.key);
}
