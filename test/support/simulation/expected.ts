/**
 * One line of a comment, or one value of a field, that the CRM must show exactly once. `issued` and `accepted` are
 * ticks of the simulation's context.
 */
export interface Expected {
  /** The text in the CRM's log. */
  line: string;
  /** The text by which the network recognises it. */
  word: string;
  /** It comes first in its lane, however late it is delivered. */
  first?: boolean;
  /** R31: a card takes it along later, so other comments may come before it. */
  inCard?: boolean;
  /** The field's id. Undefined for a comment. */
  field?: number;
  /** The ticket or session whose writes keep their order. */
  lane: string;
  /** How often the CRM must show it, if it was accepted. */
  times: 0 | 1;
  /** Who wrote it. The writes of one author keep their order. */
  by?: unknown;
  /** The key of its row in the outbox, or the key's beginning. */
  key: string;
  /** Other possible keys. */
  keys?: readonly string[];
  issued?: number;
  accepted?: number;
  /** A person discarded it before it reached the CRM, so the CRM must never show it. */
  discarded?: boolean;
  /** A person may have discarded it, or it was a week old. The CRM may show it or not. */
  mayMiss?: boolean;
  /** The CRM refused it until a person pressed Retry. */
  refused?: boolean;
}
