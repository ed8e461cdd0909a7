import type { CrmHost, TicketWrite, WriteResult } from '../crm/crm-host.js';
import { failureOf } from './retry-policy.js';

/** Sends the writes and returns their results in the same order. Undefined if the host gives no readable result. */
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

/** Copies one result. Undefined if the result is unreadable, which does not affect the other results. */
function plain(result: WriteResult): WriteResult | undefined {
  try {
    return { ...result };
  } catch {
    return undefined;
  }
}
