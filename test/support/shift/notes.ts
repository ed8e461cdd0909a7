import type { SessionContext } from '../../../src/machine/session/session-context.js';

/** The words that the agent has typed as notes. Words of discarded notes may be missing in the CRM. */
export class Notes {
  readonly #typed = new Map<string, string>();
  readonly #excused = new Set<string>();
  #count = 0;

  /** Adds a unique word to the notes of a session. Returns the notes. */
  more({ session: { id }, draft: { notes } }: SessionContext): string {
    const word = `word${++this.#count}.`;
    this.#typed.set(word, id);
    return notes === '' ? word : `${notes} ${word}`;
  }

  /** The agent has discarded these notes. */
  thrownAway({ draft }: SessionContext): void {
    for (const word of draft.notes.split(' ')) this.#excused.add(word);
  }

  get count(): number {
    return this.#typed.size;
  }

  /** The words that are missing in the texts, with the session in which they were typed. */
  missingIn(texts: readonly string[], hasTicket: (sessionId: string) => boolean): readonly string[] {
    const all = texts.join('\n');
    return [...this.#typed]
      .filter(([word, id]) => !this.#excused.has(word) && hasTicket(id) && !all.includes(word))
      .map(([word, id]) => `${word} of ${id}`);
  }
}
