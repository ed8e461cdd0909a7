import type { Agent } from '../domain/agent.js';
import type { MemoryData } from './memory-data.js';

export const sampleAgents: readonly Agent[] = [
  { id: '101', name: 'Alex Morgan', email: 'alex.morgan@velora.example', teams: ['support'], canAdminister: true },
  { id: '102', name: 'Noémie Laurent', email: 'noemie.laurent@velora.example', teams: ['support'] },
  { id: '103', name: 'Jonas Weber', email: 'jonas.weber@velora.example', teams: ['support', 'sales'] },
  { id: '104', name: 'Priya Raghunathan', email: 'priya.raghunathan@velora.example', teams: ['sales'] },
];

/** Who works in the panel where nobody else is named. */
export const sampleAgent = sampleAgents[0]!;

/** The CRM of Velora, a small maker of e-bikes; its dates are counted back from `now`, in milliseconds. */
export function sampleData(now: number = Date.now()): MemoryData {
  void now;
  return {
    contacts: [],
    tickets: [],
    comments: [],
    agents: sampleAgents,
    teams: [
      { id: 'support', name: 'Support' },
      { id: 'sales', name: 'Sales' },
    ],
    fields: [],
  };
}
