/**
 * What stands in a table under a name from outside. `table[name]` would also find what every object has: `constructor`,
 * `toString`, `__proto__`. A check of the project refuses that wherever the name can be anything.
 */
export const own = <Value>(table: Readonly<Record<string, Value>>, name: string | undefined): Value | undefined =>
  name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
