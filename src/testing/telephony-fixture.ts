import type { Agent } from '../domain/agent.js';
import type { DialPlan } from '../domain/dial.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { CallRules, Capability, Telephony, TransferTarget } from '../telephony/telephony.js';
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
  /** Somebody calls from `number`, and stays until somebody hangs up. Gives the session's id. */
  incoming?(number: string): Promise<string> | string;
  /** Somebody writes. Gives the session's id. */
  chat?(): Promise<string> | string;
  /** Somebody leaves a message. Gives the session's id. */
  voicemail?(): Promise<string> | string;
  /** The customer hangs up. */
  hangUp?(sessionId: string): Promise<void> | void;
  /** Whom calls can be transferred to: all of them answer, but the one who declines. */
  targets?: Readonly<Record<'agent' | 'queue' | 'outside' | 'declines', TransferTarget>>;
  /** Every event is delivered twice from now on. */
  repeatEvents?(): void;
  close?(): Promise<void> | void;
}

export type Lever = ScriptedNumber | 'repeatEvents' | 'incoming' | 'chat' | 'voicemail' | 'hangUp' | 'targets';

export interface TelephonyContract {
  name: string;
  create(): Promise<TelephonyFixture>;
  /** What the profile is expected to say. */
  capabilities: readonly Capability[];
  /** The numbers and means that every fixture has. */
  levers: readonly Lever[];
}

export const rules: CallRules = {
  record: true,
  autoAnswer: false,
  wrapUpSeconds: { inbound: 0, outbound: 0 },
  maxChats: 3,
};

/** A connected platform and what it says. */
export async function connected({ telephony, agent }: TelephonyFixture, change: Partial<CallRules> = {}) {
  const events: PlatformEvent[] = [];
  telephony.subscribe((event) => events.push(event));
  const profile = await telephony.connect(agent, { ...rules, ...change });
  return { profile, events };
}

/** An available agent to whom somebody's call has been offered. */
export async function offered(fixture: TelephonyFixture, change: Partial<CallRules> = {}) {
  const { telephony, advance } = fixture;
  const { events } = await connected(fixture, change);
  await telephony.setStatus('available');
  const id = await fixture.incoming!('+14155550123');
  await advance(1000);
  return { events, id, own: () => of(events, id) };
}

/** An agent in a connected call with somebody who called. */
export async function answered(fixture: TelephonyFixture, change: Partial<CallRules> = {}) {
  const at = await offered(fixture, change);
  await fixture.telephony.answer(at.id);
  await fixture.advance(5000);
  find(at.own(), 'session.connected');
  return at;
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

type EventOf<Type, Event = PlatformEvent> = Event extends { type: infer Own }
  ? Type extends Own
    ? Event
    : never
  : never;

/** The first event of a type; throws where there is none. */
export function find<Type extends PlatformEvent['type']>(events: readonly PlatformEvent[], type: Type): EventOf<Type> {
  const found = events.find((event) => event.type === type);
  ok(found, `There is no ${type} among ${events.map((event) => event.type).join(', ')}`);
  return found as unknown as EventOf<Type>;
}

/** Long enough for any call that ends by itself. */
export const aWhile = 120_000;
