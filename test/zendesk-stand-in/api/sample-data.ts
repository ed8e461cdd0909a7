import type { SeedTicket, SeedUser } from '../control.js';
import type { Account } from './account.js';
import { absorb, survive } from './merge.js';
import { addTicket, addUser, person } from './people.js';
import { findTicket } from './tickets.js';
import type { TicketInput } from './ticket-values.js';

// The account of a bicycle shop after some weeks.

const hour = 3_600_000;
const day = 24 * hour;

const people: SeedUser[] = [
  { name: 'Grace Lindqvist', phone: '+15135557611', email: 'grace.lindqvist@mail.example' },
  { name: 'Tom Bradley', phone: '(513) 555-7612', email: 'tom@bradley.example' },
  { name: 'Aylin Demir', phone: '0171 234567', locale: 'de' },
  { name: 'Élodie Dubois-Lefèvre', phone: '+33142685300', email: 'elodie@mail.example', locale: 'fr' },
  // One telephone for a household: the second user's number is a shared one.
  { name: 'Karin Schneider', phone: '+493012345678', email: 'karin@schneider.example', locale: 'de' },
  { name: 'Jonas Schneider', phone: '+493012345678', locale: 'de' },
  { name: 'Priya Natarajan', phone: '+442079460018', numbers: ['+447700900123'], email: 'priya@mail.example' },
  { name: 'Wilhelmina Alexandrina van Oosterhout-Brandenburg zu Hohenlohe-Langenburg', phone: '+31201234567' },
  { name: 'José Ángel Fernández de la Vega', phone: '91 123 45 67', locale: 'es' },
  { name: 'Nora Eklund', email: 'nora.eklund@mail.example', locale: 'sv' },
  { name: 'Liam O’Connor', phone: '+353 1 234 5678', email: 'liam@oconnor.example' },
  { name: 'François Lefebvre', phone: '01 42 68 53 01', locale: 'fr' },
  { name: 'Kiyoshi Tanaka', phone: '+81312345678x204', email: 'tanaka@workshop.example', locale: 'ja' },
  { name: 'Sam Whitfield', phone: '513.555.0142', email: 'sam.whitfield@mail.example' },
];

type Row = Pick<SeedTicket, 'status' | 'assigneeId' | 'groupId' | 'tags' | 'hidden'> & { hours: number } & TicketInput;
const waitingForParts = { custom_status_id: 806 };
const inWorkshop = { custom_status_id: 807 };
const order = (value: string) => ({ custom_fields: [{ id: 301, value }] });

/** The requester (the first is 1001), the subject and other values. `hours`: how long ago the ticket was last changed. */
const rows: [requester: number, subject: string, row: Row][] = [
  [1, 'Brake lever arrived bent', { status: 'open', assigneeId: 101, hours: 2, ...order('VL-20418') }],
  [1, 'Invoice for order VL-20311', { status: 'solved', assigneeId: 102, hours: 190, ...order('VL-20311') }],
  [1, 'Question about the service interval', { status: 'closed', assigneeId: 102, hours: 700 }],
  [2, 'Battery charges to 80 % only', { status: 'open', assigneeId: 102, hours: 5, tags: ['battery'] }],
  [2, 'Wrong colour delivered', { status: 'pending', assigneeId: 101, hours: 30 }],
  [3, 'Termin für die Erstinspektion', { status: 'new', hours: 1 }],
  [3, 'Cargo bike: front wheel squeaks', { assigneeId: 103, hours: 20, ...inWorkshop }],
  [4, 'Selle trop haute, échange possible ?', { status: 'open', assigneeId: 103, hours: 8 }],
  [4, 'Remboursement des frais de port', { status: 'pending', assigneeId: 103, hours: 75 }],
  [5, 'Child seat does not fit the carrier', { status: 'new', hours: 3 }],
  [5, 'Spare key for the frame lock', { assigneeId: 101, hours: 50, ...waitingForParts }],
  [6, 'Test ride on Saturday', { status: 'solved', assigneeId: 102, hours: 100 }],
  [7, 'Display stays dark after the update', { status: 'hold', assigneeId: 102, hours: 26 }],
  [7, 'Delivery to a workplace', { status: 'open', assigneeId: 101, hours: 4, ...order('VL-20502') }],
  [8, 'Insurance needs the frame number', { status: 'open', assigneeId: 102, hours: 12 }],
  [9, 'Puncture in the first week', { assigneeId: 103, hours: 44, ...waitingForParts }],
  [10, 'Newsletter comes twice', { status: 'new', groupId: 501, hours: 6 }],
  [11, 'Order cannot be paid with a voucher', { status: 'hold', assigneeId: 101, hours: 60 }],
  [12, 'Livraison en retard', { status: 'solved', assigneeId: 103, hours: 220 }],
  [13, 'Dealer prices for autumn', { status: 'closed', assigneeId: 101, hours: 900 }],
  [13, 'Overdue payment', { status: 'open', groupId: 503, hidden: true, hours: 15 }],
  [14, 'Gear cable snapped', { status: 'open', assigneeId: 102, hours: 7, tags: ['warranty'] }],
  [14, 'Gear cable again', { status: 'open', assigneeId: 102, hours: 9 }],
  [
    14,
    'Lights flicker in the rain',
    { status: 'pending', assigneeId: 101, hours: 33, custom_fields: [{ id: 303, value: true }] },
  ],
];

export function addSampleData(account: Account): void {
  const ids = people.map((one, index) => addUser(account, { ...one, age: (40 + index) * day }, true));
  for (const [requester, subject, row] of rows) {
    const { status, assigneeId, groupId, tags, hidden, hours, ...more } = row;
    const age = hours * hour + 2 * day;
    const seed = { requesterId: ids[requester - 1]!, subject, status, assigneeId, groupId, tags, hidden };
    addTicket(account, { ...seed, age, updated: hours * hour }, true, more);
  }
  const origin = { ...person(account, 102), at: account.clock.now() - 7 * hour, unlogged: true };
  const [target, source] = [22, 23].map((id) => findTicket(account, id, origin));
  absorb(account, source!, target!, { ids: [23] }, origin);
  survive(account, target!, [source!], { ids: [23] }, origin);
}
