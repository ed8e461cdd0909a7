import type { Capability } from '../telephony/telephony.js';

/** What works over any SIP server, in a browser that can record. It has no chats and no voicemail, and the panel rings. */
export const capabilities: readonly Capability[] = [
  'mute',
  'hold',
  'dtmf',
  'transfer-cold',
  'transfer-warm',
  'conference',
  'redact',
  'record',
  'history',
  'directory',
  'statistics',
  'devices',
  'resume',
  'wrap-up',
];

/** What works here. */
export const capabilitiesHere = (): readonly Capability[] =>
  typeof MediaRecorder === 'undefined'
    ? capabilities.filter((one) => one !== 'record' && one !== 'redact')
    : capabilities;
