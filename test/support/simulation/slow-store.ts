import type { Store } from '../../../src/environment/environment.js';
import type { World } from './world.js';

/** The longest that one question takes. Milliseconds. */
const longest = 12;

/** A store that takes its time: what was asked first is done first, whichever tab asked, and its answer takes a while too. */
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
