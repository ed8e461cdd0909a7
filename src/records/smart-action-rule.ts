import { stepOf } from '../domain/write-key.js';
import { oneLine } from '../domain/one-line.js';
import { attachmentsIn, textIn, valuesIn } from '../telephony/event-parts.js';
import { cardComment, footOf, writingOf } from './card.js';
import { lines, pairs, type Lines } from './comment-lines.js';
import { agentOf, fieldsIfAny, writeTicket } from './ticket-intents.js';
import type { Known, Rule } from './rule.js';
import { verificationFields } from './session-field-values.js';
import { say } from './writing.js';

/** R14, X9: writes the results and files of a smart action. R15: writes a failure that the user caused. */
export const smartActionRule: Rule = (event, known, settings) => {
  if (event.type !== 'smart-action.completed' && event.type !== 'smart-action.failed') return [];
  if (event.type === 'smart-action.failed' && !event.byUser) return [];
  const doer = agentOf(known, settings);
  const step = stepOf('smart-action', event);
  if (event.type === 'smart-action.failed') {
    const card = cardOf('smart-action.failed', event.kind, lines(textIn(event.message)), known);
    return writeTicket(event, known, step, { comment: cardComment(card, doer, known, settings, event.at) });
  }
  const attachments = attachmentsIn(event.attachments);
  const verified = typeof event.verified === 'boolean' ? event.verified : undefined;
  const writing = writingOf(known);
  const told = lines(
    pairs(valuesIn(event.results)),
    verified !== undefined && say(writing, 'verified', { value: writing.words[verified ? 'yes' : 'no'] }),
  );
  const card = cardOf('smart-action.completed', event.kind, told, known);
  const files = attachments.length > 0 ? { attachments } : {};
  return writeTicket(event, known, step, {
    comment: cardComment(card, doer, known, settings, event.at, files),
    ...fieldsIfAny(verificationFields(verified, known, settings)),
  });
};

const cardOf = (key: 'smart-action.completed' | 'smart-action.failed', kind: string, told: Lines, known: Known) => ({
  headline: say(writingOf(known), key, { kind: oneLine(kind) }),
  lines: told,
  foot: footOf('smart_action', known.session),
});
