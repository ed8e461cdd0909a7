import { isChat } from '../domain/session.js';
import type { Settings } from '../domain/settings.js';
import { valuesIn } from '../telephony/event-parts.js';
import { abandonedRule } from './abandoned-rule.js';
import { apiResponseRule } from './api-response-rule.js';
import { assignmentRule } from './assignment-rule.js';
import { contactRule } from './contact-rule.js';
import { customDataRule } from './custom-data-rule.js';
import { handOverOf, isCardDue } from './card-due.js';
import { detailRule } from './detail-rule.js';
import { endCardRule } from './end-card-rule.js';
import { handOverRule } from './hand-over-rule.js';
import { factsForNextCard, heardAfter, holderAfter, knownAfter, withoutRepeatedData } from './known-after.js';
import type { Intent, Ref } from './intent.js';
import { joinRule } from './join-rule.js';
import { noteRule } from './note-rule.js';
import { ratingRule } from './rating-rule.js';
import { recordingRule } from './recording-rule.js';
import type { Known, RecordEvent, Rule } from './rule.js';
import { sessionFieldsAfter } from './session-field-values.js';
import { startsRecord, writesNothing } from './session-kind.js';
import { smartActionRule } from './smart-action-rule.js';
import { transcriptRule } from './transcript-rule.js';
import { ticketRule } from './ticket-rule.js';
import { voicemailHandledRule } from './voicemail-rule.js';

/** Every rule, in the order in which its writes must come. */
const rules: readonly Rule[] = [
  contactRule, // R20, R29
  ticketRule, // R1, R3, R4, R5, R6, R16, R21, R23, R26, X1, X2
  joinRule, // R7, R8, R9, R21, R22, R23, R24, X1, X2
  abandonedRule, // R4
  handOverRule, // R13, R28, R31
  assignmentRule, // R13, R23
  voicemailHandledRule, // R18
  customDataRule, // R16, R22
  smartActionRule, // R14, R15, X9
  apiResponseRule, // R19
  ratingRule, // R17, X8, X10
  recordingRule, // R11
  noteRule, // R28
  detailRule, // R28
  endCardRule, // R27, R28, R31, X3–X7
  transcriptRule, // R34
];

/** Runs every rule on an event. A contact or ticket that one rule makes is known to the rules after it. */
export function intentsFor(
  given: RecordEvent,
  known: Known,
  settings: Settings,
): { intents: readonly Intent[]; known: Known } {
  if (known.heard?.includes(given.id)) return { intents: [], known };
  const event = withoutRepeatedData(given, known);
  let seen = knownAfter(event, known, settings);
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
  const withStart: Known = {
    ...seen,
    ...heardAfter(event, known),
    ...(recorded ? { recorded } : {}),
    ...start,
  };
  const after = { ...withStart, ...cardsAfter(event, withStart, settings) };
  const holder = holderAfter(event, after);
  return { intents, known: { ...after, holder } };
}

/** R31: what the session's cards have said after the event, and what the next card will say. */
function cardsAfter(event: RecordEvent, known: Known, settings: Settings): Partial<Known> {
  const endsAbandoned = known.abandoned && event.type === 'session.ended';
  if (endsAbandoned || isCardDue(event, known, settings))
    return { finished: true, facts: {}, ...transcriptAfter(event, known, settings) };
  const facts = factsForNextCard(event, known);
  const hasLeft = known.handedOver || handOverOf(event, known) !== undefined;
  const written = event.type === 'transcript.read' && { transcript: undefined };
  return { facts, ...written, ...(hasLeft && { handedOver: facts.agent === undefined }) };
}

/** R34, S19: the transcript of a chat follows its end card. */
const transcriptAfter = (event: RecordEvent, known: Known, settings: Settings): Partial<Known> =>
  isCardDue(event, known, settings) && isChat(known.session) && settings.calls.transcripts ? { transcript: 'due' } : {};
