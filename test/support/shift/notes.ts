import type { SessionContext } from '../../../src/machine/session/session-context.js';

/** Every word that the agent has noted, and those of which nothing need be found. */
export class Notes {
  readonly #typed = new Map<string, string>();
  readonly #excused = new Set<string>();
  #count = 0;

  /** The notes of a session with one word more, which is like no other. */
  more({ session: { id }, draft: { notes } }: SessionContext): string {
    const word = `word${++this.#count}.`;
    this.#typed.set(word, id);
    return notes === '' ? word : `${notes} ${word}`;
  }

  /** Thrown away by the agent. */
  thrownAway({ draft }: SessionContext): void {
    for (const word of draft.notes.split(' ')) this.#excused.add(word);
  }

  get count(): number {
    return this.#typed.size;
  }

  /** Words that stand nowhere, with the session in which they were typed. */
  missingIn(texts: readonly string[], hasTicket: (sessionId: string) => boolean): readonly string[] {
    const all = texts.join('\n');
    return [...this.#typed]
      .filter(([word, id]) => !this.#excused.has(word) && hasTicket(id) && !all.includes(word))
      .map(([word, id]) => `${word} of ${id}`);
  }
}
