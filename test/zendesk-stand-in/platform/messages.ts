import { actGroups, type Callers, type Choice } from '../../../demo/platform-acts.js';
import { sampleDirectory, type DirectoryEntry } from '../../../src/simulator/index.js';

/** Callers among the stand-in's customers. */
const callers: Callers = {
  one: { label: 'Grace Lindqvist', number: '+15135557611' },
  several: { label: 'The Schneiders', number: '+493012345678' },
  identified: { name: 'Priya Natarajan', identifier: 'usr_1007', number: '+442079460018' },
  mailed: { name: 'Nora Eklund', email: 'nora.eklund@mail.example' },
  unknownNumber: '+12125550177',
};
export const groups = actGroups(callers);

/** The queues and outside numbers of the simulated platform, and the stand-in's agents. */
export const directory: readonly DirectoryEntry[] = [
  ...sampleDirectory.filter(({ kind }) => kind !== 'agent'),
  { kind: 'agent', id: '102', label: 'Ben Okafor' },
  { kind: 'agent', id: '103', label: 'Chloé Martin' },
];

/** A request of the shell to the platform in the app's iframe. The response comes through the port of the message. */
export interface Ask {
  standIn: 'platform';
  /** The act to perform; without it, only the sessions are read. */
  actId?: string;
  choice?: Choice;
}

export interface Answer {
  /** The newest sessions with texts for people. */
  sessions: readonly { id: string; words: string }[];
  /** The session that the act started. */
  began?: string;
  /** Why the act failed. */
  problem?: string;
}

export const isAsk = (data: unknown): data is Ask => (data as Ask | null)?.standIn === 'platform';
