/** One request to Zendesk's API. `path` begins with /api/v2 and carries its query; `body` is JSON, sent as it is. */
export interface ZendeskRequest {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: string;
  headers?: Readonly<Record<string, string>>;
  /** A transport that cannot abort ignores the response. */
  signal?: AbortSignal;
}

/** A response of any status. Header names are in lower case; `body` is parsed JSON, or text that is no JSON. */
export interface ZendeskResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

/** How requests reach Zendesk: the app framework in a browser, `fetch` on a server. */
export interface ZendeskTransport {
  /** The account's address: https://acme.zendesk.com */
  readonly origin: string;
  /** Rejects with a `TransportFailure` if there is no response. */
  send(request: ZendeskRequest): Promise<ZendeskResponse>;
}

/** There was no response. `sent`: whether Zendesk may have received the request. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly sent: 'no' | 'maybe';

  constructor(message: string, sent: 'no' | 'maybe', cause?: unknown) {
    super(message, { cause });
    this.sent = sent;
  }
}
