import type { SipAgent } from '../src/sip/index.js';

export interface Person {
  /** The person's user id in the CRM of their telephone. */
  id: string;
  name: string;
  /** The number, which is also the SIP user of the person's telephone. */
  number: string;
  /** The frequency of the tone that stands for the person's voice, in Hz. */
  tone: number;
}

export const people: readonly [Person, Person, Person] = [
  { id: '101', name: 'Alex Morgan', number: '+14155550101', tone: 440 },
  { id: '102', name: 'Noémie Laurent', number: '+14155550102', tone: 554 },
  { id: '201', name: 'Mia Chen', number: '+14155550123', tone: 659 },
];

/** The agents who work together. A call between them is an internal call. */
export const colleagues: readonly SipAgent[] = people
  .slice(0, 2)
  .map(({ id, name, number }) => ({ id, user: number, label: name }));
