import type { CrmHost, TicketWrite, WriteResult } from '../crm/crm-host.js';
import { failureOf } from './retry-policy.js';

/** What became of each write, in the order of the writes; undefined where the host says nothing of it that can be read. */
export async function written(
  host: CrmHost,
  writes: readonly TicketWrite[],
): Promise<readonly (WriteResult | undefined)[]> {
  try {
    const results = [...(await host.writeTickets(writes))].map(plain);
    return writes.map(({ key }) => results.find((result) => result?.key === key));
  } catch (error) {
    const { code, ...failure } = failureOf(error);
    return writes.map(({ key }) => ({ key, ok: false, reason: code, ...failure }) as WriteResult);
  }
}

/** One answer that cannot be read is not the others' fault. */
function plain(result: WriteResult): WriteResult | undefined {
  try {
    return { ...result };
  } catch {
    return undefined;
  }
}
