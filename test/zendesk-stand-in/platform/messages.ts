import { actGroups, type Callers, type Choice } from '../../../demo/platform-acts.js';
import { sampleDirectory, type DirectoryEntry } from '../../../src/simulator/index.js';

/** Of the stand-in's customers. */
const callers: Callers = {
  one: { label: 'Grace Lindqvist', number: '+15135557611' },
  several: { label: 'The Schneiders', number: '+493012345678' },
  identified: { name: 'Priya Natarajan', identifier: 'usr_1007', number: '+442079460018' },
  mailed: { name: 'Nora Eklund', email: 'nora.eklund@mail.example' },
  unknownNumber: '+12125550177',
};
export const groups = actGroups(callers);

/** The queues and lines of the simulated platform, and the stand-in's agents. */
export const directory: readonly DirectoryEntry[] = [
  ...sampleDirectory.filter(({ kind }) => kind !== 'agent'),
  { kind: 'agent', id: '102', label: 'Ben Okafor' },
  { kind: 'agent', id: '103', label: 'Chloé Martin' },
];

/** What the shell asks of the platform in the app's iframe; the answer comes through the port that goes along. */
export interface Ask {
  standIn: 'platform';
  /** An act; without it only the sessions are asked for. */
  actId?: string;
  choice?: Choice;
}

export interface Answer {
  /** The newest sessions, by what a person knows them by. */
  sessions: readonly { id: string; words: string }[];
  /** The session that the act began. */
  began?: string;
  /** Why the act could not be. */
  problem?: string;
}

export const isAsk = (data: unknown): data is Ask => (data as Ask | null)?.standIn === 'platform';
