import { own } from './own.js';
import type { Agent } from './agent.js';
import type { Settings } from './settings.js';

export type TicketEntryMode = 'off' | 'optional' | 'mandatory';

/** T1: whether an agent enters a ticket before a call. With several teams, `mandatory` wins over `optional`. */
export function ticketEntryMode({ ticketEntry }: Settings, agent: Pick<Agent, 'teams'>): TicketEntryMode {
  if (!ticketEntry.enabled) return 'off';
  const modes = agent.teams.map((team) => own(ticketEntry.teams, team));
  return modes.includes('mandatory') ? 'mandatory' : modes.includes('optional') ? 'optional' : 'off';
}
