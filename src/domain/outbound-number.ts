/** A number that calls go out from. No languages: it serves all of them (F2). */
export interface OutboundNumber {
  number: string;
  label: string;
  languages: readonly string[];
  /** The default of the queue that the agent's team serves (T7). */
  default?: boolean;
}

/** What the platform offers for outbound calls. */
export interface OutboundChoices {
  outboundNumbers: readonly OutboundNumber[];
  /** BCP 47. */
  languages: readonly string[];
  /** Else the first. */
  defaultLanguage?: string;
}

const serves = ({ languages }: OutboundNumber, language: string | undefined): boolean =>
  languages.length === 0 || language === undefined || languages.includes(language);

/** F2: the numbers that have the language, or name none. */
export const outboundNumbersFor = (line: OutboundChoices, language: string | undefined): readonly OutboundNumber[] =>
  line.outboundNumbers.filter((number) => serves(number, language));

/** F7: a platform without languages is not asked for one. */
export const defaultLanguage = ({ defaultLanguage, languages }: OutboundChoices): string | undefined =>
  languages.length > 0 ? (defaultLanguage ?? languages[0]) : undefined;

/** T7: the default of the team's queue, where it fits the language; else the agent chooses. */
export const defaultOutboundNumber = (
  line: OutboundChoices,
  language: string | undefined,
): OutboundNumber | undefined => outboundNumbersFor(line, language).find((number) => number.default);
