import { parsed } from './fetch-transport.js';
import type { Framework } from './framework.js';
import { TransportFailure, type ZendeskTransport } from './transport.js';

/** What the framework hands out of an answer, and, without headers, of a refusal. */
interface FrameworkAnswer {
  status?: number;
  headers?: unknown;
  responseJSON?: unknown;
  responseText?: string;
}

/** Requests through the app framework, in the agent's own session: no secret is needed, and nothing can be aborted. */
export function frameworkTransport(framework: Framework): ZendeskTransport {
  return {
    origin: framework.origin,
    async send({ method, path, body, headers }) {
      // What the browser knows to be without a network is certainly not sent.
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
          // The outbox alone decides whether anything is sent again.
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

/** An object, or the lines of an HTTP message. */
function headersOf(headers: unknown): Record<string, string> {
  const pairs =
    typeof headers === 'string'
      ? headers.split(/\r?\n/).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)])
      : Object.entries(headers ?? {});
  return Object.fromEntries(
    pairs.filter(([name]) => name).map(([name, value]) => [String(name).trim().toLowerCase(), String(value).trim()]),
  );
}
