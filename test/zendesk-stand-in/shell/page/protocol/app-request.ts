/** The data of `request:N.done` and `.fail`. */
export interface RequestOutcome {
  done: boolean;
  responseArgs: [unknown];
}

interface Options {
  url: string;
  type?: string;
  data?: unknown;
  dataType?: string;
  contentType?: string;
  headers?: Record<string, string>;
  cors?: boolean;
  secure?: boolean;
  httpCompleteResponse?: boolean;
  autoRetry?: boolean;
  timeout?: number;
  cache?: boolean;
}

const isText = (value: unknown) => typeof value === 'string';
const isFlag = (value: unknown) => typeof value === 'boolean';
const isTexts = (value: unknown) => typeof value === 'object' && value !== null && Object.values(value).every(isText);

const documented: Record<keyof Options, (value: unknown) => boolean> = {
  url: isText,
  type: (value) => isText(value) && /^(GET|POST|PUT|PATCH|DELETE|HEAD)$/i.test(value as string),
  data: (value) => isText(value) || (typeof value === 'object' && value !== null),
  dataType: (value) => value === 'json' || value === 'text',
  contentType: isText,
  headers: isTexts,
  cors: isFlag,
  secure: isFlag,
  httpCompleteResponse: isFlag,
  autoRetry: isFlag,
  timeout: (value) => typeof value === 'number' && value >= 0,
  cache: isFlag,
};

const failed = (status: number, statusText: string, responseText = '', responseJSON?: unknown): RequestOutcome => ({
  done: false,
  responseArgs: [{ status, statusText, responseJSON, responseText }],
});

/** The problem of a request's options; undefined: none. */
function problemOf(options: unknown): string | undefined {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return 'options are not an object';
  for (const [name, value] of Object.entries(options)) {
    const isFine = (documented as Record<string, ((value: unknown) => boolean) | undefined>)[name];
    if (!isFine) return `option ${name} is not documented`;
    if (!isFine(value)) return `option ${name} has the value ${JSON.stringify(value)}`;
  }
  const { url, cors, secure } = options as Partial<Options>;
  if (!url?.startsWith('/api/v2/')) return `url ${JSON.stringify(url)} is not a path below /api/v2/`;
  if (new URL(url, location.origin).origin !== location.origin) return `url ${url} leads elsewhere`;
  if (cors || secure) return 'cors and secure are for other servers than the account';
}

function toFetch(options: Options): { url: string; init: RequestInit } {
  const method = (options.type ?? 'GET').toUpperCase();
  const { data } = options;
  // As in jQuery, an object is sent as form fields, whatever the contentType. JSON must be a string.
  const sent = data === undefined || isText(data) ? (data as string | undefined) : formOf(data as object);
  const inUrl = method === 'GET' || method === 'HEAD';
  const headers = new Headers({ accept: 'application/json', ...options.headers });
  if (sent !== undefined && !inUrl) {
    headers.set('content-type', options.contentType ?? 'application/x-www-form-urlencoded; charset=UTF-8');
  }
  const url = sent && inUrl ? `${options.url}${options.url.includes('?') ? '&' : '?'}${sent}` : options.url;
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (!inUrl && sent !== undefined) init.body = sent;
  if (options.timeout) init.signal = AbortSignal.timeout(options.timeout);
  return { url, init };
}

function formOf(data: object) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(data)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      form.append(Array.isArray(value) ? `${name}[]` : name, String(one));
    }
  }
  return form.toString();
}

/** Undefined if the text is not JSON. */
function asJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

async function attempt(options: Options): Promise<RequestOutcome> {
  const { url, init } = toFetch(options);
  const response = await fetch(url, init);
  const responseText = await response.text();
  const { status, statusText } = response;
  const json = asJson(responseText);
  if (!response.ok) return failed(status, statusText, responseText, json?.value);
  const isJson = options.dataType === 'json' || /\bjson\b/.test(response.headers.get('content-type') ?? '');
  if (isJson && responseText && options.dataType !== 'text' && !json) {
    return failed(status, 'parsererror', responseText);
  }
  const responseJSON = isJson ? json?.value : undefined;
  const headers = Object.fromEntries(response.headers);
  const data = options.httpCompleteResponse
    ? { status, statusText, headers, responseJSON, responseText }
    : (options.dataType !== 'text' && responseJSON) || responseText;
  return { done: true, responseArgs: [data] };
}

const wantsRetry = (outcome: RequestOutcome) => {
  const { status } = outcome.responseArgs[0] as { status?: number };
  return !outcome.done && (status === 429 || (status ?? 0) >= 500);
};

/** Runs `client.request(options)` in the session of the signed-in agent. Undocumented options are reported to `refuse`. */
export async function runAppRequest(options: unknown, refuse: (text: string) => void): Promise<RequestOutcome> {
  const problem = problemOf(options);
  if (problem) {
    refuse(`client.request: ${problem}`);
    return failed(400, 'Bad Request', problem);
  }
  const known = options as Options;
  try {
    const outcome = await attempt(known);
    if (known.autoRetry === false || !wantsRetry(outcome)) return outcome;
    await new Promise((resolve) => setTimeout(resolve, 250));
    return await attempt(known);
  } catch (error) {
    return failed(0, error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'error');
  }
}
