/** A request to Zendesk's API. */
export interface ZendeskRequest {
  method: 'GET' | 'POST' | 'PUT';
  /** Begins with /api/v2, and contains the query. */
  path: string;
  /** JSON, which is sent unchanged. */
  body?: string;
  headers?: Readonly<Record<string, string>>;
  /** A transport that cannot abort a request ignores this signal: the caller ignores the response. */
  signal?: AbortSignal;
}

/** A response of any status. */
export interface ZendeskResponse {
  status: number;
  /** By name in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or a text that is not JSON. Undefined: empty. */
  body: unknown;
}

/** Sends requests to Zendesk: in a browser by the app framework, on a server by `fetch`. */
export interface ZendeskTransport {
  /** The account's origin: https://acme.zendesk.com */
  readonly origin: string;
  /** Rejects with a `TransportFailure` if there is no response. */
  send(request: ZendeskRequest): Promise<ZendeskResponse>;
}

/** The error of a request without a response. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  /** Whether Zendesk may have received the request. */
  readonly sent: 'no' | 'maybe';

  constructor(message: string, sent: 'no' | 'maybe', cause?: unknown) {
    super(message, { cause });
    this.sent = sent;
  }
}
