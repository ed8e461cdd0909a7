import { usualStatuses } from '../telephony/presence.js';
import type { Capability, TelephonyProfile } from '../telephony/telephony.js';

/** All capabilities of the embedded platform. Without `ringer`, the panel rings itself. */
export const allCapabilities: readonly Capability[] = [
  'mute',
  'hold',
  'dtmf',
  'transfer-cold',
  'transfer-warm',
  'conference',
  'redact',
  'record',
  'history',
  'voicemail',
  'directory',
  'statistics',
  'devices',
  'chat',
  'chat-messages',
  'resume',
  'wrap-up',
];

/** A minimal set of capabilities: recording a call, and continuing it after a reload. */
export const fewestCapabilities: readonly Capability[] = ['record', 'resume'];

export type SimulatedProfile = Omit<TelephonyProfile, 'status' | 'activeSessions'>;

export const simulatedProfile: SimulatedProfile = {
  outboundNumbers: [
    { number: '+18005550100', label: 'Support (US)', languages: ['en'], default: true },
    { number: '+442079460100', label: 'Support (UK)', languages: ['en'] },
    { number: '+33199000100', label: 'Assistance (France)', languages: ['fr'] },
    { number: '+493023125100', label: 'Kundendienst (Berlin)', languages: ['de'] },
    { number: '+14155550110', label: 'Head office', languages: [] },
  ],
  languages: ['en', 'fr', 'de'],
  defaultLanguage: 'en',
  statuses: usualStatuses,
  capabilities: allCapabilities,
};
