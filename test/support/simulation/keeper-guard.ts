import { withKey } from './key-mark.js';
import type { Intent } from '../../../src/records/intent.js';
import type { Outbox, OutboxEntry } from '../../../src/outbox/outbox.js';

/** The outbox for one turn of a keeper. After the turn it rejects every intent. */
export class KeeperGuard implements Outbox {
  readonly #outbox: Outbox;
  readonly #isOver: () => boolean;
  readonly #mark: (intent: Intent) => Intent;

  constructor(outbox: Outbox, isOver: () => boolean, marksKeys = false) {
    this.#mark = marksKeys ? withKey : (intent) => intent;
    this.#outbox = outbox;
    this.#isOver = isOver;
  }

  enqueue(intents: readonly Intent[]): Promise<void> {
    return this.#isOver()
      ? Promise.reject(new Error('Another tab leads.'))
      : this.#outbox.enqueue(intents.map(this.#mark));
  }

  knows(key: string): boolean {
    return this.#outbox.knows(key);
  }

  settled(prefix: string): ReturnType<Outbox['settled']> {
    return this.#outbox.settled(prefix);
  }

  takeBack(isWanted: (intent: Intent) => boolean): Promise<'done' | 'waits'> {
    return this.#isOver() ? Promise.reject(new Error('Another tab leads.')) : this.#outbox.takeBack(isWanted);
  }

  noteTickets(...given: Parameters<Outbox['noteTickets']>): void {
    this.#outbox.noteTickets(...given);
  }

  get entries(): readonly OutboxEntry[] {
    return this.#outbox.entries;
  }

  subscribe(listener: (entry: OutboxEntry) => void): () => void {
    return this.#outbox.subscribe(listener);
  }

  retry(key?: string): void {
    this.#outbox.retry(key);
  }

  discard(key: string): Promise<void> {
    return this.#outbox.discard(key);
  }

  flush(): Promise<void> {
    return this.#outbox.flush();
  }

  stop(): void {
    this.#outbox.stop();
  }
}
