/**
 * Reads an object's own property by a name from outside. `table[name]` would also find inherited properties, such as
 * `constructor`, `toString` and `__proto__`. `npm run check` refuses `table[name]` where the name can be any text.
 */
export const own = <Value>(table: Readonly<Record<string, Value>>, name: string | undefined): Value | undefined =>
  name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
