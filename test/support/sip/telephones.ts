import type { Timers } from '../../../src/environment/environment.js';
import { Customer } from './customer.js';

export interface Place {
  server: string;
  domain: string;
  /** Separates parallel runs on one server. */
  shard: number;
}

export const passwordOf = (user: string): string => `secret of ${user}`;

const ringing = new Map<string, Customer>();

/** The telephone of a user. The first use creates it. */
export async function telephone({ server, domain }: Place, user: string, register = true): Promise<Customer> {
  const there = ringing.get(user);
  if (there) return there;
  const one = new Customer(server, domain, user, passwordOf(user), register);
  ringing.set(user, one);
  one.conduct = 'rings';
  await one.signIn();
  return one;
}

/** Runs `then` on a user's telephone after it has rung for `seconds` of the simulated time. */
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

/** Ends all calls and removes their listeners. */
export function hangEverythingUp(): void {
  for (const one of ringing.values()) {
    one.onRing = one.onRefused = () => {};
    one.hangUp();
    one.calls = [];
  }
}
