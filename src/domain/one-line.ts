/** The characters that some software treats as a line break in a comment, a note, a log or a header. */
const lineBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** Replaces line breaks by spaces, so that a text from outside cannot begin a line of its own. */
export function oneLine(text: string): string {
  const lines = linesOf(text);
  const last = lines.length - 1;
  if (last === 0) return text;
  const trimmed = lines.map((line, at) => (at === 0 ? line.trimEnd() : at === last ? line.trimStart() : line.trim()));
  return trimmed.filter((line, at) => line !== '' || at === 0 || at === last).join(' ');
}

/** Splits a text at every kind of line break. */
export const linesOf = (text: string): readonly string[] => text.split(lineBreak);
