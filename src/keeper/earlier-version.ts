import type { Agent } from '../domain/agent.js';
import { sessionKey } from '../domain/write-key.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Known } from '../records/rule.js';
import type { KeptSession } from './journal.js';

/**
 * R31: what a session that version 0.1.0 has stored lacks. Its facts so far stand on the ticket already. If its end does
 * too, the session has no end card. Otherwise the agent's turn goes on.
 */
export function fromEarlierVersion(
  { sessionId, known, closed }: KeptSession,
  outbox: Pick<Outbox, 'knows'>,
  agent: Agent | undefined,
): Partial<Known> {
  if (!known?.recorded || known.facts !== undefined || closed) return {};
  if (outbox.knows(sessionKey(sessionId, 'finished'))) return { finished: true };
  const { agentId } = known.session;
  return agentId !== undefined && (agent?.id ?? agentId) === agentId ? { facts: { agent: agentId } } : {};
}
