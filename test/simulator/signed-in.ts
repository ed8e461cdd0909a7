import type { DialPlan } from '../../src/domain/dial.js';
import {
  allCapabilities,
  SimulatedTelephony,
  type SimulatorOptions,
  type StateStorage,
} from '../../src/simulator/index.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import type { CallRules } from '../../src/telephony/telephony.js';
import { SimulatedTime } from '../../src/testing/index.js';

export const agent = { id: '101', name: 'Alex Morgan', teams: ['support'] };
export const rules: CallRules = {
  record: true,
  autoAnswer: false,
  wrapUpSeconds: { inbound: 0, outbound: 0 },
  maxChats: 2,
};
export const plan: DialPlan = {
  key: 'k1',
  number: '+14155550101',
  kind: 'e164',
  outboundNumber: '+18005550100',
  language: 'en',
  association: { contact: { id: '2001' }, ticket: 'new', enteredNumber: false },
  record: true,
};

type Type = PlatformEvent['type'];
type Of<T extends Type, Event = PlatformEvent> = Event extends { type: infer Own }
  ? T extends Own
    ? Event
    : never
  : never;

/** An agent at the embedded platform with all capabilities, and the events that it emits. */
export class SignedIn {
  readonly events: PlatformEvent[] = [];
  readonly telephony: SimulatedTelephony;
  readonly time: SimulatedTime;

  constructor(options: SimulatorOptions, time: SimulatedTime) {
    this.time = time;
    const profile = { capabilities: allCapabilities, ...options.profile };
    this.telephony = new SimulatedTelephony({ clock: time, timers: time, wrapUp: false, ...options, profile });
    this.telephony.subscribe((event) => this.events.push(event));
  }

  /** The types of a session's events, without the prefix `session.`. */
  of(sessionId: string): string[] {
    return this.events
      .filter((event) => 'sessionId' in event && event.sessionId === sessionId)
      .map(({ type }) => type.replace('session.', ''));
  }

  all<T extends Type>(type: T): Of<T>[] {
    return this.events.filter((event): event is Of<T> & PlatformEvent => event.type === type);
  }

  last<T extends Type>(type: T): Of<T> {
    return this.all(type).at(-1)!;
  }

  get statuses(): string[] {
    return this.all('agent.status').map(({ status }) => status);
  }

  wait(seconds: number): Promise<void> {
    return this.time.advance(seconds * 1000);
  }

  /** A connected call of the agent, which goes on until it is ended. */
  async inCall(): Promise<string> {
    const id = this.telephony.incoming({ number: '+14155550123', answered: true });
    await this.wait(5);
    return id;
  }
}

export async function signIn(
  options: SimulatorOptions & { status?: string; rules?: Partial<CallRules>; time?: SimulatedTime } = {},
): Promise<SignedIn> {
  const { status = 'available', rules: changed, time = new SimulatedTime(), ...given } = options;
  const at = new SignedIn(given, time);
  await at.telephony.connect(agent, { ...rules, ...changed });
  if (status !== 'unavailable') await at.telephony.setStatus(status);
  await at.wait(1);
  return at;
}

/** A browser's storage, which several pages share. */
export function sharedStorage(): StateStorage & { writes: number; text: string } {
  const items = new Map<string, string>();
  return {
    writes: 0,
    get text() {
      return [...items.values()].join();
    },
    getItem: (key: string) => items.get(key) ?? null,
    setItem(key: string, value: string) {
      this.writes++;
      items.set(key, value);
    },
  };
}
