import type { Intent } from './intent.js';

/**
 * R16, B5: fields that could not be checked go in a write of their own, after what they belong to: a CRM that refuses them
 * does not refuse the ticket, or the comment, with them.
 */
export function separateFields(intents: readonly Intent[]): readonly Intent[] {
  return intents.flatMap((intent): readonly Intent[] => {
    const { sessionId, at } = intent;
    const apart = { kind: 'write-ticket' as const, key: `${intent.key}/fields`, sessionId, at };
    // R12: whichever of them finds the ticket closed, its follow-up says whose it is.
    if (intent.kind === 'create-ticket' && intent.draft.fields) {
      const { fields, ...draft } = intent.draft;
      return [
        { ...intent, draft },
        { ...apart, ticket: { madeBy: intent.key }, origin: draft.origin, fields },
      ];
    }
    if (intent.kind === 'write-ticket' && intent.fields) {
      const { fields, ...rest } = intent;
      const { ticket, origin, about, filled } = rest;
      const followUp = { ...(about !== undefined && { about }), ...(filled && { filled }) };
      return [rest, { ...apart, ticket, origin, ...followUp, fields }];
    }
    return [intent];
  });
}
