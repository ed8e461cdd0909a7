/** What the keeper could not do, for the agent to see; everything else goes on. */
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
  /** In words, with the type of event or the field that it is about; no value, no number, no name of a person. */
  message: string;
  sessionId?: string;
  /** The type of the event that was not recorded. */
  event?: string;
  /** The way to what is wrong within it: `score`, `session.channel`; of a mapping, the ticket field's id. */
  part?: string;
  cause?: unknown;
}

/** B5: its key is gone, with what somebody has told the browser to forget. */
export const unreadable: KeeperProblem = {
  code: 'unreadable',
  message: 'Something that this browser kept for the CRM cannot be read any more.',
};

export type Report = (problem: KeeperProblem) => void;
