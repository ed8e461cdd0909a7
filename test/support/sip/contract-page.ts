// Runs in several pages at once. Each runs its share of the contract's cases.
import { capabilities } from '../../../src/sip/profile.js';
import { telephonyContract } from '../../../src/testing/index.js';
import { gathering, resultsOf, type CaseResult } from '../contract-cases.js';
import { sipFixture } from './contract-fixture.js';
import { toneMicrophone } from './page-tones.js';
import { watchMessages, watchNegotiation, watchRecorders } from './real-time.js';
import type { Place } from './telephones.js';

async function runShare(place: Place, shards: number): Promise<CaseResult[]> {
  const { runner, cases } = gathering();
  telephonyContract(runner, {
    name: 'SipTelephony',
    capabilities,
    levers: ['answered', 'busy', 'noAnswer', 'hangsUp', 'restricted', 'incoming', 'hangUp', 'targets'],
    create: () => sipFixture(place),
  });
  return resultsOf(cases.filter((_, at) => at % shards === place.shard));
}

declare global {
  var runShare: (place: Place, shards: number) => Promise<CaseResult[]>;
}
watchMessages();
watchRecorders();
watchNegotiation();
toneMicrophone(500);
globalThis.runShare = runShare;
Object.assign(globalThis, { sip: {} });
