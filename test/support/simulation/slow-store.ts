import type { Store } from '../../../src/environment/environment.js';
import type { SimContext } from './sim-context.js';

/** The most milliseconds before and after a request. */
const longest = 12;

/** A slow store. It handles the requests of all tabs in their order, and answers after a while. */
export function slowStore({ wait, below }: SimContext, store: Store): Store {
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
