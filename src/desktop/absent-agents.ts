import { IndexedDbStore, sealing } from '../environment/indexed-db.js';
import { expiresAfter } from '../outbox/mask.js';
import { OutboxRows } from '../outbox/outbox-rows.js';
import { OutboxStore } from '../outbox/outbox-store.js';

/** The tables beside the outbox. Their rows are only useful for some days. */
const tables = ['sessions', 'drafts', 'day', 'recordings', 'chats', 'messages'];

/**
 * S4: several agents may share a machine. If one does not come back, the next agent of the account masks that agent's
 * rows after a week. `name` is the database of the agent who is here. A database that is in use is left alone.
 */
export async function maskAbsent(account: string, name: string, now: number): Promise<void> {
  const { indexedDB, navigator } = globalThis as Partial<typeof globalThis>;
  const own = new IndexedDbStore(`ccai ${name}`);
  await own.use(now);
  own.close();
  if (!indexedDB?.databases || !navigator?.locks) return;
  for (const { name: other } of await indexedDB.databases())
    if (other?.startsWith(`ccai ${account} `) && other !== `ccai ${name}`)
      // The agent's tabs hold this lock while they are open.
      await navigator.locks.request(`${other} line`, { ifAvailable: true }, (lock) =>
        lock ? mask(other, now) : undefined,
      );
}

async function mask(name: string, now: number): Promise<void> {
  const store = new IndexedDbStore(name);
  try {
    const crypto = sealing(() => store.keys());
    const rows = await OutboxRows.open(new OutboxStore({ store, crypto }), { now: () => now });
    rows.stop();
    const used = await store.used();
    if (used === undefined) await store.use(now);
    if (used === undefined || used > now - expiresAfter) return;
    for (const table of tables) {
      const remove = (await store.all(table)).map(({ id }) => id);
      if (remove.length > 0) await store.commit({ table, remove });
    }
  } finally {
    store.close();
  }
}
