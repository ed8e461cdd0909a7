import { fromCallback, fromPromise } from 'xstate';
import type { CrmHost } from '../crm/crm-host.js';
import type { Contact, Page } from '../domain/contact.js';
import type { DialPlan } from '../domain/dial.js';
import type { Environment } from '../domain/environment.js';
import { loadPhoneNumbers } from '../domain/phone-loader.js';
import type { Ticket } from '../domain/ticket.js';
import type { AgentFact, Opened } from '../machine/agent-context.js';
import { agentMachine } from '../machine/agent-machine.js';
import type { EntryFound, EntryQuery } from '../machine/outbound-entry.js';
import type { LookUpQuery } from '../machine/outbound-decisions.js';
import { outboundMachine } from '../machine/outbound-machine.js';
import type { Dialled } from '../machine/outbound-setup.js';
import { sessionMachine } from '../machine/session-machine.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { Telephony } from '../telephony/telephony.js';

/** How many items a look-up asks for at once. */
const pageSize = 100;
const callsAMinute = 10;
const commandWait = 15_000;

export interface CallPorts {
  host: CrmHost;
  telephony: Telephony;
  environment: Environment;
  open: () => Promise<Opened>;
  listen: (tell: (fact: AgentFact) => void) => () => void;
  recent: RecentRecords;
  /** The platform has taken a call on. */
  placed: (sessionId: string, key: string) => void;
}

/** What look-ups have brought, so that nothing is fetched twice for one call. Bounded. */
export class RecentRecords {
  readonly #contacts = new Map<string, Contact>();
  readonly #tickets = new Map<string, Ticket>();

  contact = (id: string): Contact | undefined => this.#contacts.get(id);
  ticket = (id: string): Ticket | undefined => this.#tickets.get(id);

  keep({ contacts = [], tickets = [] }: { contacts?: readonly Contact[]; tickets?: readonly Ticket[] }): void {
    for (const contact of contacts) this.#contacts.set(contact.id, contact);
    for (const ticket of tickets) this.#tickets.set(ticket.id, ticket);
    for (const known of [this.#contacts, this.#tickets])
      for (const id of [...known.keys()].slice(0, Math.max(0, known.size - 2 * pageSize))) known.delete(id);
  }
}

/** The statecharts with their actors bound to the ports. */
export function boundMachines({ host, telephony, environment, open, listen, recent, placed }: CallPorts) {
  const command = <T>(what: string, ask: () => Promise<T>) => inCommandTime(environment, what, ask);
  const dialled: number[] = [];

  const outbound = outboundMachine.provide({
    actors: {
      preparePhoneNumbers: fromPromise<void>(async () => void (await loadPhoneNumbers())),
      loadEntry: fromPromise<EntryFound, EntryQuery>(({ input, signal }) =>
        loadEntry(host, telephony, recent, input, signal),
      ),
      findContacts: fromPromise<Page<Contact>, LookUpQuery>(async ({ input: { phone, text, page }, signal }) => {
        const query = phone === undefined ? { text: text ?? '' } : { phone };
        const found = await host.findContacts(query, {
          signal,
          limit: pageSize,
          priority: 'interactive',
          ...(page ? { page } : {}),
        });
        recent.keep({ contacts: found.items });
        return found;
      }),
      findTickets: fromPromise<Page<Ticket>, LookUpQuery>(async ({ input: { contactId, page }, signal }) => {
        const options = { signal, limit: pageSize, priority: 'interactive' as const, ...(page ? { page } : {}) };
        const found = await host.findTickets({ contactId: contactId ?? '', live: true }, options);
        recent.keep({ tickets: found.items });
        return found;
      }),
      dial: fromPromise<Dialled, DialPlan>(async ({ input }) => {
        const now = environment.clock.now();
        // A page that goes wild cannot dial more than a person would.
        while (dialled[0] !== undefined && dialled[0] <= now - 60_000) dialled.shift();
        if (dialled.length >= callsAMinute)
          throw new TelephonyError('not-available', 'Ten calls have been placed within a minute.', {
            failReason: 'too_many_calls',
          });
        dialled.push(now);
        const { sessionId } = await command('dial', () => telephony.dial(input));
        placed(sessionId, input.key);
        return { sessionId, at: new Date(environment.clock.now()).toISOString() };
      }),
    },
  });

  const session = sessionMachine.provide({
    actors: {
      endCall: fromPromise<void, { sessionId: string }>(({ input }) =>
        command('end the call', () => telephony.end(input.sessionId)),
      ),
    },
  });

  return agentMachine.provide({
    actors: {
      open: fromPromise<Opened>(open),
      listen: fromCallback<AgentFact>(({ sendBack }) => listen(sendBack)),
      setStatus: fromPromise<void, { status: string }>(({ input }) =>
        command('set the status', () => telephony.setStatus(input.status)),
      ),
      setNextStatus: fromPromise<void, { status: string | undefined }>(({ input }) =>
        command('set the next status', () => telephony.setNextStatus(input.status)),
      ),
      cancelDial: fromPromise<void, { key: string }>(({ input }) =>
        command('cancel', () => telephony.cancelDial(input.key)),
      ),
      outbound,
      session,
    },
  });
}

async function loadEntry(
  host: CrmHost,
  telephony: Telephony,
  recent: RecentRecords,
  { contactId, ticketId, sessionId, phoneField }: EntryQuery,
  signal: AbortSignal,
): Promise<EntryFound> {
  const options = { signal, priority: 'interactive' as const };
  const session = sessionId ? await telephony.getSession(sessionId) : undefined;
  const { record, association } = session ?? {};
  const recorded = record?.ticketId ?? (typeof association?.ticket === 'object' ? association.ticket.id : undefined);
  const wantedTicket = ticketId ?? (recorded === 'none' ? undefined : recorded);
  const ticket = wantedTicket ? await host.getTicket(wantedTicket, options) : undefined;
  const settled = record?.contactId ?? (typeof association?.contact === 'object' ? association.contact.id : undefined);
  // The ticket's own requester wins over a hint.
  const wantedContact = ticket?.contactId ?? contactId ?? settled;
  const contact = wantedContact ? await host.getContact(wantedContact, options) : undefined;
  recent.keep({ contacts: contact ? [contact] : [], tickets: ticket ? [ticket] : [] });
  const fieldTitle = phoneField ? (await host.listFields()).find(({ id }) => id === phoneField)?.title : undefined;
  return {
    ...(session ? { session } : {}),
    ...(ticket ? { ticket } : {}),
    ...(contact ? { contact } : {}),
    ...(fieldTitle ? { fieldTitle } : {}),
  };
}

/** A platform that never answers is a failure with a way out; the command may have been taken all the same. */
async function inCommandTime<T>({ timers }: Environment, what: string, ask: () => Promise<T>): Promise<T> {
  let timer: unknown;
  const silence = new Promise<never>((_, reject) => {
    timer = timers.setTimeout(
      () => reject(new TelephonyError('timeout', `The platform did not answer when asked to ${what}.`)),
      commandWait,
    );
  });
  try {
    return await Promise.race([Promise.resolve().then(ask), silence]);
  } finally {
    timers.clearTimeout(timer);
  }
}
