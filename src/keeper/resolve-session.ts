import type { CrmHost } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { Timers } from '../environment/environment.js';
import type { Failure } from '../domain/failure.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Ref } from '../records/intent.js';
import { writesNothing } from '../records/session-kind.js';
import type { ActiveSession, Telephony } from '../telephony/telephony.js';
import { sessionKey } from '../domain/write-key.js';
import { inCommandTime } from './command-time.js';
import {
  adopted,
  allowKeeping,
  close,
  endChoice,
  learn,
  missedStart,
  sessionOfTicket,
  wasAsked,
  type SessionEntry,
} from './session-entry.js';
import { NotNow, type CrmLookUps } from './crm-look-ups.js';
import { plainSession } from '../telephony/sessions.js';

export const mostMisses = 5;
/** After this many answers without a record, a start event counts as missed. Until then, it may only be late. */
const missesUntilMissed = 2;
/** Milliseconds. Answers within this time count once, because the agent may press Retry twice. */
const missesApart = 15_000;

interface AskPorts {
  telephony: Pick<Telephony, 'getSession'>;
  lookUps: CrmLookUps;
  outbox: Outbox;
  agent: Agent | undefined;
  host: Pick<CrmHost, 'account'>;
  at: string;
  timers: Timers;
}

/** The platform did not answer. */
const notAsked: Failure = { code: 'session-not-asked', message: 'The platform did not say which session it is.' };
/** The platform and, after the session's end, the CRM answered without a record. */
const notSaid: Failure = { code: 'session-not-said', message: 'Nobody has recorded the session yet.' };

/**
 * Whether Retry may ask before the timer does. It may if the last request failed. It also may once the agent was asked
 * (R2), because the keeper does not give up such a session after an answer without a record.
 */
export const mayAskNow = (entry: SessionEntry): boolean => {
  const { reason } = entry.resolving;
  return reason !== undefined && (wasAsked(entry) || reason.failure !== notSaid);
};

/**
 * `later`: the keeper asks again. `silent`: the keeper writes nothing for the session (S4). `unknown`: neither the
 * platform nor the CRM knows a record.
 */
export type Answer = 'known' | 'later' | 'silent' | 'unknown';

/**
 * Finds the record of a session whose events came days after its end, or before an event introduced the session. Asks
 * the platform first, then the CRM.
 */
export async function resolveSession(entry: SessionEntry, ports: AskPorts): Promise<Answer> {
  entry.resolving.asks++;
  const { telephony, timers } = ports;
  let session: ActiveSession | undefined;
  try {
    session = await inCommandTime({ timers }, 'find a session', () => telephony.getSession(entry.sessionId));
  } catch {
    allowKeeping(entry);
    return later(entry, notAsked, ports);
  }
  if (session && writesNothing(session)) return 'silent';
  if (session) allowKeeping(entry);
  const isOver = !session || session.phase === 'ended';
  const { ticketId, contactId } = session?.record ?? {};
  if (session && ticketId) return adopt(entry, session, { id: ticketId }, contactId, isOver, ports);
  const own = ownCreation(entry, session, ports.outbox);
  if (own) {
    const known = session ?? entry.known?.session;
    if (known) return adopt(entry, known, { madeBy: own.intent.key }, contactId, isOver, ports);
  }
  if (isOver) {
    try {
      const ticket = await ports.lookUps.ticketOf(entry.sessionId);
      if (ticket) {
        const known = session ?? entry.known?.session ?? sessionOfTicket(entry.sessionId, ticket);
        return adopt(entry, known, { id: ticket.id }, ticket.contactId, isOver, ports);
      }
    } catch (error) {
      if (!(error instanceof NotNow)) throw error;
      allowKeeping(entry);
      return later(entry, error.failure, ports);
    }
  }
  const answer = notThere(entry, session, isOver, ports);
  // R9: without a `record`, the session's `association` still names the ticket that the agent chose.
  const { ticket, contact } = session?.association ?? {};
  if (answer === 'unknown' && session && typeof ticket === 'object')
    return adopt(entry, session, ticket, typeof contact === 'object' ? contact.id : undefined, isOver, ports);
  return answer;
}

/**
 * The row that creates the session's own ticket. The key tells the row from those of a voicemail or follow-up ticket.
 */
function ownCreation({ sessionId, known }: SessionEntry, session: ActiveSession | undefined, outbox: Outbox) {
  const voicemail = session?.voicemail ?? known?.session.voicemail;
  const key = sessionKey(sessionId, voicemail ? 'voicemail' : 'ticket');
  const made = outbox.entries.filter(({ intent }) => intent.kind === 'create-ticket' && intent.sessionId === sessionId);
  return made.find(({ intent }) => intent.key === key) ?? made[0];
}

function adopt(
  entry: SessionEntry,
  session: ActiveSession | NonNullable<SessionEntry['known']>['session'],
  ticket: Ref,
  contactId: string | undefined,
  isOver: boolean,
  { agent, host, outbox }: AskPorts,
): Answer {
  const start = entry.waiting.find(({ type }) => type === 'session.assigned');
  const holder = wasAsked(entry) && start?.type === 'session.assigned' ? start.agent : undefined;
  const known = adopted(
    { ...entry.known?.session, ...plainSession(session) },
    { agent, account: host.account },
    ticket,
    contactId,
    {
      holder,
      finished: outbox.knows(sessionKey(entry.sessionId, 'finished')),
      turn: isOver || isInWrapUp(session) || start ? undefined : (agent?.id ?? session.agentId),
    },
  );
  learn(entry, known);
  if (isOver) close(entry);
  return 'known';
}

/** Whether the agent is in the session, not in its wrap-up. */
export const isOn = ({ phase }: Partial<ActiveSession>): boolean => phase !== 'wrap-up' && phase !== 'ended';

const isInWrapUp = (session: object): boolean => (session as Partial<ActiveSession>).phase === 'wrap-up';

function later(entry: SessionEntry, failure: Failure, { at }: AskPorts): Answer {
  entry.resolving.reason = { failure, since: entry.resolving.reason?.since ?? Date.parse(at) };
  return 'later';
}

/** Counts an answer without a record. Then waits, or lets the rules decide (R2), or adds the missed start event. */
function notThere(entry: SessionEntry, session: ActiveSession | undefined, isOver: boolean, ports: AskPorts): Answer {
  const { agent, at } = ports;
  const { resolving } = entry;
  resolving.withoutRecord++;
  const now = Date.parse(at);
  if (isOver && (!wasAsked(entry) || Math.abs(now - (resolving.lastAfterEndAt ?? -Infinity)) >= missesApart)) {
    resolving.withoutRecordAfterEnd++;
    resolving.lastAfterEndAt = now;
  }
  const isOurs =
    session?.agentId !== undefined && session.phase !== 'offered' && (agent?.id ?? session.agentId) === session.agentId;
  if (wasAsked(entry)) {
    // R2: after the hand-over, the next agent has not chosen either.
    if (resolving.withoutRecordAfterEnd >= missesUntilMissed) endChoice(entry);
  } else if (session && isOurs && resolving.asks >= missesUntilMissed)
    entry.waiting.unshift(missedStart(plainSession(session), session.agentId!, session.since || at));
  else if (resolving.withoutRecordAfterEnd >= mostMisses) return 'unknown';
  return later(entry, notSaid, ports);
}
