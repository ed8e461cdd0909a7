import type { CrmHost } from '../../src/crm/crm-host.js';
import type { Clock, Timers } from '../../src/environment/environment.js';
import { MemoryHost, type MemoryData } from '../../src/memory/index.js';
import { DurableOutbox } from '../../src/outbox/durable-outbox.js';
import { MemoryStore, openSealing } from '../../src/environment/in-memory.js';
import { OutboxStore } from '../../src/outbox/outbox-store.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { crmData } from './crm-data.js';

interface Given {
  batching?: { comments: boolean; updates: boolean; windowSeconds: number };
  data?: Partial<MemoryData>;
  store?: MemoryStore;
  /** Makes the machine's clock from the correct clock. */
  machine?: (right: Clock) => Clock;
  /** Timers, for example those of a hidden page. */
  timers?: (clock: SimulatedTime) => Timers;
}

/** The outbox of a leader, with the embedded CRM. `wrap` replaces parts of the CRM. */
export async function setUpOutbox(wrap: (host: MemoryHost) => Partial<CrmHost> = () => ({}), given: Given = {}) {
  const clock = new SimulatedTime();
  const host = new MemoryHost({ data: given.data ?? crmData, clock, timers: clock });
  const port = new Proxy(host, {
    get: (target, name) => {
      const own = wrap(host)[name as keyof CrmHost] ?? Reflect.get(target, name, target);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  }) as CrmHost;
  const store = new OutboxStore({ store: given.store ?? new MemoryStore(), crypto: openSealing });
  const outbox = await DurableOutbox.open({
    host: port,
    store,
    environment: { clock: given.machine?.(clock) ?? clock, timers: given.timers?.(clock) ?? clock },
    batching: () => given.batching ?? { comments: false, updates: false, windowSeconds: 10 },
  });
  const bodies = (id: string) => host.comments(id).map(({ body }) => body);
  const states = () => outbox.entries.map(({ intent, state }) => `${intent.key} ${state}`);
  return { clock, host, store, outbox, bodies, states };
}
