import type { Agent } from '../domain/agent.js';
import type { Session } from '../domain/session.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Known } from '../records/rule.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { plainSession } from '../telephony/sessions.js';
import type { ActiveSession } from '../telephony/telephony.js';
import { knowsEnd } from './earlier-version.js';
import { adopted, missedStart } from './session-entry.js';

/** What the keeper does with a session that began before this page and that the journal does not have. */
export type Resumption = 'nothing' | { adopt: Known } | { take: SessionEvent };

/** Takes over the record that the platform knows. Without a record, the rules run again from the session's start. */
export function resumption(
  active: Session | ActiveSession,
  { agent, account, outbox, now }: { agent: Agent | undefined; account: string; outbox: Outbox; now: number },
): Resumption {
  const session = plainSession(active);
  const agentId = agent?.id ?? active.agentId;
  const { contactId, ticketId, correction } = session.record ?? {};
  if (ticketId !== undefined) {
    const finished = knowsEnd(outbox, session.id, correction);
    const more = {
      ...(agentId !== undefined && { holder: agentId }),
      turn: isOn(active) ? agentId : undefined,
      finished,
    };
    return { adopt: adopted(session, { agent, account }, { id: ticketId }, contactId, more) };
  }
  const { phase, since = new Date(now).toISOString() } = active as Partial<ActiveSession>;
  if (phase === 'offered' || agentId === undefined) return 'nothing';
  return { take: missedStart(session, agentId, since) };
}

/** Whether the agent is in the session, not in its wrap-up. */
const isOn = ({ phase }: Partial<ActiveSession>): boolean => phase !== 'wrap-up' && phase !== 'ended';
