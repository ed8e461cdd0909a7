import type { Agent } from '../domain/agent.js';
import type { DialPlan } from '../domain/dial.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { CallRules, Capability, Telephony, TransferTarget } from '../telephony/telephony.js';
import { ok } from './expect.js';

/** The outcomes of calls. The dialled number decides the outcome. */
export type ScriptedNumber = 'answered' | 'busy' | 'noAnswer' | 'hangsUp' | 'restricted';

/** A platform for one case. */
export interface TelephonyFixture {
  telephony: Telephony;
  agent: Agent;
  /** A number for each outcome. The cases of a missing number are skipped. */
  numbers: Partial<Record<ScriptedNumber, string>>;
  /** A number for outbound calls in `language`. */
  outboundNumber: string;
  language: string;
  /** Moves the platform's clock forward. */
  advance(milliseconds: number): Promise<void>;
  /** A customer calls from `number`, and does not hang up. Returns the session's id. */
  incoming?(number: string): Promise<string> | string;
  /** A customer starts a chat. Returns the session's id. */
  chat?(): Promise<string> | string;
  /** A15: the customer of a chat writes a message. */
  writes?(sessionId: string, text: string): Promise<void> | void;
  /** A customer leaves a voicemail. Returns the session's id. */
  voicemail?(): Promise<string> | string;
  /** The customer hangs up. */
  hangUp?(sessionId: string): Promise<void> | void;
  /** The targets of transfers. All of them answer, except `declines`. */
  targets?: Readonly<Record<'agent' | 'queue' | 'outside' | 'declines', TransferTarget>>;
  /** From now on every event is delivered twice. */
  repeatEvents?(): void;
  close?(): Promise<void> | void;
}

export type Lever =
  ScriptedNumber | 'repeatEvents' | 'incoming' | 'chat' | 'writes' | 'voicemail' | 'hangUp' | 'targets';

export interface TelephonyContract {
  name: string;
  create(): Promise<TelephonyFixture>;
  /** The capabilities that the profile must have. */
  capabilities: readonly Capability[];
  /** The numbers and methods that every fixture has. */
  levers: readonly Lever[];
}

export const rules: CallRules = {
  record: true,
  autoAnswer: false,
  wrapUpSeconds: { inbound: 0, outbound: 0 },
  maxChats: 3,
};

/** Connects the agent. Returns the profile, and the list to which the events are added. */
export async function connected({ telephony, agent }: TelephonyFixture, change: Partial<CallRules> = {}) {
  const events: PlatformEvent[] = [];
  telephony.subscribe((event) => events.push(event));
  const profile = await telephony.connect(agent, { ...rules, ...change });
  return { profile, events };
}

/** Offers a customer's call to an available agent. `own` returns the events of the call. */
export async function offered(fixture: TelephonyFixture, change: Partial<CallRules> = {}) {
  const { telephony, advance } = fixture;
  const { events } = await connected(fixture, change);
  await telephony.setStatus('available');
  const id = await fixture.incoming!('+14155550123');
  await advance(1000);
  return { events, id, own: () => eventsOf(events, id) };
}

/** Connects an agent with a customer who called. */
export async function answered(fixture: TelephonyFixture, change: Partial<CallRules> = {}) {
  const call = await offered(fixture, change);
  await fixture.telephony.answer(call.id);
  await fixture.advance(5000);
  firstEvent(call.own(), 'session.connected');
  return call;
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

/** The events of one session, including repeated deliveries. */
export const eventsOf = (events: readonly PlatformEvent[], id: string) =>
  events.filter((event) => 'sessionId' in event && event.sessionId === id);

type EventOf<Type, Event = PlatformEvent> = Event extends { type: infer Own }
  ? Type extends Own
    ? Event
    : never
  : never;

/** The first event of a type. Throws if there is none. */
export function firstEvent<Type extends PlatformEvent['type']>(
  events: readonly PlatformEvent[],
  type: Type,
): EventOf<Type> {
  const found = events.find((event) => event.type === type);
  ok(found, `There is no ${type} among ${events.map((event) => event.type).join(', ')}`);
  return found as unknown as EventOf<Type>;
}

/** Milliseconds: long enough for any call that ends by itself. */
export const untilEnded = 120_000;
