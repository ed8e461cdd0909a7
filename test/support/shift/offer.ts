import type { AgentDesktop } from '../../../src/desktop/agent-desktop.js';
import type { Chance } from './chance.js';
import type { Notes } from './notes.js';

/** What a screen offers an agent: its name, how often they take it, and what pressing it does. */
export interface Offer {
  name: string;
  weight: number;
  press(): void;
  /** What is to be seen of it some time after; without it, that anything has changed. */
  leadsTo?: () => boolean;
}

export interface AtWork {
  desktop: AgentDesktop;
  chance: Chance;
  notes: Notes;
}

export const offer = (name: string, weight: number, press: () => void, leadsTo?: () => boolean): Offer => ({
  ...{ name, weight, press },
  ...(leadsTo ? { leadsTo } : {}),
});

export const isSignedOut = ({ records: { records } }: AgentDesktop): boolean =>
  records.some(({ state }) => state === 'signed-out');
