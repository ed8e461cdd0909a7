/**
 * An action that the CRM's log must show exactly once, as a line of a comment or a field's value. `issued` and
 * `accepted` are ticks of the world.
 */
export interface Expected {
  /** The line in the CRM's log. */
  line: string;
  /** The part of the line by which the network recognises it. */
  word: string;
  /** It is the first of its lane, even if its event arrives late. */
  first?: boolean;
  /** Undefined for a comment. */
  field?: number;
  /** The ticket or session whose lines keep their order. */
  lane: string;
  /** How often the CRM must show it if it was accepted. */
  times: 0 | 1;
  /** The source. Actions of one source keep their order. */
  by?: unknown;
  /** The key of the outbox entry, or the beginning of the key. */
  key: string;
  /** Alternative keys. */
  keys?: readonly string[];
  issued?: number;
  accepted?: number;
  /** A person discarded it before it reached the CRM, so the CRM must never show it. */
  discarded?: boolean;
  /** A person may have discarded it, or it is a week old. The CRM may show it or not. */
  mayMiss?: boolean;
  /** The CRM refused it until a person pressed Retry. */
  refused?: boolean;
}
