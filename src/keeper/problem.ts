/** A problem that the agent should see. Everything else goes on. */
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
  /** A sentence. It may name a type of event or a field, and never a value, a phone number or a person. */
  message: string;
  sessionId?: string;
  /** The type of the event that was not recorded. */
  event?: string;
  /** The path of the malformed part, such as `score` or `session.channel`; for a mapping, the ticket field's id. */
  part?: string;
  cause?: unknown;
}

/** B5: the key of something sealed is gone, as after a person has cleared the browser's data. */
export const unreadable: KeeperProblem = {
  code: 'unreadable',
  message: 'Something that this browser kept for the CRM cannot be read any more.',
};

export type Report = (problem: KeeperProblem) => void;
