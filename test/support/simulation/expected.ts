/**
 * What one line of a comment, or one value of a field, stands for: something that was done, and that the CRM must show
 * exactly once. `issued` and `accepted` are the world's ticks.
 */
export interface Expected {
  /** As it stands in the CRM's log. */
  line: string;
  /** The words in it by which the network knows it. */
  word: string;
  /** It comes first in its lane, however late it is heard of. */
  first?: boolean;
  /** Undefined: a comment. */
  field?: number;
  /** What keeps its order: a ticket, or a session. */
  lane: string;
  /** How often the CRM must show it, if it was accepted. */
  times: 0 | 1;
  /** Who did it: within one, later is later. */
  by?: unknown;
  /** The entry of the outbox that it is in, or that begins so. */
  key: string;
  /** Or one of these. */
  keys?: readonly string[];
  issued?: number;
  accepted?: number;
  /** A person gave it up, when nothing of it had reached the CRM: it must never be seen. */
  discarded?: boolean;
  /** A person may have given it up, or it was a week old: it may be there or not. */
  mayMiss?: boolean;
  /** The CRM refused it until a person pressed Retry. */
  refused?: boolean;
}
