import type { Capability } from '../telephony/telephony.js';

/**
 * The capabilities in a browser that can record. They do not depend on the SIP server. SIP has no chats and no
 * voicemails. Without `ringer` the panel itself rings.
 */
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

/** The capabilities in this browser. */
export const capabilitiesHere = (): readonly Capability[] =>
  typeof MediaRecorder === 'undefined'
    ? capabilities.filter((one) => one !== 'record' && one !== 'redact')
    : capabilities;
