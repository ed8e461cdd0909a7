import type { Settings } from '../domain/settings.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import type { Intent, Ref } from './intent.js';
import { outboundContactRule } from './outbound-contact-rule.js';
import { outboundJoinRule } from './outbound-join-rule.js';
import { outboundTicketRule } from './outbound-ticket-rule.js';
import type { Known, Rule } from './rule.js';
import { sessionEndedRule } from './session-ended-rule.js';

/** Every rule, in the order in which what it writes is wanted. */
const rules: readonly Rule[] = [
  outboundContactRule, // R20
  outboundTicketRule, // R3, R21, R23, R26
  outboundJoinRule, // R9, R21, R23, R24
  sessionEndedRule, // R27
];

/** R25, S4: a session without a ticket writes nothing, ever. */
const writesNothing = ({ session }: Known): boolean =>
  session.association?.ticket === 'none' || session.record?.ticketId === 'none' || session.channel === 'internal-call';

/** What an event means for the CRM. A contact or ticket that one rule makes is known to those after it. */
export function intentsFor(
  event: SessionEvent,
  known: Known,
  settings: Settings,
): { intents: readonly Intent[]; known: Known } {
  if (writesNothing(known)) return { intents: [], known };
  const intents: Intent[] = [];
  let seen = withSettled(known);
  for (const rule of rules) {
    const made = rule(event, seen, settings);
    intents.push(...made);
    for (const { kind, key } of made) {
      const ref: Ref = { madeBy: key };
      if (kind === 'create-contact') seen = { ...seen, contact: ref };
      if (kind === 'create-ticket') seen = { ...seen, ticket: ref };
    }
  }
  return { intents, known: seen };
}

/** What the agent settled is known from the start (R3: nothing is decided a second time). */
function withSettled(known: Known): Known {
  const { contact, ticket } = known.session.association ?? {};
  return {
    ...known,
    ...(known.contact === undefined && typeof contact === 'object' ? { contact } : {}),
    ...(known.ticket === undefined && typeof ticket === 'object' ? { ticket } : {}),
  };
}
