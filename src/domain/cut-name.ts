const longestName = 300;

/** Names are short: a longer one is cut, and marked. No half of a character stays. */
export const cutName = (text: string): string =>
  text.length <= longestName ? text : `${text.slice(0, longestName - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
