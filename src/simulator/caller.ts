import type { Channel, Session } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { defaultQueue } from './directory.js';
import type { SimulatedProfile } from './profile.js';

export type CallChannel = Exclude<Channel, 'outbound-call' | 'mobile-chat' | 'web-chat'>;
export type ChatChannel = Extract<Channel, 'mobile-chat' | 'web-chat'>;

/** How a customer behaves. */
export interface Conduct {
  /**
   * Whether the session is offered and answered at once, in any status of the agent, as soon as the agent has no other
   * call.
   */
  answered?: boolean;
  /** Seconds until an offer is missed [30]. */
  ringSeconds?: number;
  /** Seconds that the customer waits for an agent [120]. */
  patienceSeconds?: number;
  /** Seconds from the connection until the customer hangs up. Undefined: the customer does not hang up. */
  talkSeconds?: number;
  /** Number of parts of the recording [1]. */
  recordingParts?: number;
  /** A15: what the customer of a chat answers to each message of the agent, in turn. After the last: nothing. */
  answers?: readonly string[];
}

/** A customer who calls or writes, with the platform's data about them. All fields have defaults. */
export interface Caller extends Pick<
  Session,
  | 'anonymous'
  | 'blocked'
  | 'queue'
  | 'language'
  | 'customer'
  | 'customData'
  | 'platformNumber'
  | 'parentId'
  | 'conversationUrl'
> {
  /** E.164. */
  number?: string;
}

export type IncomingCall = Caller & Conduct & { channel?: CallChannel };
export type IncomingChat = Caller & Conduct & { channel: ChatChannel };
export type LeftVoicemail = Caller & { channel?: CallChannel; seconds?: number; transcript?: string };

/** Makes the session of an incoming call or chat. An `ivr-call` without a number is anonymous. */
export function incomingSession(
  id: string,
  given: Caller & { channel?: Channel },
  { defaultLanguage, languages, outboundNumbers }: SimulatedProfile,
): Session {
  const { channel = 'ivr-call', number, blocked, customer, customData, parentId, conversationUrl } = given;
  const { language = defaultLanguage ?? languages[0], queue = defaultQueue } = given;
  const dialled = outboundNumbers.find((one) => one.default) ?? outboundNumbers[0];
  // A colleague does not call one of the numbers for customers.
  const { platformNumber = channel === 'internal-call' ? undefined : dialled?.number } = given;
  if (number !== undefined && !/^\+[1-9]\d{6,14}$/.test(number))
    throw new TelephonyError('invalid', `"${number}" is not a number that can call.`);
  const anonymous = given.anonymous ?? (channel === 'ivr-call' && number === undefined);
  return {
    id,
    parentId,
    channel,
    direction: 'inbound',
    customerNumber: anonymous ? undefined : number,
    platformNumber: channel.endsWith('-chat') ? undefined : platformNumber,
    anonymous: anonymous || undefined,
    blocked: blocked || undefined,
    language,
    queue: channel === 'internal-call' ? undefined : queue,
    customer,
    customData,
    conversationUrl,
  };
}

/** Selects the fields of `Conduct`. */
export const conductOf = ({
  answered,
  ringSeconds,
  patienceSeconds,
  talkSeconds,
  recordingParts,
  answers,
}: Conduct): Conduct => ({ answered, ringSeconds, patienceSeconds, talkSeconds, recordingParts, answers });
