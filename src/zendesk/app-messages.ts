import type { DialRequest } from '../domain/dial.js';

/** The messages between the app's instances in one tab: top bar, background and ticket sidebars. */
export const appMessages = {
  /** A page of the app has been loaded. Other pages send it what it has missed. */
  ready: 'ccai.ready',
  dial: 'ccai.dial',
  /** The panel has received a dial request. */
  dialTaken: 'ccai.dial.taken',
  context: 'ccai.context',
  settings: 'ccai.settings',
} as const;

/** A dial request to the panel. */
export interface DialMessage {
  id: string;
  /** The instance of the app that sends the request. */
  from: string;
  request: DialRequest;
  /** Whether the click was in Zendesk's own menus, so that Zendesk may send its event to the panel too. */
  voice: boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads a dial message. Undefined: the data is not a dial message. */
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

/** Reads which ticket or contact the agent has open. `{}`: neither. */
export function readContext(data: unknown): { ticketId?: string; contactId?: string } {
  if (!isRecord(data)) return {};
  const { ticketId, contactId } = data;
  return { ...(isText(ticketId) ? { ticketId } : {}), ...(isText(contactId) ? { contactId } : {}) };
}
