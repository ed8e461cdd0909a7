import { TransportFailure, type ZendeskResponse, type ZendeskTransport } from './transport.js';

export interface FetchTransportOptions {
  /** https://acme.zendesk.com */
  origin: string;
  /** Returns the Authorization header of a request: an OAuth access token, `Bearer …`. It is called for each request. */
  authorization: () => string | Promise<string>;
  fetch?: typeof globalThis.fetch;
}

/** Sends requests with `fetch`, for a server. A page inside Zendesk uses `connectZendesk`, which needs no secret. */
export function fetchTransport({ origin, authorization, fetch = globalThis.fetch }: FetchTransportOptions) {
  const transport: ZendeskTransport = {
    origin,
    async send({ method, path, body, headers, signal }) {
      const init: RequestInit = {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: await authorization(),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body,
        signal,
      };
      let response: Response;
      let text: string;
      try {
        response = await fetch(origin + path, init);
        text = await response.text();
      } catch (cause) {
        signal?.throwIfAborted();
        throw new TransportFailure('There is no connection to Zendesk.', wasRefused(cause) ? 'no' : 'maybe', cause);
      }
      return { status: response.status, headers: Object.fromEntries(response.headers), body: parsed(text) };
    },
  };
  return transport;
}

/** Parses JSON. Another text, such as a proxy's page, stays a text. An empty text becomes undefined. */
export function parsed(text: string): ZendeskResponse['body'] {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Whether Node's error code means that the request was never sent. */
function wasRefused(error: unknown): boolean {
  const { code } = (error as { cause?: { code?: string } } | undefined)?.cause ?? {};
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
}
