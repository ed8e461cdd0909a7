import type { AgentStatus, Capability, TelephonyProfile } from '../telephony/telephony.js';

export const statuses: readonly AgentStatus[] = [
  { id: 'available', label: 'Available', selectable: true, color: 'green' },
  { id: 'unavailable', label: 'Unavailable', selectable: true, color: 'red' },
  { id: 'break', label: 'Break', selectable: true, color: 'yellow' },
  { id: 'meal', label: 'Meal', selectable: true, color: 'yellow' },
  { id: 'in-call', label: 'In-call', selectable: false, color: 'red' },
  { id: 'wrap-up', label: 'Wrap-up', selectable: false, color: 'yellow' },
  { id: 'wrap-up-exceeded', label: 'Wrap-up exceeded', selectable: false, color: 'red' },
  { id: 'missed-call', label: 'Missed call', selectable: false, color: 'red' },
];

/** Everything that the embedded platform does; it does not ring. */
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
  'resume',
  'wrap-up',
];

/** The least that a platform can do. */
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
  statuses,
  capabilities: allCapabilities,
};
