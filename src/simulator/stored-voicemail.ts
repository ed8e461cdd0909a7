import type { Voicemail } from '../telephony/telephony.js';

/** A voicemail with the id of its session. The session itself is stored with the other sessions. */
export type StoredVoicemail = Omit<Voicemail, 'session'> & { sessionId: string };
