import type { OutboxEntry } from '../../../src/outbox/outbox.js';
import { violationsOf } from './oracle.js';
import type { Stage } from './stage.js';

const day = 24 * 3_600_000;

/** All faults end, and time goes on. A person presses Retry now and then. */
export async function peace(stage: Stage): Promise<void> {
  const { world, crm, network, platform, browser } = stage;
  network.stormy = false;
  platform.stormy = false;
  stage.crashIn = 0;
  // Until the last late event has arrived.
  await world.time.advance(15_000);
  crm.signedOut = false;
  crm.hidden.clear();
  for (const tab of browser.tabs) tab.thaw();
  if (browser.tabs.length === 0) browser.open();
  const isDone = () => platform.isIdle && open(stage).length === 0 && browser.leader?.waiting === 0;
  for (let rounds = 0; rounds < 160 && !(rounds > 0 && isDone()); rounds++) {
    platform.tellAgain();
    // Rarely enough that rows that wait have time to be sent without Retry.
    if (rounds % 8 === 0) browser.leader?.retry();
    await world.time.advance(15_000);
  }
  await world.time.advance(10_000);
}

/** All tabs are closed for longer than any row is kept. This must change nothing. */
export async function longAbsence({ world, browser }: Stage): Promise<void> {
  browser.crashAll();
  await world.time.advance(40 * day);
  browser.open();
  await world.time.advance(30_000);
  world.count('event long absence');
}

/** The violations of the outbox's guarantees. */
export function judge(stage: Stage): readonly string[] {
  const { crm, browser, platform, expected, problems } = stage;
  for (const one of expected)
    if ([one.key, ...(one.keys ?? [])].some((key) => browser.store.dead.has(key))) one.refused = true;
  // An expired entry has no contents, and the entries that refer to it wait with it.
  for (const { intent } of entries(stage).filter(isGone(stage)))
    for (const one of expected) if (one.key === intent.key || intent.key.startsWith(`${one.key}/`)) one.mayMiss = true;
  const stuck = new Map(open(stage).map((entry) => [entry.intent.key, entry]));
  return [
    ...violationsOf(crm, expected),
    ...[...stuck.values()].map(({ intent, state, failure }) => `waits: ${intent.key} ${state} ${failure?.code ?? ''}`),
    ...problems,
    ...platform.unheard.map(({ type, sessionId }) => `never heard: ${type} of ${sessionId}`),
  ];
}

const entries = ({ browser }: Stage): OutboxEntry[] => browser.tabs.flatMap(({ outbox }) => outbox.entries);

/** The entries that still wait and could be sent. */
const open = (stage: Stage): OutboxEntry[] => {
  const isGoneNow = isGone(stage);
  return entries(stage).filter((entry) => entry.state !== 'settled' && !isGoneNow(entry));
};

function isGone(stage: Stage): (entry: OutboxEntry) => boolean {
  const all = entries(stage);
  const gone = new Set(all.flatMap(({ intent, state }) => (state === 'expired' ? [intent.key] : [])));
  const refersTo = ({ intent }: OutboxEntry): string => {
    if (intent.kind === 'create-contact') return '';
    const ref = intent.kind === 'create-ticket' ? intent.contact : intent.ticket;
    return 'madeBy' in ref ? ref.madeBy : '';
  };
  // A chain of a contact, its ticket and a note on it.
  for (let steps = 0; gone.size > 0 && steps < 2; steps++)
    for (const one of all) if (one.state !== 'settled' && gone.has(refersTo(one))) gone.add(one.intent.key);
  return ({ intent, state }) => state !== 'settled' && gone.has(intent.key);
}
