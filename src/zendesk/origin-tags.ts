import type { Channel } from '../domain/session.js';
import type { TicketOrigin } from '../domain/ticket.js';

// Tags of our own, which an administrator can read, filter and report by. Zendesk's tags are lower case, and have no spaces.
const names = { session: 'ccai_session_', channel: 'ccai_channel_', queue: 'ccai_queue_', voicemail: 'ccai_voicemail' };

const channels: readonly Channel[] = [
  'ivr-call',
  'mobile-call',
  'web-call',
  'outbound-call',
  'internal-call',
  'mobile-chat',
  'web-chat',
];

/** The tags that say which session made a ticket. */
export function tagsOf({ sessionId, channel, queueId, voicemail }: TicketOrigin): string[] {
  return [
    sessionTag(sessionId),
    names.channel + channel,
    ...(queueId === undefined ? [] : [names.queue + written(queueId)]),
    ...(voicemail ? [names.voicemail] : []),
  ];
}

/** The tag by which a session's tickets are found. */
export const sessionTag = (sessionId: string): string => names.session + written(sessionId);

/**
 * The origin that the tags tell; undefined: no session made this ticket. A ticket can have inherited the tags of another
 * (a merge, a follow-up): the one whose creation key names the session is its own.
 */
export function originOf(tags: readonly string[], externalId: string | null | undefined): TicketOrigin | undefined {
  const valuesOf = (name: string) =>
    tags.flatMap((tag) => (tag.startsWith(name) ? [read(tag.slice(name.length))] : []));
  const sessions = valuesOf(names.session);
  const sessionId = sessions.find((id) => externalId?.startsWith(id)) ?? sessions[0];
  const channel = channels.find((one) => tags.includes(names.channel + one));
  if (sessionId === undefined || !channel) return undefined;
  const [queueId] = valuesOf(names.queue);
  return {
    sessionId,
    channel,
    ...(queueId !== undefined && { queueId }),
    ...(tags.includes(names.voicemail) && { voicemail: true }),
  };
}

/** What a tag cannot hold, capitals among it, is written as `_` and its code: `_41` is A. */
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
