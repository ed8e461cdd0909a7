import { customDataWrites } from './custom-data-rule.js';
import { cardComment } from './card.js';
import { fieldsIfAny, openTicket, writeTicket } from './ticket-intents.js';
import type { Rule } from './rule.js';
import { startCard } from './start-card.js';
import { startFields } from './session-field-values.js';
import { startsRecord } from './session-kind.js';

/**
 * R7, R8, R21, R22, R23, R24: a session joins a ticket. The rule comments on the ticket, writes the custom data,
 * assigns the ticket to the agent and opens the ticket. The ticket keeps its status, except for R9.
 */
export const joinRule: Rule = (event, known, settings) => {
  const { session, agent, decision, recorded } = known;
  const joins = typeof decision?.ticket === 'object' && event.type !== 'voicemail.received';
  if (!joins || recorded || !startsRecord(event, known, settings)) return [];
  const holder = session.agentId ?? agent?.id;
  return [
    ...writeTicket(event, known, 'joined', {
      comment: cardComment(startCard(event, known), holder, known, settings, event.at),
      assigneeId: holder,
      ...(session.direction === 'outbound' ? { reopenPlatformTicket: true } : {}),
      ...fieldsIfAny(startFields(known, settings)),
    }),
    ...customDataWrites(event, known, settings, { data: session.customData, step: 'custom-data' }),
    ...(agent && holder === agent.id ? openTicket(event, known, 'pop') : []),
  ];
};
