import { createContext } from '@lit/context';
import type { AgentDesktop, DesktopCommand, DesktopSnapshot } from '../desktop/agent-desktop.js';
import type { RecordsView } from '../desktop/records-view.js';
import type { DialRequest } from '../domain/dial.js';
import type { OutboundCommand } from '../machine/outbound-setup.js';
import type { Localizer } from './localize.js';

/** What the shell hands to its screens: what is going on, the words for it, and the ways to act. */
export interface Panel {
  snapshot: DesktopSnapshot;
  words: Localizer;
  /** The CRM's name, for messages. */
  crm: string;
  /** Milliseconds since 1970. */
  now: () => number;
  send: (command: DesktopCommand) => void;
  /** A command to the outbound form. */
  form: (command: OutboundCommand) => void;
  /** Pressed by a person. */
  dial: (request: DialRequest) => void;
  /** What is still on its way to the CRM. */
  records: () => RecordsView;
  /** The CRM has a log-in that can be opened. */
  canSignIn: boolean;
  /** Ports that were given in a call wait until it is over. */
  hostWaits: boolean;
  /** R10: pressed by a person. */
  callBack: (sessionId: string) => void;
  list: AgentDesktop['list'];
  /** A12: lines of the masked log. */
  log: () => readonly string[];
  /** A9: this tab has the line. */
  leads: () => boolean;
  /** The person wants this language from now on. */
  setLocale: (locale: string) => void;
  setDevices: AgentDesktop['setDevices'];
  openTicket: (id: string) => void;
  /** Where a person finds it in the CRM, if that is known. */
  ticketUrl: (id: string) => Promise<string | undefined>;
  openContact: (id: string) => void;
}

export const panelContext = createContext<Panel>('ccai-panel');
