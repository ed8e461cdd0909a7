/** A number that outbound calls come from. Without languages it serves all of them (F2). */
export interface OutboundNumber {
  number: string;
  label: string;
  languages: readonly string[];
  /** The default of the queue that the agent's team serves (T7). */
  default?: boolean;
}

/** The numbers and languages that the platform offers for outbound calls. */
export interface OutboundChoices {
  outboundNumbers: readonly OutboundNumber[];
  /** BCP 47. */
  languages: readonly string[];
  /** Without it the first language is the default. */
  defaultLanguage?: string;
}

const serves = ({ languages }: OutboundNumber, language: string | undefined): boolean =>
  languages.length === 0 || language === undefined || languages.includes(language);

/** F2: the numbers that serve the language. */
export const outboundNumbersFor = (choices: OutboundChoices, language: string | undefined): readonly OutboundNumber[] =>
  choices.outboundNumbers.filter((number) => serves(number, language));

/** F7: the default language. Undefined if the platform has no languages. */
export const defaultLanguage = ({ defaultLanguage, languages }: OutboundChoices): string | undefined =>
  languages.length > 0 ? (defaultLanguage ?? languages[0]) : undefined;

/**
 * T7: the default number of the team's queue, if it serves the language. Without one, the only number (A17). Otherwise
 * the agent chooses.
 */
export function defaultOutboundNumber(
  choices: OutboundChoices,
  language: string | undefined,
): OutboundNumber | undefined {
  const offered = outboundNumbersFor(choices, language);
  return offered.find((number) => number.default) ?? (offered.length === 1 ? offered[0] : undefined);
}
