import type { Capability } from '../telephony/telephony.js';
import type { Command } from './trouble.js';

/** The capability that a command needs. Other commands need none, except `transfer`: its mode decides. */
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
  listMessages: 'chat-messages',
  sendMessage: 'chat-messages',
  setTyping: 'chat-messages',
  markRead: 'chat-messages',
};
