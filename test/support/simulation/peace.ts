import type { OutboxEntry } from '../../../src/outbox/outbox.js';
import { violationsOf } from './oracle.js';
import type { Stage } from './stage.js';

const day = 24 * 3_600_000;

/** Whatever was wrong is over, and there is time; a person presses Retry now and then. */
export async function peace(stage: Stage): Promise<void> {
  const { world, crm, network, platform, browser } = stage;
  network.stormy = false;
  platform.stormy = false;
  stage.crashIn = 0;
  // Until the last of what was to come late has come.
  await world.time.advance(15_000);
  crm.signedOut = false;
  crm.hidden.clear();
  for (const tab of browser.tabs) tab.thaw();
  if (browser.tabs.length === 0) browser.open();
  const isDone = () => platform.isIdle && open(stage).length === 0 && browser.leader?.waiting === 0;
  for (let rounds = 0; rounds < 160 && !(rounds > 0 && isDone()); rounds++) {
    platform.tellAgain();
    // Seldom enough that what waits by itself has its time.
    if (rounds % 8 === 0) browser.leader?.retry();
    await world.time.advance(15_000);
  }
  await world.time.advance(10_000);
}

/** Nobody is there for longer than anything is remembered: nothing may come of it. */
export async function longAbsence({ world, browser }: Stage): Promise<void> {
  browser.crashAll();
  await world.time.advance(40 * day);
  browser.open();
  await world.time.advance(30_000);
  world.count('event long absence');
}

/** What has been broken of the promise. */
export function judge(stage: Stage): readonly string[] {
  const { crm, browser, platform, expected, problems } = stage;
  for (const one of expected)
    if ([one.key, ...(one.keys ?? [])].some((key) => browser.store.dead.has(key))) one.refused = true;
  // A week old: what it was is not kept any more, but that it was. What refers to it waits with it.
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

/** What still waits, and can go. */
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
  // A contact, its ticket, a note on it.
  for (let steps = 0; gone.size > 0 && steps < 2; steps++)
    for (const one of all) if (one.state !== 'settled' && gone.has(refersTo(one))) gone.add(one.intent.key);
  return ({ intent, state }) => state !== 'settled' && gone.has(intent.key);
}
