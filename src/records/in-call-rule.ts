import { stepOf } from '../domain/write-key.js';
import { lines } from './comment-lines.js';
import { agentOf, internalComment, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';

/** R28: one line for each participant who joins or leaves, and for each start and end of a redaction. */
export const inCallRule: Rule = (event, known, settings) => {
  const note = (step: string, body: string) =>
    writeTicket(event, known, stepOf(step, event), { comment: internalComment(lines(body), agentOf(known, settings)) });
  switch (event.type) {
    case 'session.participant-joined':
      return note('participant', `Participant joined: ${event.participant.label} (${event.participant.kind})`);
    case 'session.participant-left':
      return note('participant', `Participant left: ${event.participant.label} (${event.participant.kind})`);
    case 'session.recording-paused':
      return note('redaction', event.paused ? 'Recording redacted: start' : 'Recording redacted: end');
    default:
      return [];
  }
};
