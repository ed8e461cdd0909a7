import type { Voicemail } from '../telephony/telephony.js';

/** A voicemail that names its session by id: the session is stored among the others. */
export type StoredVoicemail = Omit<Voicemail, 'session'> & { sessionId: string };
