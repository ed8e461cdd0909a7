/** Whether the value is a link that may be opened: an absolute https address. */
export const isHttps = (value: unknown): value is string =>
  typeof value === 'string' && URL.canParse(value) && new URL(value).protocol === 'https:';
