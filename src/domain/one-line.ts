/** Whatever some reader takes for the end of a line: of a comment, of notes, of a log, of a header. */
const aBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** Text from outside, where a line means something: it stays on the line that it is put on. */
export function oneLine(text: string): string {
  const lines = linesOf(text);
  const last = lines.length - 1;
  if (last === 0) return text;
  const trimmed = lines.map((line, at) => (at === 0 ? line.trimEnd() : at === last ? line.trimStart() : line.trim()));
  return trimmed.filter((line, at) => line !== '' || at === 0 || at === last).join(' ');
}

/** The lines of a text, each of which stays one. */
export const linesOf = (text: string): readonly string[] => text.split(aBreak);
