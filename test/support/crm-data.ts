import type { MemoryData } from '../../src/memory/memory-data.js';
import type { TicketStatus } from '../../src/domain/ticket.js';

export const MIA = 'mia';
export const BEN = 'ben';
export const ANA = 'ana';
export const TOM = 'tom';
export const MIAS = '+14155550132';
export const SHARED = '+14155550177';

const ticket = (id: string, contactId: string, status: TicketStatus, updated: number, more = {}) => ({
  id,
  contactId,
  status,
  subject: `Ticket ${id}`,
  createdAt: '2026-02-01T09:00:00.000Z',
  updatedAt: `2026-02-${String(updated).padStart(2, '0')}T09:00:00.000Z`,
  ...more,
});

/** A few contacts, each for one rule. */
export const crmData = {
  contacts: [
    // The second number is stored in national form.
    { id: MIA, name: 'Mia Chen', phoneNumbers: [MIAS, '(415) 555-0198'], createdAt: '2025-01-01T09:00:00.000Z' },
    { id: BEN, name: 'Ben Okafor', phoneNumbers: [SHARED], createdAt: '2025-02-01T09:00:00.000Z' },
    { id: ANA, name: 'Ana Ruiz', phoneNumbers: ['415.555.0177'], createdAt: '2025-03-01T09:00:00.000Z' },
    { id: TOM, name: 'Tom Baker', phoneNumbers: [], createdAt: '2025-04-01T09:00:00.000Z' },
  ],
  tickets: [
    ticket('1', MIA, 'pending', 20),
    ticket('2', MIA, 'hold', 21, {
      origin: { sessionId: 'earlier', channel: 'ivr-call' as const, queueId: 'orders' },
      fields: { '301': '+1 415 555 0111' },
    }),
    ticket('3', MIA, 'solved', 22),
    ticket('4', MIA, 'closed', 23),
    ticket('5', BEN, 'open', 10, { fields: { '301': 'ask at the desk' } }),
    ticket('6', TOM, 'new', 5),
  ],
  comments: [],
} satisfies Partial<MemoryData>;
