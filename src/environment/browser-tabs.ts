import type { Locks, TabChannel, Tabs } from './environment.js';

/**
 * The locks and the channel of one agent's tabs in a browser. Where the browser refuses them (an old browser, an
 * insecure page), each tab is the only one.
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

/** For a single tab: it gets every lock, and its messages reach nobody. */
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
        // Some browsers refuse locks in a frame, as they do storage. Then nothing is shared, and each tab is the only
        // one.
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
