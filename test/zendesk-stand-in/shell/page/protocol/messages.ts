/** A parsed message of a client. `appGuid`: the sender; `instanceGuid`: the instance that it is about. */
export type Incoming = { appGuid: string; instanceGuid: string } & (
  | { kind: 'handshake' }
  | { kind: 'on' | 'off'; event: string; count: number }
  | { kind: 'trigger'; name: string; data: unknown }
  | { kind: 'request'; number: number; options: unknown }
  | { kind: 'get'; id: number; params: string[] }
  | { kind: 'set'; id: number; params: Record<string, unknown> }
  | { kind: 'invoke'; id: number; params: Record<string, unknown[]> }
  /** Tracking, which a host accepts without a response. */
  | { kind: 'activity' }
);

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const hasOnly = (value: Fields, names: readonly string[]) => Object.keys(value).every((name) => names.includes(name));

function parseCall(data: Fields, guids: { appGuid: string; instanceGuid: string }): Incoming | string {
  const { id, request, params } = data;
  if (!hasOnly(data, ['id', 'request', 'params', 'appGuid', 'instanceGuid'])) return 'unknown field in a call';
  if (!Number.isInteger(id) || (id as number) < 1) return `id ${JSON.stringify(id)} is not 1, 2, 3 …`;
  const call = { id: id as number, ...guids };
  if (request === 'get') {
    const isPaths = Array.isArray(params) && params.length > 0 && params.every((path) => typeof path === 'string');
    return isPaths ? { kind: 'get', ...call, params } : 'params of get are not an array of paths';
  }
  if (!isFields(params) || Object.keys(params).length === 0) return `params of ${String(request)} are not an object`;
  if (request === 'set') return { kind: 'set', ...call, params };
  if (request !== 'invoke') return `unknown request ${JSON.stringify(request)}`;
  if (!Object.values(params).every((value) => Array.isArray(value)))
    return 'params of invoke are not arrays of arguments';
  return { kind: 'invoke', ...call, params: params as Record<string, unknown[]> };
}

function parseEvent(data: Fields, guids: { appGuid: string; instanceGuid: string }): Incoming | string {
  const { key, message } = data;
  if (!hasOnly(data, ['key', 'message', 'appGuid', 'instanceGuid'])) return 'unknown field in an event';
  if (typeof key !== 'string') return 'neither a key nor a request';
  if (key === 'session.live' || key === '__track__') return { kind: 'activity', ...guids };
  if (key === 'iframe.handshake') {
    const isVersion = isFields(message) && hasOnly(message, ['version']) && typeof message.version === 'string';
    return isVersion ? { kind: 'handshake', ...guids } : 'a handshake without its version';
  }
  const subscription = /^iframe[.](on|off):(.+)$/.exec(key);
  if (subscription) {
    const count = isFields(message) && hasOnly(message, ['subscriberCount']) ? message.subscriberCount : undefined;
    const kind = subscription[1] as 'on' | 'off';
    if (!Number.isInteger(count) || (count as number) < (kind === 'on' ? 1 : 0))
      return `${key} without subscriberCount`;
    return { kind, event: subscription[2]!, count: count as number, ...guids };
  }
  const trigger = /^iframe[.]trigger:(.+)$/.exec(key);
  if (trigger) return { kind: 'trigger', name: trigger[1]!, data: message, ...guids };
  const request = /^request:([1-9]\d*)$/.exec(key);
  if (request) return { kind: 'request', number: Number(request[1]), options: message, ...guids };
  return `unknown key ${JSON.stringify(key)}`;
}

/** Parses a client's message. A string is the problem of an invalid one. */
export function parseMessage(posted: unknown): Incoming | string {
  if (isFields(posted) && typeof posted.key === 'string' && posted.key.startsWith('iframe.reply:')) {
    return `${posted.key}: a reply to no hook`;
  }
  if (typeof posted !== 'string') return 'not a JSON string';
  let data: unknown;
  try {
    data = JSON.parse(posted);
  } catch {
    return 'not JSON';
  }
  if (!isFields(data)) return 'not a JSON object';
  const { appGuid, instanceGuid } = data;
  if (typeof appGuid !== 'string' || typeof instanceGuid !== 'string') return 'appGuid or instanceGuid is missing';
  const guids = { appGuid, instanceGuid };
  return 'request' in data ? parseCall(data, guids) : parseEvent(data, guids);
}
