import { own } from './own.js';
import type { Agent } from './agent.js';
import type { Settings } from './settings.js';

export type TicketEntryMode = 'off' | 'optional' | 'mandatory';

/** T1: whether an agent enters a ticket. Of several teams, `mandatory` wins over `optional`, and that over no use. */
export function ticketEntryMode({ ticketEntry }: Settings, agent: Pick<Agent, 'teams'>): TicketEntryMode {
  if (!ticketEntry.enabled) return 'off';
  const modes = agent.teams.map((team) =>
    Object.hasOwn(ticketEntry.teams, team) ? own(ticketEntry.teams, team) : undefined,
  );
  return modes.includes('mandatory') ? 'mandatory' : modes.includes('optional') ? 'optional' : 'off';
}
