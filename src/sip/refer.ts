import type { ReferOptions } from 'jssip/lib/RTCSession.js';
import type { Timers } from '../environment/environment.js';
import { failReason } from './fail-reasons.js';
import type { Leg } from './leg.js';

/** Milliseconds after which a transfer fails if its target has not answered. */
const answersWithin = 60_000;

interface ReferEvents {
  on(type: string, listener: (event: { status_line?: { status_code: number }; response?: unknown }) => void): void;
}

/**
 * Asks the other side of `leg` to call `address`. With `replaces`, that call replaces the dialog of the leg `replaces`.
 * Resolves when the call is answered. Rejects with an error whose message is the fail reason.
 */
export function refer(leg: Leg, address: string, timers: Timers, replaces?: Leg): Promise<void> {
  return new Promise((resolve, reject) => {
    const options: ReferOptions = replaces ? { replaces: replaces.rtc } : {};
    const subscriber = leg.rtc.refer(address, options) as unknown as ReferEvents | false;
    const fail = (reason: string): void => {
      timers.clearTimeout(timer);
      reject(new Error(reason));
    };
    const timer = timers.setTimeout(() => fail('transfer_expired'), answersWithin);
    if (!subscriber) return fail('voip_conn_signal');
    subscriber.on('accepted', () => {
      timers.clearTimeout(timer);
      resolve();
    });
    subscriber.on('failed', (event) => fail(failReason(event.status_line?.status_code, '')));
    subscriber.on('requestFailed', () => fail('voip_conn_signal'));
    leg.on('ended', () => fail('eu_abandoned'));
  });
}
