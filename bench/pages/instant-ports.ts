import type { Contact, Page } from '../../src/domain/contact.js';
import type { DialRequest } from '../../src/domain/dial.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import type { Ticket } from '../../src/domain/ticket.js';
import type { CrmHost } from '../../src/crm/crm-host.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import type { Capability, Telephony } from '../../src/telephony/telephony.js';

export const number = '+14155550132';
const day = '2026-02-01T09:00:00.000Z';

export const contactNo = (at: number): Contact => ({
  id: `c${at}`,
  name: `Contact ${at}`,
  phoneNumbers: [number],
  email: `contact.${at}@list.example`,
  createdAt: day,
});
export const ticketNo = (at: number, contactId = 'c0'): Ticket => ({
  id: `${4000 + at}`,
  subject: `Ticket ${at}`,
  status: 'open',
  contactId,
  createdAt: day,
  updatedAt: day,
  fields: {},
});

/** Counts the listeners of a port, and the pages of its lists: the asked and the given number of items. */
export interface Counts {
  listeners: number;
  pages: { asked: number; given: number }[];
}

const pageFrom = <T>(
  counts: Counts,
  total: number,
  make: (at: number) => T,
  { page, limit = 50 }: { page?: string; limit?: number } = {},
): Promise<Page<T>> => {
  const from = Number(page ?? 0);
  const to = Math.min(total, from + limit);
  counts.pages.push({ asked: limit, given: to - from });
  const items = Array.from({ length: to - from }, (_, index) => make(from + index));
  return Promise.resolve({ items, ...(to < total ? { next: String(to) } : {}) });
};

function listenersIn<T>(counts: Counts) {
  const listeners = new Set<(value: T) => void>();
  return {
    emit: (value: T) => [...listeners].forEach((listener) => listener(value)),
    listen: (listener: (value: T) => void) => {
      const own = (value: T) => listener(value);
      listeners.add(own);
      counts.listeners += 1;
      return () => void (listeners.delete(own) && (counts.listeners -= 1));
    },
  };
}

/** A host that answers at once, stores nothing, and lists this number of contacts and tickets. */
export function instantHost({
  contacts = 1,
  tickets = 3,
  settings = {},
}: { contacts?: number; tickets?: number; settings?: SettingsInput } = {}) {
  const counts: Counts = { listeners: 0, pages: [] };
  const dials = listenersIn<DialRequest>(counts);
  const changes = listenersIn<SettingsInput>(counts);
  let made = 0;
  const host: CrmHost = {
    name: 'Bench',
    account: 'bench',
    capabilities: [],
    getAgent: () => Promise.resolve({ id: 'a1', name: 'Agent', teams: [] }),
    getSettings: () => Promise.resolve(settings),
    findContacts: (_query, options) => pageFrom(counts, contacts, contactNo, options),
    getContact: (id) => Promise.resolve(contactNo(Number(id.slice(1)))),
    createContact: () => Promise.resolve(contactNo(0)),
    findTickets: (_query, options) => pageFrom(counts, tickets, (at) => ticketNo(at), options),
    getTicket: (id) => Promise.resolve({ ...ticketNo(Number(id) - 4000), stamp: 's' }),
    createTicket: () => Promise.resolve({ ...ticketNo(++made), stamp: 's' }),
    writeTickets: (writes) => Promise.resolve(writes.map(({ key }) => ({ key, ok: true, stamp: 's' }))),
    listFields: () => Promise.resolve([]),
    createFields: (fields) => Promise.resolve(fields),
    openTicket: () => Promise.resolve(),
    openContact: () => Promise.resolve(),
    onDial: dials.listen,
    onSettingsChange: changes.listen,
  };
  return { host, counts, requestDial: dials.emit };
}

/** A platform that answers at once and emits no event by itself. */
export function instantTelephony(capabilities: readonly Capability[] = []) {
  const counts: Counts = { listeners: 0, pages: [] };
  const events = listenersIn<PlatformEvent>(counts);
  const nothing = () => Promise.resolve();
  const telephony = {
    connect: () =>
      Promise.resolve({
        outboundNumbers: [{ number: '+18005550100', label: 'Support', languages: ['en'], default: true }],
        languages: ['en'],
        statuses: [{ id: 'available', label: 'Available', selectable: true, color: 'green' as const }],
        status: 'available',
        capabilities,
        activeSessions: [],
      }),
    subscribe: events.listen,
    setRules: nothing,
    disconnect: nothing,
    setStatus: nothing,
    setNextStatus: nothing,
    cancelDial: nothing,
    associate: nothing,
    getSession: () => Promise.resolve(undefined),
    dial: ({ key }: { key: string }) => Promise.resolve({ sessionId: `s-${key}` }),
    end: nothing,
  } as unknown as Telephony;
  return { telephony, counts, emit: events.emit };
}
