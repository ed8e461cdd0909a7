/** Gives the problem of a value; undefined: none. */
export type Shape = (value: unknown, at: string) => string | undefined;

const must = (test: (value: unknown) => boolean, be: string): Shape => {
  return (value, at) => (test(value) ? undefined : `${at} must be ${be}`);
};

export const text = must((value) => typeof value === 'string', 'a string');
export const whole = must((value) => Number.isInteger(value), 'an integer');
export const id = must((value) => Number.isInteger(value) && (value as number) > 0, 'an id (a number)');
export const flag = must((value) => typeof value === 'boolean', 'true or false');
export const time = must(
  (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value),
  'a time (ISO 8601)',
);
export const scalar = must(
  (value) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
  'plain',
);
export const oneOf = (...values: unknown[]) => must((value) => values.includes(value), `one of ${values.join(', ')}`);
export const orNull =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? undefined : shape(value, at);
export const either =
  (...shapes: Shape[]): Shape =>
  (value, at) =>
    shapes.some((shape) => shape(value, at) === undefined) ? undefined : shapes[0]!(value, at);

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const list =
  (shape: Shape): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} must be a list`;
    for (const [index, one] of value.entries()) {
      const wrong = shape(one, `${at}[${index}]`);
      if (wrong) return wrong;
    }
    return undefined;
  };

/** An object with any keys and values of this shape. */
export const keyed =
  (shape: Shape): Shape =>
  (value, at) => {
    if (!isPlain(value)) return `${at} must be an object`;
    for (const [key, one] of Object.entries(value)) {
      const wrong = shape(one, `${at}.${key}`);
      if (wrong) return wrong;
    }
    return undefined;
  };

/** An object with no other fields than these. Only the required ones must be there. */
export const fields =
  (known: Record<string, Shape>, required: readonly string[] = []): Shape =>
  (value, at) => {
    if (!isPlain(value)) return `${at} must be an object`;
    const missing = required.find((name) => value[name] === undefined);
    if (missing) return `${at}.${missing} is missing`;
    for (const [name, one] of Object.entries(value)) {
      const shape = Object.hasOwn(known, name) ? known[name] : undefined;
      const wrong = shape ? shape(one, `${at}.${name}`) : `${at}.${name} is not documented`;
      if (wrong) return wrong;
    }
    return undefined;
  };

/** The allowed values of a query parameter. */
export type Parameter = (value: string) => boolean;
export const words: Parameter = () => true;
export const among =
  (...values: string[]): Parameter =>
  (value) =>
    values.includes(value);
export const number: Parameter = (value) => /^\d+$/.test(value);
export const numbers: Parameter = (value) => /^\d+(,\d+)*$/.test(value);
