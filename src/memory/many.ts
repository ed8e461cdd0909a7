import { seededRandom } from '../environment/seeded-random.js';
import type { ContactSeed, TicketSeed } from './memory-data.js';

const givenNames =
  'Ada Ben Clara Diego Elif Farid Greta Hiro Ines Jamal Kaja Leo Maya Nils Olga Paul Qing Rosa Sven Tara'.split(' ');
const familyNames =
  'Abbott Bauer Costa Dubois Eriksen Fischer Garcia Haddad Ito Jansen Khan Larsen Moreau Novak Okafor Petrov'.split(
    ' ',
  );
const things = ['Battery', 'Charger', 'Display', 'Brake', 'Invoice', 'Delivery', 'Warranty', 'App', 'Lock', 'Light'];
const troubles = ['does not work', 'is missing', 'came twice', 'makes a noise', 'has a question', 'must be changed'];
const areaCodes = [
  201, 202, 206, 212, 213, 214, 216, 303, 305, 310, 312, 313, 347, 404, 408, 415, 503, 510, 512, 602, 617,
];
const live = ['new', 'open', 'pending', 'hold'] as const;
const minute = 60_000;

/** Generates contacts. The same seed gives the same list. If there are more than 2,100, some share a number. */
export function manyContacts(count: number, { now = Date.now(), seed = 1, firstId = 100_000 } = {}): ContactSeed[] {
  const draw = drawFrom(seededRandom(seed));
  return Array.from({ length: count }, (_, index) => {
    const name = `${draw(givenNames)} ${draw(familyNames)}`;
    const lastTwo = String(Math.floor(index / areaCodes.length) % 100).padStart(2, '0');
    const id = String(firstId + index);
    return {
      id,
      name,
      phoneNumbers: [`+1${areaCodes[index % areaCodes.length]}55501${lastTwo}`],
      email: `${name.toLowerCase().replace(' ', '.')}.${id}@list.example`,
      createdAt: new Date(now - index * minute).toISOString(),
    };
  });
}

/** Generates live tickets, distributed over the contacts in turn. The same seed gives the same list. */
export function manyTickets(
  count: number,
  contactIds: readonly string[],
  { now = Date.now(), seed = 1, firstId = 500_000 } = {},
): TicketSeed[] {
  const draw = drawFrom(seededRandom(seed));
  return Array.from({ length: count }, (_, index) => ({
    id: String(firstId + index),
    contactId: contactIds[index % contactIds.length]!,
    subject: `${draw(things)} ${draw(troubles)}`,
    status: draw(live),
    createdAt: new Date(now - (index + 1) * 7 * minute).toISOString(),
    updatedAt: new Date(now - index * minute).toISOString(),
  }));
}

function drawFrom(random: () => number): <T>(list: readonly T[]) => T {
  return (list) => list[Math.floor(random() * list.length)]!;
}
