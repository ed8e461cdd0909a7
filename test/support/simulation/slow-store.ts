import type { Store } from '../../../src/environment/environment.js';
import type { World } from './world.js';

/** Milliseconds. The longest time of one call. */
const longest = 12;

/** A slow store. It handles the calls of all tabs in order, and its answers are delayed too. */
export function slowStore({ wait, below }: World, store: Store): Store {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(ask: () => Promise<T>): Promise<T> => {
    const done = last.then(() => wait(below(longest))).then(ask);
    last = done.catch(() => undefined);
    return done.finally(() => wait(below(longest)));
  };
  return {
    durable: store.durable,
    all: (table) => inTurn(() => store.all(table)),
    commit: (change) => inTurn(() => store.commit(change)),
    nextEpoch: () => inTurn(() => store.nextEpoch()),
    close: () => store.close(),
  };
}
