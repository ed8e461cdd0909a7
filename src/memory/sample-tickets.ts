import type { TicketStatus } from '../domain/ticket.js';
import type { TicketSeed } from './memory-data.js';

type Extra = Omit<TicketSeed, 'id' | 'contactId' | 'createdAt' | 'updatedAt' | 'subject' | 'status' | 'assigneeId'>;
/** `created` and `updated` are the hours since then. */
type Row = [
  id: string,
  contactId: string,
  status: TicketStatus,
  subject: string,
  created: number,
  updated: number,
  assigneeId?: string,
  more?: Extra,
];

const returns = { queueId: 'returns', channel: 'ivr-call' } as const;

const rows: readonly Row[] = [
  ['4711', '2001', 'open', 'Broken charger', 52, 2, '101', { fields: { '301': '+1 415 555 0198', '303': true } }],
  ['4710', '2001', 'pending', 'Invoice for the second battery', 190, 26, '104'],
  [
    '4709',
    '2001',
    'hold',
    'Waiting for a replacement display',
    410,
    70,
    '102',
    { fields: { '305': 'E-14 after start' } },
  ],
  ['4708', '2004', 'open', 'Trade account: new terms', 30, 5, '104'],
  ['4707', '2004', 'new', 'Thirty demo bikes for the spring fair', 9, 9],
  ['4706', '2003', 'open', 'Brake lever rattles', 75, 11, '101', { origin: { sessionId: 'call-70551', ...returns } }],
  ['4705', '2005', 'pending', 'Delivery to the boathouse, not to the office', 120, 48, '102'],
  ['4704', '2006', 'open', 'App does not find the bike', 20, 3, '101', { fields: { '302': 2025 } }],
  [
    '4703',
    '2006',
    'pending',
    'Since the last firmware the motor cuts out on every steep climb, the display goes dark for about three seconds and ' +
      'then shows error E-14, after which the light can no longer be switched on until the battery is taken out and put back',
    260,
    31,
    '103',
    { fields: { '303': true } },
  ],
  ['4702', '2007', 'new', '车架号在哪里？', 4, 4],
  ['4701', '2008', 'open', 'Akku lädt nur bis 80 %', 96, 14, '103', { fields: { '301': '030 23125044' } }],
  ['4700', '2008', 'solved', 'Rechnung fehlt', 1400, 1320, '103'],
  ['4699', '2009', 'hold', 'Selle cassée à la livraison', 88, 40, '102'],
  ['4698', '2010', 'open', 'Wartungsvertrag für den Fuhrpark des Gutes (14 Räder)', 300, 18, '103'],
  ['4697', '2010', 'pending', 'Ersatzschlüssel', 520, 200, '103'],
  ['4696', '2011', 'open', 'طلب بطارية جديدة', 27, 6, '101'],
  ['4695', '2012', 'solved', 'Wrong size of helmet', 900, 700, '102'],
  [
    '4694',
    '2012',
    'open',
    'Voicemail: call me back, please',
    7,
    7,
    '101',
    { origin: { sessionId: 'call-70602', ...returns, voicemail: true } },
  ],
  ['4693', '2013', 'pending', 'Child seat on a Velora 3?', 44, 21, '104'],
  ['4692', '2014', 'open', 'Newsletter cannot be cancelled', 33, 32, '101'],
  ['4691', '2015', 'open', 'Spoke broke again', 15, 1, '102', { fields: { '303': false } }],
  ['4690', '2015', 'hold', 'Refund of the workshop bill', 340, 130, '104'],
  ['4689', '2015', 'solved', 'Rear light', 2100, 2000, '101'],
  ['4688', '2016', 'open', 'Guests: how to unlock the rental bikes', 60, 12, '102'],
  ['4687', '2017', 'open', 'Fleet: 22 batteries due for inspection', 130, 8, '103', { fields: { '304': 21 } }],
  ['4686', '2017', 'open', 'Courier bike 14 was stolen', 25, 10, '101'],
  ['4685', '2017', 'pending', 'Price list for 2027', 220, 90, '104'],
  ['4684', '2017', 'solved', 'Bike 9: fork', 1800, 1650, '103'],
  ['4683', '2018', 'solved', 'Salt water on the motor: is that covered?', 600, 420, '102'],
  ['4682', '2019', 'new', 'No puedo registrar mi bicicleta', 2, 2],
  ['4681', '2020', 'closed', 'Damaged in transport', 3600, 3000, '102'],
  ['4680', '2020', 'closed', 'Damaged in transport (photos)', 3590, 3000, '102', { mergedInto: '4681' }],
  ['4679', '2021', 'open', 'Handlebar recall', 66, 28, '101'],
  ['4678', '2022', 'pending', 'Contrat d’entretien', 170, 55, '102'],
  ['4677', '2022', 'open', 'Facture au nom de la société', 81, 29, '104'],
  ['4676', '2002', 'solved', 'Order of spare parts, April', 1100, 980, '104'],
  ['4675', '2002', 'closed', 'Order of spare parts, January', 3200, 2900, '104'],
  ['4674', '2013', 'closed', 'Reflector', 5000, 4700, '101'],
  ['4673', '2005', 'solved', 'Bell', 4000, 3890, '101'],
  ['4672', '2009', 'solved', 'Pédale', 2600, 2500, '102'],
];

const hour = 3_600_000;

/** The tickets of Velora. `now` is in milliseconds since the epoch. */
export function sampleTickets(now: number): readonly TicketSeed[] {
  const ago = (hours: number): string => new Date(now - hours * hour).toISOString();
  return rows.map(([id, contactId, status, subject, created, updated, assigneeId, extra]) => ({
    id,
    contactId,
    status,
    subject,
    createdAt: ago(created),
    updatedAt: ago(updated),
    assigneeId,
    ...extra,
    ...(workshopDays.has(id) && {
      fields: { ...extra?.fields, '304': ago(-24 * workshopDays.get(id)!).slice(0, 10) },
    }),
  }));
}

/** The days until the bike of a ticket is due in the workshop, by the ticket's id. */
const workshopDays: ReadonlyMap<string, number> = new Map([
  ['4703', 9],
  ['4687', 21],
]);
