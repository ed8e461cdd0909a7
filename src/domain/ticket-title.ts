/** The variables of a ticket's title (S8). */
export interface TitleValues {
  channel: string;
  'contact.name': string;
  queue: string;
  number: string;
  date: string;
}

export const titleVariables = ['channel', 'contact.name', 'queue', 'number', 'date'] as const;

const variable = /\{\{([^{}]*)\}\}/g;

const isVariable = (name: string): name is keyof TitleValues => titleVariables.includes(name as never);

/** The unknown variables of a title, as they are written. */
export const unknownTitleVariables = (title: string): readonly string[] =>
  [...title.matchAll(variable)].filter(([, name = '']) => !isVariable(name.trim())).map(([written]) => written);

/** S8: fills in a title's variables. A variable without a value leaves no gap. */
export function fillTitle(title: string, values: Partial<TitleValues>): string {
  const filled = title.replace(variable, (written, inner: string) => {
    const name = inner.trim();
    return isVariable(name) ? (values[name] ?? '') : written;
  });
  return withoutEdges(filled.replace(/\s+/g, ' ')) || 'Call';
}

const edge = /[\s:·–—-]/;

/** Removes spaces and dashes at both ends. `/[ -]+$/` would take quadratic time if the middle has many of them. */
function withoutEdges(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && edge.test(text[from]!)) from++;
  while (to > from && edge.test(text[to - 1]!)) to--;
  return text.slice(from, to);
}
