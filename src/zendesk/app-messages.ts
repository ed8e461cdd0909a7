import type { DialRequest } from '../domain/dial.js';

/** What the app's instances (top bar, background, ticket sidebars) tell each other in one tab. */
export const appMessages = {
  /** The panel is there: what was meant for it is sent again. */
  ready: 'ccai.ready',
  dial: 'ccai.dial',
  /** The panel has it. */
  dialTaken: 'ccai.dial.taken',
  context: 'ccai.context',
  settings: 'ccai.settings',
} as const;

/** A dial request on its way to the panel. `voice`: it came from Zendesk's own menus, which may tell the panel as well. */
export interface DialMessage {
  id: string;
  from: string;
  request: DialRequest;
  voice: boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The message, or undefined where it is none. */
export function readDialMessage(data: unknown): DialMessage | undefined {
  if (!isRecord(data) || !isText(data.id) || !isText(data.from)) return undefined;
  const request = readDialRequest(data.request);
  return request && { id: data.id, from: data.from, request, voice: data.voice === true };
}

function readDialRequest(data: unknown): DialRequest | undefined {
  if (!isRecord(data)) return undefined;
  const { from, number, ticketId, contactId } = data;
  const hint = isText(contactId) ? { contactId } : {};
  if (from === 'contact' && isText(contactId) && isText(number)) return { from, contactId, number };
  if (from === 'ticket' && isText(ticketId) && isText(number)) return { from, ticketId, number, ...hint };
  if (from === 'ticket-new-number' && isText(ticketId)) return { from, ticketId, ...hint };
  if (from === 'adapter') return { from, ...(isText(number) ? { number } : {}) };
  return undefined;
}

/** What the person has open; `{}` where it is neither a ticket nor a contact. */
export function readContext(data: unknown): { ticketId?: string; contactId?: string } {
  if (!isRecord(data)) return {};
  const { ticketId, contactId } = data;
  return { ...(isText(ticketId) ? { ticketId } : {}), ...(isText(contactId) ? { contactId } : {}) };
}
