import type { Timers } from '../../../src/environment/environment.js';
import { Customer } from './customer.js';

export interface Place {
  server: string;
  domain: string;
  /** Keeps several runs on one server apart. */
  shard: number;
}

export const passwordOf = (user: string): string => `secret of ${user}`;

const ringing = new Map<string, Customer>();

/** The telephone of a user, which is there from its first use on. */
export async function telephone({ server, domain }: Place, user: string, register = true): Promise<Customer> {
  const there = ringing.get(user);
  if (there) return there;
  const one = new Customer(server, domain, user, passwordOf(user), register);
  ringing.set(user, one);
  one.conduct = 'rings';
  await one.signIn();
  return one;
}

/** Rings for a while by the time that is told to it, and then does what it does. */
export async function whenRung(
  place: Place,
  user: string,
  timers: Timers,
  seconds: number,
  then: (one: Customer) => void,
) {
  const one = await telephone(place, user);
  one.onRing = () => void timers.setTimeout(() => then(one), seconds * 1000);
}

/** Nothing of what was is left. */
export function hangEverythingUp(): void {
  for (const one of ringing.values()) {
    one.onRing = one.onRefused = () => {};
    one.hangUp();
    one.calls = [];
  }
}
