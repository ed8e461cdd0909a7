import type { Environment, SealedStore, Sealing, Store } from '../../src/environment/environment.js';
import { newKeys, sealing } from '../../src/environment/indexed-db.js';
import { MemoryStore } from '../../src/environment/in-memory.js';
import type { SimulatedTime } from '../../src/testing/simulated-time.js';

const keys = newKeys();

/** Seals with the real WebCrypto. The simulated time waits meanwhile. */
function sealedWhile(time: SimulatedTime): Sealing {
  const { seal, open, digest } = sealing(() => keys);
  return {
    seal: (value) => time.during(() => seal(value)),
    open: (sealed) => time.during(() => open(sealed)),
    digest: (text) => time.during(() => digest(text)),
  };
}

/** A store in memory whose rows are sealed. */
export const sealedStorage = (time: SimulatedTime, store: Store = new MemoryStore()): SealedStore => ({
  store,
  crypto: sealedWhile(time),
});

/**
 * The environment of a desktop on simulated time. Its clock stands still while files are loaded and values are sealed.
 */
export const simulatedEnvironment = (
  time: SimulatedTime,
  ids: (count: number) => string,
  storage: SealedStore = sealedStorage(time),
): Partial<Environment> => {
  let count = 0;
  return {
    clock: time,
    timers: time,
    random: () => ids(++count),
    storage: () => Promise.resolve(storage),
    load: time.during,
  };
};
