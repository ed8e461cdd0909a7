import type { Channel } from '../domain/session.js';
import type { TicketOrigin } from '../domain/ticket.js';
import { keyPart } from '../domain/write-key.js';
import { hashOf } from './external-key.js';

// The tags by which an administrator can filter and report. Zendesk's tags are lower case and have no spaces.
const names = { session: 'ccai_session_', channel: 'ccai_channel_', queue: 'ccai_queue_', voicemail: 'ccai_voicemail' };
/** The tag that the panel reads. One tag contains the whole origin, so that a merge does not mix two origins. */
const wholeName = 'ccai_origin_';
const between = '__';
/** The most characters of a tag. Zendesk may refuse a longer tag, and with it the ticket. */
const longest = 255;

const channels: readonly Channel[] = [
  'ivr-call',
  'mobile-call',
  'web-call',
  'outbound-call',
  'internal-call',
  'mobile-chat',
  'web-chat',
];

/** The tags of a session's new ticket. `sessionId` must be the `taggedId`. `key` is the ticket's `external_id`. */
export function tagsOf({ sessionId, correction, channel, queueId, voicemail }: TicketOrigin, key: string): string[] {
  const parts = [
    ...[markOf(key), written(sessionId), channel],
    ...(voicemail ? ['v'] : []),
    ...(correction ? [`c${correction}`] : []),
    ...(queueId === undefined ? [] : [`q${written(queueId)}`]),
  ];
  const whole = wholeName + parts.join(between);
  return [
    sessionTag(sessionId),
    names.channel + channel,
    ...(queueId === undefined ? [] : [names.queue + written(queueId)]),
    ...(voicemail ? [names.voicemail] : []),
    whole,
  ].filter((tag) => tag.length <= longest);
}

/** The id of a session in tags: its own id, or the hash of an id that is too long for a tag. */
export const taggedId = async (sessionId: string): Promise<string> =>
  sessionTag(sessionId).length <= longest ? sessionId : hashOf(sessionId);

/** The tag by which a session's tickets are found. `sessionId` must be the `taggedId`. */
export const sessionTag = (sessionId: string): string => names.session + written(sessionId);

/**
 * Reads the origin from a ticket's tags. Undefined: no session made this ticket. R8, R9: a merge or a follow-up gives a
 * ticket the tags of other tickets too. The ticket's own tag contains the mark of the ticket's creation key.
 */
export function originInTags(tags: readonly string[], externalId: string | null | undefined): TicketOrigin | undefined {
  if (!externalId) return undefined;
  const own = `${wholeName}${markOf(externalId)}${between}`;
  const whole = tags.find((tag) => tag.startsWith(own));
  return whole === undefined ? plainOrigin(tags, externalId) : wholeOrigin(whole.slice(own.length));
}

function wholeOrigin(tag: string): TicketOrigin | undefined {
  const [session = '', channel, ...more] = tag.split(between);
  const queue = more.find((part) => part.startsWith('q'));
  const correction = Number(more.find((part) => /^c\d+$/.test(part))?.slice(1));
  if (!isChannel(channel)) return undefined;
  return {
    sessionId: read(session),
    ...(correction > 0 && { correction }),
    channel,
    ...(queue !== undefined && { queueId: read(queue.slice(1)) }),
    ...(more.includes('v') && { voicemail: true }),
  };
}

/**
 * The origin of a ticket without that tag: an earlier version made the ticket, or the origin is too long for a tag. The
 * tags count only if they name one session.
 */
function plainOrigin(tags: readonly string[], externalId: string): TicketOrigin | undefined {
  const valuesOf = (name: string) =>
    tags.flatMap((tag) => (tag.startsWith(name) ? [read(tag.slice(name.length))] : []));
  const [sessionId, another] = valuesOf(names.session);
  const channel = channels.find((one) => tags.includes(names.channel + one));
  if (sessionId === undefined || another !== undefined || !channel) return undefined;
  // Earlier versions did not encode the session id in the key.
  if (![keyPart(sessionId), sessionId].some((start) => externalId.startsWith(`${start}/`))) return undefined;
  const [queueId] = valuesOf(names.queue);
  return {
    sessionId,
    channel,
    ...(queueId !== undefined && { queueId }),
    ...(tags.includes(names.voicemail) && { voicemail: true }),
  };
}

const isChannel = (text: string | undefined): text is Channel => (channels as readonly unknown[]).includes(text);

/** A short hash of a key (FNV-1a). */
function markOf(key: string): string {
  let sum = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  return sum.toString(36);
}

/** Encodes a text for a tag. Capital letters and bytes that a tag cannot contain become `_` and their code: A is `_41`. */
const written = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => {
    const sign = String.fromCharCode(byte);
    return /[a-z0-9-]/.test(sign) ? sign : `_${byte.toString(16).padStart(2, '0')}`;
  }).join('');

function read(tag: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < tag.length; at++) {
    const code = tag[at] === '_' ? parseInt(tag.slice(at + 1, at + 3), 16) : NaN;
    if (Number.isNaN(code)) bytes.push(tag.charCodeAt(at));
    else {
      bytes.push(code);
      at += 2;
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}
