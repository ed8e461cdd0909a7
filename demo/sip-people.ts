import type { SipAgent } from '../src/sip/index.js';

export interface Person {
  /** The user id in their CRM. */
  id: string;
  name: string;
  /** Their telephone's address, too. */
  number: string;
  /** Hz, in place of a voice. */
  tone: number;
}

export const people: readonly [Person, Person, Person] = [
  { id: '101', name: 'Alex Morgan', number: '+14155550101', tone: 440 },
  { id: '102', name: 'Noémie Laurent', number: '+14155550102', tone: 554 },
  { id: '201', name: 'Mia Chen', number: '+14155550123', tone: 659 },
];

/** Who works together: between them a call is one within the house. */
export const colleagues: readonly SipAgent[] = people
  .slice(0, 2)
  .map(({ id, name, number }) => ({ id, user: number, label: name }));
