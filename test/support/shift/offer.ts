import type { AgentDesktop } from '../../../src/desktop/agent-desktop.js';
import type { Chance } from './chance.js';
import type { Notes } from './notes.js';

/** A control that a screen offers: its name, how often the agent uses it, and what a press does. */
export interface Offer {
  name: string;
  weight: number;
  press(): void;
  /** Whether the effect of the press can be seen. Without it, any change counts. */
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
