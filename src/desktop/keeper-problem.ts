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
    | 'not-associated';
  message: string;
  sessionId?: string;
  cause?: unknown;
}

export type Report = (problem: KeeperProblem) => void;
