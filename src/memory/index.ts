export { MemoryHost, type OpenRecord } from './memory-host.js';
export { MemoryRecords, type MemoryOptions } from './memory-records.js';
export { manyContacts, manyTickets } from './many.js';
export { sampleAgent, sampleAgents, sampleData, sampleFields } from './sample-data.js';
export type {
  AuditEntry,
  AuditKind,
  CommentSeed,
  ContactSeed,
  MemoryComment,
  MemoryData,
  TicketSeed,
} from './memory-data.js';
export type { Failure, Operation, Trouble } from './trouble.js';
