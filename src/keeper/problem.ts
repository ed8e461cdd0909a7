/** A problem that the agent should see. The keeper continues with other events. */
export interface KeeperProblem {
  code:
    | 'unknown-event'
    | 'bad-event'
    | 'unknown-session'
    | 'too-many-events'
    | 'look-up-failed'
    | 'field-mapping'
    | 'not-kept'
    | 'unreadable'
    | 'file-not-kept'
    | 'not-associated'
    | 'restarted';
  /** A sentence that may name an event type or a field, but never a value, a phone number or a person. */
  message: string;
  sessionId?: string;
  /** The type of the event that was not recorded. */
  event?: string;
  /** The path of the malformed part, such as `score` or `session.channel`; for a mapping, the ticket field's id. */
  part?: string;
  cause?: unknown;
}

/** B5: the browser has lost the key of a sealed row, for example after a person cleared the browser's data. */
export const unreadable: KeeperProblem = {
  code: 'unreadable',
  message: 'Something that this browser kept for the CRM cannot be read any more.',
};

export type Report = (problem: KeeperProblem) => void;
