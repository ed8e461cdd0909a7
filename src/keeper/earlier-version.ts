import type { Agent } from '../domain/agent.js';
import { recordKey } from '../domain/write-key.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Intent } from '../records/intent.js';
import type { Known } from '../records/rule.js';
import type { KeptSession } from './journal.js';
import type { SessionEntry } from './session-entry.js';

type KnownKeys = Pick<Outbox, 'knows'>;

/** Whether the outbox has accepted the session's end. */
export const knowsEnd = (outbox: KnownKeys, sessionId: string, correction?: number): boolean =>
  outbox.knows(recordKey(sessionId, correction, 'finished'));

/**
 * R31: the facts that are missing in a session which version 0.1.0 stored. The ticket already has the session's comments.
 * If it has the end too, the session gets no end card. Otherwise the agent's turn goes on.
 */
export function fromEarlierVersion(
  { sessionId, known, closed }: KeptSession,
  outbox: KnownKeys,
  agent: Agent | undefined,
): Partial<Known> {
  if (!known?.recorded || known.facts !== undefined || closed) return {};
  if (knowsEnd(outbox, sessionId, known.correction)) return { finished: true };
  const { agentId } = known.session;
  return agentId !== undefined && (agent?.id ?? agentId) === agentId ? { facts: { agent: agentId } } : {};
}

/** R31: version 0.1.0 wrote the end without the note. Then there is no card, and a note is a comment. */
export const cardOfEarlierVersion = ({ known, sessionId }: SessionEntry, outbox: KnownKeys): Partial<Known> =>
  known?.recorded && known.facts === undefined && knowsEnd(outbox, sessionId, known.correction)
    ? { finished: true }
    : {};

/** Leaves out what version 0.1.0 has accepted under another key. */
export const withoutEarlierWrites = (intents: readonly Intent[], outbox: KnownKeys): readonly Intent[] =>
  intents.flatMap(({ formerly, ...intent }) =>
    formerly !== undefined && outbox.knows(formerly) ? [] : [intent as Intent],
  );
