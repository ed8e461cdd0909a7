/** One request to Zendesk's API. `path` begins with /api/v2 and carries its query; `body` is JSON, sent as it is. */
export interface ZendeskRequest {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: string;
  headers?: Readonly<Record<string, string>>;
  /** Where the carrier cannot abort, the answer is ignored. */
  signal?: AbortSignal;
}

/** An answer of any status. Names of headers are in lower case; `body` is parsed JSON, or the text where it is none. */
export interface ZendeskResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

/** How requests reach Zendesk: the app framework in a browser, `fetch` on a server. */
export interface ZendeskTransport {
  /** The account's address: https://acme.zendesk.com */
  readonly origin: string;
  /** Rejects with a `TransportFailure` when there is no answer. */
  send(request: ZendeskRequest): Promise<ZendeskResponse>;
}

/** There is no answer. `sent`: whether Zendesk may have got the request all the same. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly sent: 'no' | 'maybe';

  constructor(message: string, sent: 'no' | 'maybe', cause?: unknown) {
    super(message, { cause });
    this.sent = sent;
  }
}
