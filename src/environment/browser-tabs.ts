import type { Locks, TabChannel, Tabs } from './environment.js';

/**
 * The locks and the channel of one agent's tabs in a browser. If the browser refuses locks or channels (an old browser,
 * an insecure page), each tab works as if it were the agent's only tab.
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

/** Locks and a channel for a single tab. The tab gets every lock, and its messages go nowhere. */
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
        // Some browsers refuse both locks and storage in a frame. The tabs then share no data, so each tab may hold the
        // lock.
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
