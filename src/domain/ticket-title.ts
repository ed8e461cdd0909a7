/** What a ticket's title may name (S8). */
export interface TitleValues {
  channel: string;
  'contact.name': string;
  queue: string;
  number: string;
  date: string;
}

export const titleVariables = ['channel', 'contact.name', 'queue', 'number', 'date'] as const;

const variable = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The variables of a title that S8 does not know, as they are written. */
export const unknownTitleVariables = (title: string): readonly string[] =>
  [...title.matchAll(variable)]
    .filter(([, name]) => !titleVariables.includes(name as never))
    .map(([written]) => written);

/** S8: the title with its variables filled in; what is unknown of a session leaves no gap behind it. */
export const fillTitle = (title: string, values: Partial<TitleValues>): string =>
  title
    .replace(variable, (written, name: keyof TitleValues) =>
      titleVariables.includes(name) ? (values[name] ?? '') : written,
    )
    .replace(/\s+/g, ' ')
    .replace(/^[\s:·–—-]+|[\s:·–—-]+$/g, '') || 'Call';
