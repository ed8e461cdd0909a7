import type { Settings } from '../domain/settings.js';
import { valuesIn } from '../telephony/event-parts.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { abandonedRule } from './abandoned-rule.js';
import { apiResponseRule } from './api-response-rule.js';
import { assignmentRule } from './assignment-rule.js';
import { contactRule } from './contact-rule.js';
import { customDataRule } from './custom-data-rule.js';
import { dispositionRule } from './disposition-rule.js';
import { knownAfter, holderAfter, withoutRepeatedData } from './known-after.js';
import type { Intent, Ref } from './intent.js';
import { joinRule } from './join-rule.js';
import { inCallRule } from './in-call-rule.js';
import { ratingRule } from './rating-rule.js';
import { recordingRule } from './recording-rule.js';
import type { Known, Rule } from './rule.js';
import { sessionEndedRule } from './session-ended-rule.js';
import { sessionFieldsAfter } from './session-field-values.js';
import { startsRecord, writesNothing } from './session-kind.js';
import { smartActionRule } from './smart-action-rule.js';
import { ticketRule } from './ticket-rule.js';
import { voicemailHandledRule, voicemailMessageRule } from './voicemail-rule.js';

/** Every rule, in the order in which its writes must come. */
const rules: readonly Rule[] = [
  contactRule, // R20, R29
  ticketRule, // R1, R3, R4, R5, R6, R16, R21, R23, R26, X1, X2
  joinRule, // R7, R8, R9, R21, R22, R23, R24, X1, X2
  abandonedRule, // R4
  assignmentRule, // R13, R23
  voicemailMessageRule, // R5
  voicemailHandledRule, // R18
  customDataRule, // R16, R22
  smartActionRule, // R14, R15, X9
  apiResponseRule, // R19
  ratingRule, // R17, X8, X10
  inCallRule, // R28
  recordingRule, // R11
  dispositionRule, // R28
  sessionEndedRule, // R27, X3–X7
];

/** Runs every rule on an event. A contact or ticket that one rule makes is known to the rules after it. */
export function intentsFor(
  given: SessionEvent,
  known: Known,
  settings: Settings,
): { intents: readonly Intent[]; known: Known } {
  const event = withoutRepeatedData(given, known);
  let seen = knownAfter(event, known);
  // R25, R29, S4.
  if (writesNothing(seen.session)) return { intents: [], known: seen };
  const intents: Intent[] = [];
  for (const rule of rules) {
    const made = rule(event, seen, settings);
    intents.push(...made);
    for (const intent of made) {
      const ref: Ref = { madeBy: intent.key };
      if (intent.kind === 'create-contact') seen = { ...seen, contact: ref, contactName: intent.draft.name };
      if (intent.kind === 'create-ticket') seen = { ...seen, ticket: ref };
      seen = { ...seen, ...sessionFieldsAfter(intent, seen, settings) };
    }
  }
  const starts = seen.ticket !== undefined && startsRecord(event, seen, settings);
  const recorded = seen.recorded || starts;
  const start =
    starts && seen.startedAt === undefined
      ? { startedAt: event.at, toldAtStart: Object.keys(valuesIn(seen.session.customData)) }
      : {};
  const after: Known = { ...seen, ...(recorded ? { recorded } : {}), ...start };
  const holder = holderAfter(event, after);
  return { intents, known: { ...after, holder } };
}
