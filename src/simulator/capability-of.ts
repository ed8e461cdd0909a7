import type { Capability } from '../telephony/telephony.js';
import type { Command } from './trouble.js';

/** The capability that a command needs. `transfer` needs that of its mode; commands not listed need none. */
export const capabilityOf: Partial<Record<Command, Capability>> = {
  resume: 'resume',
  setMuted: 'mute',
  setHeld: 'hold',
  sendDigits: 'dtmf',
  completeTransfer: 'transfer-warm',
  cancelTransfer: 'transfer-warm',
  addParticipant: 'conference',
  removeParticipant: 'conference',
  leave: 'conference',
  setRecordingPaused: 'redact',
  submitWrapUp: 'wrap-up',
  history: 'history',
  voicemails: 'voicemail',
  markVoicemail: 'voicemail',
  directory: 'directory',
  statistics: 'statistics',
  setDevices: 'devices',
};
