import { keyPart, stepOf } from '../domain/write-key.js';
import { cardComment, colleagueIn, footOf, signOf, writingOf } from './card.js';
import { secondOf, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { dayAndTime, say } from './writing.js';

const footWords = {
  'voicemail.read': 'voicemail_read',
  'voicemail.closed': 'voicemail_closed',
  'voicemail.called-back': 'voicemail_called_back',
} as const;

/** R18: writes who listened to, closed or called back a voicemail, and when. */
export const voicemailHandledRule: Rule = (event, known, settings) => {
  if (event.type !== 'voicemail.read' && event.type !== 'voicemail.closed' && event.type !== 'voicemail.called-back')
    return [];
  const writing = writingOf(known);
  const what = say(writing, event.type, { agent: colleagueIn(known, event.agent) });
  const card = {
    headline: `${signOf(known.session)} ${what} · ${dayAndTime(event.at, writing)}`,
    lines: [],
    foot: footOf(footWords[event.type], known.session),
    named: true,
  };
  const { type, agent, at } = event;
  const step = `${type.replace('.', '/')}/${keyPart(agent)}/${secondOf(at)}`;
  const comment = cardComment(card, agent, known, settings, at);
  return writeTicket(event, known, step, { comment }, stepOf('voicemail', event));
};
