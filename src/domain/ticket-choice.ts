import type { Settings } from './settings.js';
import { newestFirst, type Ticket } from './ticket.js';

/** The effective values of S1–S4: S1 switches S2 and S3 off. */
export interface TicketRules {
  append: boolean;
  prompt: boolean;
  allowNew: boolean;
  allowNone: boolean;
}

export const ticketRules = ({ tickets, outbound }: Settings): TicketRules => ({
  append: tickets.append,
  prompt: tickets.append && outbound.promptForTicket,
  allowNew: tickets.append && outbound.promptForTicket && outbound.allowNewTicket,
  allowNone: outbound.allowNoTicket,
});

/** An existing ticket, a new one, or none. */
export type TicketOption = { ticket: Ticket } | 'new' | 'none';

export const optionValue = (option: TicketOption): string => (typeof option === 'string' ? option : option.ticket.id);

/** The content of the Ticket ID field: nothing yet, a fixed text, or a list. */
export interface TicketChoice {
  kind: 'undecided' | 'text' | 'list';
  options: readonly TicketOption[];
  /** The option that is selected until the agent chooses. */
  preselected?: TicketOption;
  /** The ticket was entered or filled in (T5). The text then has a button Change. */
  changeable?: boolean;
}

/**
 * F6: the options of the Ticket ID field for a contact.
 *
 * `live`: the contact's live tickets. Empty for a new contact. `startedFrom`: the live ticket that the agent started
 * from (F10, F12). It wins over every default. `entered`: the ticket of ticket entry (T4, T5). It wins over
 * `startedFrom`.
 */
export function ticketChoice(
  rules: TicketRules,
  {
    contact,
    live,
    startedFrom,
    entered,
  }: { contact: string | 'new' | undefined; live: readonly Ticket[]; startedFrom?: Ticket; entered?: Ticket },
): TicketChoice {
  // T5: an entered ticket is the only option.
  if (entered)
    return { kind: 'text', options: [{ ticket: entered }], preselected: { ticket: entered }, changeable: true };
  if (contact === undefined) return { kind: 'undecided', options: [] };

  const start = startedFrom && contact === startedFrom.contactId ? startedFrom : undefined;
  const tickets = [...live.filter(({ id }) => id !== start?.id), ...(start ? [start] : [])].sort(newestFirst);
  const none: readonly TicketOption[] = rules.allowNone ? ['none'] : [];

  if (!rules.prompt) {
    const newest = rules.append ? tickets[0] : undefined;
    const chosen: TicketOption = start ? { ticket: start } : newest ? { ticket: newest } : 'new';
    return { kind: rules.allowNone ? 'list' : 'text', options: [chosen, ...none], preselected: chosen };
  }

  const offersNew = rules.allowNew || tickets.length === 0;
  const only = tickets.length === 1 ? tickets[0] : undefined;
  const preselected: TicketOption | undefined = start
    ? { ticket: start }
    : only
      ? { ticket: only }
      : tickets.length === 0
        ? 'new'
        : undefined;
  return {
    kind: 'list',
    options: [...tickets.map((ticket) => ({ ticket })), ...(offersNew ? (['new'] as const) : []), ...none],
    preselected,
  };
}
