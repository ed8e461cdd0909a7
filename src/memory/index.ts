export { MemoryHost, type OpenRecord } from './memory-host.js';
export { MemoryRecords, type MemoryOptions } from './memory-records.js';
export { sampleAgent, sampleAgents, sampleData } from './sample-data.js';
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
