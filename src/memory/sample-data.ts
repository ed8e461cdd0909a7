import type { Agent } from '../domain/agent.js';
import type { FieldDefinition } from '../domain/contact.js';
import type { MemoryData } from './memory-data.js';
import { sampleComments } from './sample-comments.js';
import { sampleContacts } from './sample-contacts.js';
import { sampleTickets } from './sample-tickets.js';

export const sampleAgents: readonly Agent[] = [
  { id: '101', name: 'Alex Morgan', email: 'alex.morgan@velora.example', teams: ['support'], canAdminister: true },
  { id: '102', name: 'Noémie Laurent', email: 'noemie.laurent@velora.example', teams: ['support'] },
  { id: '103', name: 'Jonas Weber', email: 'jonas.weber@velora.example', teams: ['support', 'sales'] },
  { id: '104', name: 'Priya Raghunathan', email: 'priya.raghunathan@velora.example', teams: ['sales'] },
];

/** The default user of the panel. */
export const sampleAgent = sampleAgents[0]!;

export const sampleFields: readonly FieldDefinition[] = [
  { on: 'ticket', id: '301', key: 'call_back_number', title: 'Call-back number', type: 'text' },
  { on: 'ticket', id: '302', key: 'model_year', title: 'Model year', type: 'integer' },
  { on: 'ticket', id: '303', key: 'under_warranty', title: 'Under warranty', type: 'checkbox' },
  { on: 'ticket', id: '304', key: 'workshop_date', title: 'Workshop date', type: 'date' },
  { on: 'ticket', id: '305', key: 'error_report', title: 'Error report', type: 'multiline' },
];

/** The data of Velora, a small maker of e-bikes. Its dates are relative to `now`, in milliseconds since the epoch. */
export function sampleData(now: number = Date.now()): MemoryData {
  const tickets = sampleTickets(now);
  return {
    contacts: sampleContacts(now),
    tickets,
    comments: sampleComments(tickets),
    agents: sampleAgents,
    teams: [
      { id: 'support', name: 'Support' },
      { id: 'sales', name: 'Sales' },
    ],
    fields: sampleFields,
  };
}
