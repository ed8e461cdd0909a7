import type { AgentDesktop } from '../../../src/desktop/agent-desktop.js';
import type { Chance } from './chance.js';
import type { Notes } from './notes.js';

/** A control that a screen offers. */
export interface Offer {
  name: string;
  /** How often the agent presses the control, compared with others. */
  weight: number;
  press(): void;
  /** Whether the effect of the press is visible. If it is not given, any change counts as the effect. */
  leadsTo?: () => boolean;
}

export interface AtWork {
  desktop: AgentDesktop;
  chance: Chance;
  notes: Notes;
}

export const offer = (name: string, weight: number, press: () => void, leadsTo?: () => boolean): Offer => ({
  ...{ name, weight, press, leadsTo },
});

export const isSignedOut = ({ records: { records } }: AgentDesktop): boolean =>
  records.some(({ state }) => state === 'signed-out');
