const longestName = 300;

/** Cuts a name of more than 300 characters and marks the cut with `…`. A surrogate pair is never split. */
export const cutName = (text: string): string =>
  text.length <= longestName ? text : `${text.slice(0, longestName - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
