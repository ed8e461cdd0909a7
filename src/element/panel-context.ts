import { createContext } from '@lit/context';
import type { TemplateResult } from 'lit';
import type { AgentDesktop, DesktopCommand, DesktopSnapshot } from '../desktop/agent-desktop.js';
import type { DialRequest } from '../domain/dial.js';
import type { OutboundCommand } from '../machine/outbound/outbound-setup.js';
import type { Localizer } from './localize.js';

/** What the shell hands to its screens: what is going on, the words for it, and the ways to act. */
export interface Panel {
  /** For what has no line of its own here. */
  desktop: AgentDesktop;
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
  /** Ports that were given in a call wait until it is over. */
  hostWaits: boolean;
  /** What stands in place of a screen that could not be shown; it comes after the first paint. */
  broken?: (panel: Panel, again: () => void) => TemplateResult;
  /** The person wants this language from now on. */
  setLocale: (locale: string) => void;
  openTicket: (id: string) => void;
  openContact: (id: string) => void;
}

export const panelContext = createContext<Panel>('ccai-panel');
