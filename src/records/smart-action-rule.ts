import { stepOf } from '../domain/write-key.js';
import { attachmentsIn, textIn, valuesIn } from '../telephony/event-parts.js';
import { labelled, lines, pairs } from './comment-lines.js';
import { agentOf, fieldsIfAny, internalComment, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { verificationFields } from './session-field-values.js';

/** R14, X9: writes the results and files of a smart action. R15: writes a failure that the user caused. */
export const smartActionRule: Rule = (event, known, settings) => {
  const author = agentOf(known, settings);
  if (event.type === 'smart-action.failed') {
    if (!event.byUser) return [];
    const body = lines(`Smart action failed: ${event.kind}`, textIn(event.message));
    return writeTicket(event, known, stepOf('smart-action', event), { comment: internalComment(body, author) });
  }
  if (event.type !== 'smart-action.completed') return [];
  const { kind } = event;
  const attachments = attachmentsIn(event.attachments);
  const verified = typeof event.verified === 'boolean' ? event.verified : undefined;
  const body = lines(
    `Smart action completed: ${kind}`,
    pairs(valuesIn(event.results)),
    labelled('Verified', verified === undefined ? undefined : verified ? 'yes' : 'no'),
  );
  return writeTicket(event, known, stepOf('smart-action', event), {
    comment: internalComment(body, author, attachments.length > 0 ? { attachments } : {}),
    ...fieldsIfAny(verificationFields(verified, known, settings)),
  });
};
