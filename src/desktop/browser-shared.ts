import type { TabChannel, Locks, Shared } from '../domain/environment.js';
import { IndexedDbStore, sealing } from '../outbox/indexed-db.js';
import { aloneInMemory } from '../outbox/memory-shared.js';

/**
 * What the tabs of one agent share, in a browser: a database, locks, a channel. Where the browser refuses one of them
 * (storage in a frame, a private window), it is this page's own, and lost with it: `store.durable` says so.
 */
export async function browserShared(name: string): Promise<Shared> {
  const { indexedDB, BroadcastChannel, navigator } = globalThis as Partial<typeof globalThis>;
  if (!indexedDB || !BroadcastChannel || !navigator?.locks) return aloneInMemory();
  try {
    const store = new IndexedDbStore(`ccai ${name}`);
    const crypto = sealing(await store.keys());
    // Read once: a browser that lets a database be opened may still refuse to keep anything in it.
    await store.all('probe');
    return {
      store,
      crypto,
      locks: webLocks(navigator.locks, name),
      channel: broadcast(new BroadcastChannel(`ccai ${name}`)),
    };
  } catch {
    return aloneInMemory();
  }
}

function webLocks(manager: LockManager, prefix: string): Locks {
  return {
    async request(name, { signal, steal = false }, held) {
      try {
        await manager.request(`ccai ${prefix} ${name}`, steal ? { steal } : signal ? { signal } : {}, held);
        return 'released';
      } catch (error) {
        if ((error as Error | undefined)?.name !== 'AbortError') throw error;
        return signal?.aborted ? 'aborted' : 'stolen';
      }
    },
  };
}

function broadcast(line: BroadcastChannel): TabChannel {
  return {
    post: (message) => line.postMessage(message),
    subscribe(listener) {
      const hear = ({ data }: MessageEvent<unknown>): void => listener(data);
      line.addEventListener('message', hear);
      return () => line.removeEventListener('message', hear);
    },
    close: () => line.close(),
  };
}
