/** An expected write: one line of a comment, or one value of a field. */
export interface Expected {
  /** The text in the CRM's log. */
  line: string;
  /** The word by which the network recognises the write. */
  word: string;
  /** Whether the write comes first in its lane, however late its event is delivered. */
  first?: boolean;
  /** R31: a card takes it along later, so other comments may come before it. */
  inCard?: boolean;
  /** The field's id. Undefined for a comment. */
  field?: number;
  /** The ticket or session whose writes keep their order. */
  lane: string;
  /** The number of times that the CRM must show the write, if it was accepted. */
  times: 0 | 1;
  /** The tab that made the write. The writes of one tab keep their order. */
  by?: unknown;
  /** The key of the write's row in the outbox, or the beginning of this key. */
  key: string;
  /** Other possible keys. */
  keys?: readonly string[];
  /** The context's tick when the write was issued. */
  issued?: number;
  /** The context's tick when the outbox or the keeper had accepted the write. */
  accepted?: number;
  /** Whether a person discarded the write before it reached the CRM, so that the CRM must not show it. */
  discarded?: boolean;
  /** Whether a person may have discarded the write, or it was a week old. The CRM may show it or not. */
  mayMiss?: boolean;
  /** Whether the CRM refused the write until a person pressed Retry. */
  refused?: boolean;
}
