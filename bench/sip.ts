// SIP: the time from Answer to connected, compared with JsSIP alone in the same page, and the size of the code.
// node --import tsx bench/sip.ts [rounds]
import type {} from './sip-page.js';
import { sipWeight } from './sip-weight.mjs';
import { becomes, SipParties } from '../test/support/sip/sip-parties.js';
import { passwordOf } from '../test/support/sip/kamailio.mjs';

export interface SipFigures {
  rounds: number;
  /** The median time with `SipTelephony`, in milliseconds. */
  ours: number;
  /** The median time with JsSIP alone, in milliseconds. */
  bare: number;
  /** Gzipped kilobytes of the entry. */
  entry: number;
  /** Gzipped kilobytes of the code that `connect` loads. */
  later: number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;

/** Measures both kinds of calls in turns, so that other load on the machine slows both down. */
async function answers(parties: SipParties, rounds: number): Promise<Pick<SipFigures, 'ours' | 'bare'>> {
  const [alex, caller] = [await parties.agent('alex', { rules: { record: false } }), await parties.customer()];
  const { url, domain } = parties.kamailio;
  await alex.page.evaluate(
    async ([server, host, password]) => {
      await globalThis.sip.stranger(server!, host!, 'bare', password!);
      globalThis.sip.customer.conduct = 'rings';
    },
    [url, domain, passwordOf('bare')],
  );
  const took: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  const over = () => becomes(async () => (await caller.states()).every((one) => one === 'Terminated'), true);
  for (let round = -1; round < rounds; round++) {
    await caller.call('alex');
    const ours = await alex.page.evaluate(() => globalThis.bench.ours());
    await caller.hangUp();
    await over();
    await caller.call('bare');
    const bare = await alex.page.evaluate(() => globalThis.bench.bare());
    await caller.hangUp();
    await over();
    // The first call of each kind also loads code, so it is not counted.
    if (round < 0) continue;
    took.ours.push(ours);
    took.bare.push(bare);
  }
  return { ours: median(took.ours), bare: median(took.bare) };
}

export async function sipFigures(rounds = 15): Promise<SipFigures> {
  const parties = await SipParties.start('bench/sip-page.ts');
  try {
    return { rounds, ...(await answers(parties, rounds)), ...(await sipWeight()) };
  } finally {
    await parties.close();
  }
}

if (process.argv[1]?.endsWith('sip.ts'))
  console.log(JSON.stringify(await sipFigures(Number(process.argv[2]) || undefined)));
