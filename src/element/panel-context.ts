import { createContext } from '@lit/context';
import type { TemplateResult } from 'lit';
import type { AgentDesktop, DesktopCommand, DesktopSnapshot } from '../desktop/agent-desktop.js';
import type { DialRequest } from '../domain/dial.js';
import type { OutboundCommand } from '../machine/outbound/outbound-setup.js';
import type { Localizer } from './localize.js';

/** The context that `<ccai-agent-adapter>` provides to its screens: state, words, and commands. */
export interface Panel {
  /** For actions that this context does not have. */
  desktop: AgentDesktop;
  snapshot: DesktopSnapshot;
  words: Localizer;
  /** The CRM's name, for messages. */
  crm: string;
  /** Milliseconds since 1970. */
  now: () => number;
  send: (command: DesktopCommand) => void;
  /** Sends a command to the outbound form. */
  form: (command: OutboundCommand) => void;
  /** Opens the form for a request. A person pressed a control, so a complete call-back dials at once. */
  dial: (request: DialRequest) => void;
  /** Whether new ports wait until the call is over. */
  hostWaits: boolean;
  /** Whether the list of the records on their way to the CRM is open. */
  recordsOpen: boolean;
  showRecords: (open: boolean) => void;
  /** Renders the replacement for a screen that threw. It loads after the first paint. */
  broken?: (panel: Panel, again: () => void) => TemplateResult;
  /** Chooses the panel's language in this browser. */
  setLocale: (locale: string) => void;
  openTicket: (id: string) => void;
  openContact: (id: string) => void;
}

export const panelContext = createContext<Panel>('ccai-panel');
