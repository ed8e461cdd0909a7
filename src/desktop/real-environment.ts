import { realTime, type Environment } from '../domain/environment.js';
import { browserTabs } from './browser-tabs.js';

/** The real thing, in browsers and in Node. */
export function realEnvironment(): Environment {
  return {
    ...realTime,
    random: () => globalThis.crypto.randomUUID(),
    tabs: browserTabs,
    storage: async (name, { account, volatile }) =>
      volatile
        ? (await import('../outbox/memory-shared.js')).inMemory()
        : (await import('./browser-storage.js')).browserStorage(name, account),
    load: (part) => part(),
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
