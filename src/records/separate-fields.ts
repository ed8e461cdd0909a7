import type { Intent } from './intent.js';

/**
 * R16, B5: moves unchecked fields into a separate write, after the write of their ticket or comment. If the CRM refuses
 * the fields, it still accepts the ticket or the comment.
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
