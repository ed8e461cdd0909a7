import * as v from 'valibot';
import { CrmError } from '../crm/crm-error.js';
import type { CrmHost, LookUpOptions } from '../crm/crm-host.js';
import type { Environment } from '../environment/environment.js';
import { inTime } from '../environment/in-time.js';
import { own } from '../domain/own.js';
import { shortText } from './profile-shape.js';

const waits = { lookUp: 10_000, write: 30_000 };

const agent = v.looseObject({ id: v.string(), name: shortText, teams: v.array(v.string()) });

/** What is asked of the host, and the shape of its answer. A look-up takes options; a write may be applied unheard. */
export interface Asked {
  what: string;
  shape: v.GenericSchema;
  kind?: 'look-up' | 'write';
}
const askedAtStart: Readonly<Record<string, Asked>> = {
  getAgent: { what: 'the agent', shape: agent },
  getSettings: { what: 'the settings', shape: v.looseObject({}) },
};

/**
 * A host whose answers have the shape that the port promises, and come in time or not at all.
 * Without a table of its own only what the first paint waits for. A wrong shape is `unavailable`; silence is `timeout` (look-ups 10 s, writes 30 s, of unknown outcome).
 */
export function guardedHost(
  host: CrmHost,
  { timers }: Pick<Environment, 'timers'>,
  asked = askedAtStart,
  copy = (answer: unknown): unknown => answer,
): CrmHost {
  return new Proxy(host, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const call = typeof property === 'string' ? own(asked, property) : undefined;
      if (!call) return value.bind(target) as unknown;
      const { what, shape, kind } = call;
      const outcome = kind === 'write' ? 'unknown' : 'not-applied';
      return async (first: unknown, second?: LookUpOptions): Promise<unknown> => {
        const ask = (signal: AbortSignal): Promise<unknown> =>
          value.call(target, first, kind === 'look-up' ? { ...second, signal } : second) as Promise<unknown>;
        const given = kind === 'look-up' ? second?.signal : undefined;
        const answer = await inTime(ask, {
          ...{ timers, given },
          milliseconds: kind === 'write' ? waits.write : waits.lookUp,
          tooLate: () => new CrmError('timeout', `${host.name} did not answer when asked for ${what}`, { outcome }),
        });
        const read = v.safeParse(shape, copy(answer));
        if (read.success) return read.output;
        throw new CrmError('unavailable', `${host.name} answered something else than ${what}`, { outcome });
      };
    },
  });
}
