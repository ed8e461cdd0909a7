import type { Settings } from './settings.js';
import { newestFirst, type Ticket } from './ticket.js';

/** S1–S4 as they count: S1 makes S2 and S3 count as off. */
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

/** The id of a ticket, or a new one, or none at all. */
export type TicketOption = { ticket: Ticket } | 'new' | 'none';

export const optionValue = (option: TicketOption): string => (typeof option === 'string' ? option : option.ticket.id);

/** What the Ticket ID field shows: nothing yet, a text that cannot be changed, or a list. */
export interface TicketChoice {
  kind: 'undecided' | 'text' | 'list';
  options: readonly TicketOption[];
  /** What is selected while the agent has chosen nothing. */
  preselected?: TicketOption;
  /** A ticket that was entered or filled in (T5): text with Change. */
  changeable?: boolean;
}

/**
 * F6: what the Ticket ID field offers for a contact.
 * `live` are the contact's live tickets (none for a new contact); `startedFrom` is the live ticket that the agent
 * started from (F10, F12), which beats every default; `entered` is the one of ticket entry (T4, T5), which beats that.
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
  // T5: S2–S4 are not offered for a ticket that was entered.
  if (entered)
    return { kind: 'text', options: [{ ticket: entered }], preselected: { ticket: entered }, changeable: true };
  if (contact === undefined) return { kind: 'undecided', options: [] };

  const named = startedFrom && contact === startedFrom.contactId ? startedFrom : undefined;
  const tickets = [...live.filter(({ id }) => id !== named?.id), ...(named ? [named] : [])].sort(newestFirst);
  const none: readonly TicketOption[] = rules.allowNone ? ['none'] : [];

  if (!rules.prompt) {
    const newest = rules.append ? tickets[0] : undefined;
    const chosen: TicketOption = named ? { ticket: named } : newest ? { ticket: newest } : 'new';
    return { kind: rules.allowNone ? 'list' : 'text', options: [chosen, ...none], preselected: chosen };
  }

  const offersNew = rules.allowNew || tickets.length === 0;
  const only = tickets.length === 1 ? tickets[0] : undefined;
  const preselected: TicketOption | undefined = named
    ? { ticket: named }
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
