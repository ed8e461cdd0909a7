import * as v from 'valibot';
import { CrmError } from '../crm/crm-error.js';
import type { CrmHost, LookUpOptions } from '../crm/crm-host.js';
import type { Environment } from '../environment/environment.js';
import { inTime } from '../environment/in-time.js';
import { own } from '../domain/own.js';
import { shortText } from './profile-shape.js';

const timeLimits = { lookUp: 10_000, write: 30_000 };

const agent = v.looseObject({ id: v.string(), name: shortText, teams: v.array(v.string()) });

/**
 * A guarded method of the host. `shape` is the shape of its answer. A look-up takes options. A write without an answer
 * may have been applied.
 */
export interface GuardedCall {
  /** The name of the answer, for error messages. */
  what: string;
  shape: v.GenericSchema;
  kind?: 'look-up' | 'write';
}
const callsAtStart: Readonly<Record<string, GuardedCall>> = {
  getAgent: { what: 'the agent', shape: agent },
  getSettings: { what: 'the settings', shape: v.looseObject({}) },
};

/**
 * A host whose answers have the shape that the port promises and come in time. A wrong shape rejects with
 * `unavailable`. Silence rejects with `timeout`, after 10 s for a look-up and after 30 s for a write, whose outcome is
 * then unknown. `calls` are the guarded methods, by default those that
 * the first paint needs.
 */
export function guardedHost(
  host: CrmHost,
  { timers }: Pick<Environment, 'timers'>,
  calls = callsAtStart,
  copy = (answer: unknown): unknown => answer,
): CrmHost {
  return new Proxy(host, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const call = typeof property === 'string' ? own(calls, property) : undefined;
      if (!call) return value.bind(target) as unknown;
      const { what, shape, kind } = call;
      const outcome = kind === 'write' ? 'unknown' : 'not-applied';
      return async (first: unknown, second?: LookUpOptions): Promise<unknown> => {
        const ask = (signal: AbortSignal): Promise<unknown> =>
          value.call(target, first, kind === 'look-up' ? { ...second, signal } : second) as Promise<unknown>;
        const given = kind === 'look-up' ? second?.signal : undefined;
        const answer = await inTime(ask, {
          ...{ timers, given },
          milliseconds: kind === 'write' ? timeLimits.write : timeLimits.lookUp,
          tooLate: () => new CrmError('timeout', `${host.name} did not answer when asked for ${what}`, { outcome }),
        });
        const read = v.safeParse(shape, copy(answer));
        if (read.success) return read.output;
        throw new CrmError('unavailable', `${host.name} sent a malformed answer when asked for ${what}`, { outcome });
      };
    },
  });
}
