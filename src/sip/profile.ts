import type { Capability } from '../telephony/telephony.js';

/**
 * The capabilities with any SIP server, in a browser that can record. There are no chats or voicemails, and the panel
 * rings.
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
