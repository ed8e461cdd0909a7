import type { Locks, TabChannel, Tabs } from './environment.js';

/**
 * What binds the tabs of one agent together, in a browser. Where it is refused (an old browser, a page that is not secure),
 * every tab is alone.
 */
export function browserTabs(name: string): Tabs {
  const { BroadcastChannel, navigator } = globalThis as Partial<typeof globalThis>;
  if (!BroadcastChannel || !navigator?.locks) return alone();
  try {
    return { locks: webLocks(navigator.locks, name), channel: broadcast(new BroadcastChannel(`ccai ${name}`)) };
  } catch {
    return alone();
  }
}

/** The only tab: every lock is its own, and nobody hears it. */
export function alone(): Tabs {
  const locks: Locks = {
    request: async (_name, _options, held) => {
      await held();
      return 'released';
    },
  };
  return { locks, channel: { post() {}, subscribe: () => () => {}, close() {} } };
}

function webLocks(manager: LockManager, prefix: string): Locks {
  return {
    async request(name, { signal, steal = false }, held) {
      try {
        await manager.request(`ccai ${prefix} ${name}`, steal ? { steal } : signal ? { signal } : {}, held);
        return 'released';
      } catch (error) {
        if ((error as Error | undefined)?.name === 'AbortError') return signal?.aborted ? 'aborted' : 'stolen';
        // Refused, as storage in a frame is: then nothing is shared, and every tab is alone.
        await held();
        return 'released';
      }
    },
  };
}

function broadcast(channel: BroadcastChannel): TabChannel {
  return {
    post: (message) => channel.postMessage(message),
    subscribe(listener) {
      const onMessage = ({ data }: MessageEvent<unknown>): void => listener(data);
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
    close: () => channel.close(),
  };
}
