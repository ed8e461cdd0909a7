// Runs in several pages at once: each takes its part of the contract.
import { capabilities } from '../../../src/sip/profile.js';
import { telephonyContract } from '../../../src/testing/index.js';
import { sipFixture } from './contract-fixture.js';
import { toneMicrophone } from './page-tones.js';
import { watchMessages } from './real-time.js';
import type { Place } from './telephones.js';

export interface CaseResult {
  title: string;
  outcome: 'passed' | 'failed' | 'skipped';
  said?: string;
}

async function runShare(place: Place, shards: number): Promise<CaseResult[]> {
  const cases: { title: string; run?: () => Promise<void>; said?: string }[] = [];
  const groups: string[] = [];
  telephonyContract(
    {
      describe(title, body) {
        groups.push(title);
        body();
        groups.pop();
      },
      it: (title, run) => cases.push({ title: [...groups, title].join(', '), run }),
      skip: (title, said) => void cases.push({ title: [...groups, title].join(', '), said }),
    },
    {
      name: 'SipTelephony',
      capabilities,
      levers: ['answered', 'busy', 'noAnswer', 'hangsUp', 'restricted', 'incoming', 'hangUp', 'targets'],
      create: () => sipFixture(place),
    },
  );
  const results: CaseResult[] = [];
  for (const { title, run, said } of cases.filter((_, at) => at % shards === place.shard)) {
    if (!run) results.push({ title, outcome: 'skipped', ...(said && { said }) });
    else
      await run().then(
        () => results.push({ title, outcome: 'passed' }),
        (error: unknown) => results.push({ title, outcome: 'failed', said: String((error as Error)?.stack ?? error) }),
      );
  }
  return results;
}

declare global {
  var runShare: (place: Place, shards: number) => Promise<CaseResult[]>;
}
watchMessages();
toneMicrophone(500);
globalThis.runShare = runShare;
Object.assign(globalThis, { sip: {} });
