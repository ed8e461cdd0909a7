/** Whatever some reader takes for the end of a line: of a comment, of notes, of a log, of a header. */
const aBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;
const breaks = new RegExp(`(?:[\\t ]*(?:${aBreak.source}))+[\\t ]*`, 'g');

/** Text from outside, where a line means something: it stays on the line that it is put on. */
export const oneLine = (text: string): string => text.replace(breaks, ' ');

/** The lines of a text, each of which stays one. */
export const linesOf = (text: string): readonly string[] => text.split(aBreak);
