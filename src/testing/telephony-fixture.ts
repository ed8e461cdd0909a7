import type { Agent } from '../domain/agent.js';
import type { DialPlan } from '../domain/dial.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { CallRules, Capability, Telephony } from '../telephony/telephony.js';
import { ok } from './expect.js';

/** What a call can be made to come to, by the number that is dialled. */
export type ScriptedNumber = 'answered' | 'busy' | 'noAnswer' | 'hangsUp' | 'restricted';

/** A platform of its own for each case. */
export interface TelephonyFixture {
  telephony: Telephony;
  agent: Agent;
  /** Numbers that come to something; a case whose number is missing is skipped. */
  numbers: Partial<Record<ScriptedNumber, string>>;
  /** A number that calls may go out from, in `language`. */
  outboundNumber: string;
  language: string;
  /** Lets the platform's time pass. */
  advance(milliseconds: number): Promise<void>;
  /** Every event is delivered twice from now on. */
  repeatEvents?(): void;
  close?(): Promise<void> | void;
}

export interface TelephonyContract {
  name: string;
  create(): Promise<TelephonyFixture>;
  /** What the profile is expected to say. */
  capabilities: readonly Capability[];
  /** The numbers and means that every fixture has. */
  levers: readonly (ScriptedNumber | 'repeatEvents')[];
}

export const rules: CallRules = {
  record: true,
  autoAnswer: false,
  wrapUpSeconds: { inbound: 0, outbound: 0 },
  maxChats: 3,
};

/** A connected platform and what it says. */
export async function connected({ telephony, agent }: TelephonyFixture) {
  const events: PlatformEvent[] = [];
  telephony.subscribe((event) => events.push(event));
  const profile = await telephony.connect(agent, rules);
  return { profile, events };
}

export function planFor(fixture: TelephonyFixture, number: ScriptedNumber, change: Partial<DialPlan> = {}): DialPlan {
  return {
    key: 'contract-1',
    number: fixture.numbers[number]!,
    kind: 'e164',
    outboundNumber: fixture.outboundNumber,
    language: fixture.language,
    association: { contact: { id: '1' }, ticket: 'new', enteredNumber: false },
    record: true,
    ...change,
  };
}

/** The events of one session, as often as they came. */
export const of = (events: readonly PlatformEvent[], id: string) =>
  events.filter((event) => 'sessionId' in event && event.sessionId === id);

/** The first event of a type; throws where there is none. */
export function find<T extends PlatformEvent['type']>(
  events: readonly PlatformEvent[],
  type: T,
): Extract<PlatformEvent, { type: T }> {
  const found = events.find((event) => event.type === type);
  ok(found, `There is no ${type} among ${events.map((event) => event.type).join(', ')}`);
  return found as Extract<PlatformEvent, { type: T }>;
}

/** Long enough for any call that ends by itself. */
export const aWhile = 120_000;
