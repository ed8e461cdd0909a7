import { utcTime } from '../domain/utc-time.js';
import { stepOf } from '../domain/write-key.js';
import { lines } from './comment-lines.js';
import { agentName, agentOf, internalComment, writeTicket } from './ticket-intents.js';
import { recordingComment } from './recording-rule.js';
import type { Rule } from './rule.js';

/** R5, S14: writes the voicemail's message to its ticket, even if recording is off. */
export const voicemailMessageRule: Rule = (event, known, settings) => {
  if (event.type !== 'voicemail.received') return [];
  return writeTicket(event, known, 'voicemail/recording', {
    comment: recordingComment('Voicemail message', event.recording, agentOf(known, settings)),
  });
};

const did = {
  'voicemail.read': 'listened to',
  'voicemail.closed': 'closed',
  'voicemail.called-back': 'called back',
} as const;

/** R18: writes who listened to, closed or called back a voicemail, and when. */
export const voicemailHandledRule: Rule = (event, known) => {
  if (event.type !== 'voicemail.read' && event.type !== 'voicemail.closed' && event.type !== 'voicemail.called-back')
    return [];
  const body = lines(`Voicemail ${did[event.type]} by ${agentName(event.agent, known)}`, `Time: ${utcTime(event.at)}`);
  return writeTicket(event, known, stepOf('voicemail', event), { comment: internalComment(body, event.agent) });
};
