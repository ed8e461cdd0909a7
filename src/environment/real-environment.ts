import { realTime, type Environment } from './environment.js';
import { browserTabs } from './browser-tabs.js';

/** Unlike a timer, a message is not slowed down in a hidden tab. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/** The environment of browsers and Node. `opened` is called with each database that can be used. */
export function realEnvironment(opened?: (account: string, name: string) => void): Environment {
  return {
    ...realTime,
    random: () => globalThis.crypto.randomUUID(),
    tabs: browserTabs,
    storage: async (name, { account, volatile }) =>
      volatile
        ? (await import('./in-memory.js')).inMemory()
        : (await import('./browser-storage.js')).browserStorage(name, () => opened?.(account, name)),
    load: (part) => part(),
    ...(typeof document === 'undefined' ? {} : { nextTask }),
    connectivity: {
      get online() {
        return globalThis.navigator?.onLine ?? true;
      },
      subscribe(listener) {
        if (typeof globalThis.addEventListener !== 'function') return () => {};
        const online = () => listener(true);
        const offline = () => listener(false);
        globalThis.addEventListener('online', online);
        globalThis.addEventListener('offline', offline);
        return () => {
          globalThis.removeEventListener('online', online);
          globalThis.removeEventListener('offline', offline);
        };
      },
    },
  };
}
