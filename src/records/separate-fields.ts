import type { Intent } from './intent.js';

/**
 * R16, B5: moves fields that could not be checked into a write of their own, after the ticket or comment that they belong
 * to. If the CRM refuses the fields, it does not refuse the ticket or the comment with them.
 */
export function separateFields(intents: readonly Intent[]): readonly Intent[] {
  return intents.flatMap((intent): readonly Intent[] => {
    const { sessionId, at } = intent;
    const apart = { kind: 'write-ticket' as const, key: `${intent.key}/fields`, sessionId, at };
    // R12: any of these writes may find the ticket closed, so each carries what its follow-up ticket needs.
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
