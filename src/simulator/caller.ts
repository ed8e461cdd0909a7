import type { Channel, Session } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { defaultQueue } from './directory.js';
import type { SimulatedProfile } from './profile.js';

export type CallChannel = Exclude<Channel, 'outbound-call' | 'mobile-chat' | 'web-chat'>;
export type ChatChannel = Extract<Channel, 'mobile-chat' | 'web-chat'>;

/** What the customer does. Seconds. */
export interface Conduct {
  /** It is with the agent at once, whatever their status, as soon as no other call is. */
  answered?: boolean;
  /** How long an offer stands [30]. */
  ringSeconds?: number;
  /** How long they wait for an agent before they give up [120]. */
  patienceSeconds?: number;
  /** Until they hang up; without it they do not. */
  talkSeconds?: number;
  /** In how many parts the recording comes [1]. */
  recordingParts?: number;
}

/** Who calls or writes, and what the platform knows of them. What is missing has a usual value. */
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

/** The session of an incoming call or chat. A call of the telephone network without a number is anonymous. */
export function incomingSession(
  id: string,
  given: Caller & { channel?: Channel },
  { defaultLanguage, languages, outboundNumbers }: SimulatedProfile,
): Session {
  const { channel = 'ivr-call', number, blocked, customer, customData, parentId } = given;
  const { language = defaultLanguage ?? languages[0], queue = defaultQueue } = given;
  const usual = outboundNumbers.find((one) => one.default) ?? outboundNumbers[0];
  // A colleague dials none of the customers' numbers.
  const { platformNumber = channel === 'internal-call' ? undefined : usual?.number } = given;
  if (number !== undefined && !/^\+[1-9]\d{6,14}$/.test(number))
    throw new TelephonyError('invalid', `"${number}" is no number that can call.`);
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
