import type { Channel, Session } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { defaultQueue } from './directory.js';
import type { SimulatedProfile } from './profile.js';

export type CallChannel = Exclude<Channel, 'outbound-call' | 'mobile-chat' | 'web-chat'>;
export type ChatChannel = Extract<Channel, 'mobile-chat' | 'web-chat'>;

/** How a customer behaves. */
export interface Conduct {
  /** Assigns the session to the agent without an offer, in any status, as soon as the agent has no other call. */
  answered?: boolean;
  /** Seconds until an offer is missed [30]. */
  ringSeconds?: number;
  /** Seconds that the customer waits for an agent [120]. */
  patienceSeconds?: number;
  /** Seconds from the connection until the customer hangs up. Without it they stay. */
  talkSeconds?: number;
  /** Number of parts of the recording [1]. */
  recordingParts?: number;
}

/** A customer who calls or writes, with the data that the platform has about them. All fields have defaults. */
export interface Caller extends Pick<
  Session,
  'anonymous' | 'blocked' | 'queue' | 'language' | 'customer' | 'customData' | 'platformNumber' | 'parentId'
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
  const { channel = 'ivr-call', number, blocked, customer, customData, parentId } = given;
  const { language = defaultLanguage ?? languages[0], queue = defaultQueue } = given;
  const usual = outboundNumbers.find((one) => one.default) ?? outboundNumbers[0];
  // A colleague who calls has not dialled one of the numbers for customers.
  const { platformNumber = channel === 'internal-call' ? undefined : usual?.number } = given;
  if (number !== undefined && !/^\+[1-9]\d{6,14}$/.test(number))
    throw new TelephonyError('invalid', `"${number}" is not a number that can call.`);
  const anonymous = given.anonymous ?? (channel === 'ivr-call' && number === undefined);
  return {
    id,
    ...(parentId !== undefined && { parentId }),
    channel,
    direction: 'inbound',
    ...(number !== undefined && !anonymous && { customerNumber: number }),
    ...(!channel.endsWith('-chat') && platformNumber !== undefined && { platformNumber }),
    ...(anonymous && { anonymous }),
    ...(blocked && { blocked }),
    ...(language !== undefined && { language }),
    ...(channel !== 'internal-call' && { queue }),
    ...(customer && { customer }),
    ...(customData && { customData }),
  };
}

export const conductOf = ({
  answered,
  ringSeconds,
  patienceSeconds,
  talkSeconds,
  recordingParts,
}: Conduct): Conduct => ({
  ...(answered && { answered }),
  ...(ringSeconds !== undefined && { ringSeconds }),
  ...(patienceSeconds !== undefined && { patienceSeconds }),
  ...(talkSeconds !== undefined && { talkSeconds }),
  ...(recordingParts !== undefined && { recordingParts }),
});
