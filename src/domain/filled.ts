import { own } from './own.js';

/** Fills in the words in braces. A word without a value stays. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (braced, name: string) => String(own(values, name) ?? braced));
