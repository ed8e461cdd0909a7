import { parsed } from './fetch-transport.js';
import type { Framework } from './framework.js';
import { TransportFailure, type ZendeskTransport } from './transport.js';

/** A response of the framework. A rejection has the same form, without headers. */
interface FrameworkAnswer {
  status?: number;
  headers?: unknown;
  responseJSON?: unknown;
  responseText?: string;
}

/** Sends requests through the app framework, as the signed-in agent. It needs no secret. It cannot abort a request. */
export function frameworkTransport(framework: Framework): ZendeskTransport {
  return {
    origin: framework.origin,
    async send({ method, path, body, headers }) {
      // No request is sent while the browser is offline.
      if (globalThis.navigator?.onLine === false)
        throw new TransportFailure('There is no connection to Zendesk.', 'no');
      let answer: FrameworkAnswer;
      try {
        answer = (await framework.client.request({
          url: path,
          type: method,
          ...(body !== undefined && { data: body, contentType: 'application/json' }),
          ...(headers && { headers }),
          httpCompleteResponse: true,
          // Only the outbox decides whether a request is sent again.
          autoRetry: false,
        })) as FrameworkAnswer;
      } catch (refusal) {
        answer = (refusal ?? {}) as FrameworkAnswer;
      }
      const { status = 0, responseJSON, responseText = '' } = answer;
      if (status === 0) throw new TransportFailure('There is no connection to Zendesk.', 'maybe');
      return { status, headers: headersOf(answer.headers), body: responseJSON ?? parsed(responseText) };
    },
  };
}

/** Reads headers, which the framework returns as an object or as the lines of an HTTP message. */
function headersOf(headers: unknown): Record<string, string> {
  const pairs =
    typeof headers === 'string'
      ? headers.split(/\r?\n/).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)])
      : Object.entries(headers ?? {});
  return Object.fromEntries(
    pairs.filter(([name]) => name).map(([name, value]) => [String(name).trim().toLowerCase(), String(value).trim()]),
  );
}
