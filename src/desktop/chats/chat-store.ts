import type { Iso } from '../../domain/contact.js';
import type { Failure } from '../../domain/failure.js';
import type { Attachment } from '../../domain/session.js';
import type { SealedStore } from '../../environment/environment.js';
import { SealedTable } from '../../environment/sealed-table.js';
import type { ChatDraft } from '../../machine/chat/chat-question.js';

/** An own message that the platform may not have yet. */
export interface StoredMessage {
  kind: 'message';
  sessionId: string;
  agentId: string;
  key: string;
  at: Iso;
  text?: string;
  files?: readonly Attachment[];
  /** Why the last try failed. Absent while it is being sent. */
  failure?: Failure;
}

export interface StoredDraft extends ChatDraft {
  kind: 'draft';
  sessionId: string;
  agentId: string;
  /** Milliseconds since 1970. */
  at: number;
}

export type ChatRow = StoredMessage | StoredDraft;

/** Milliseconds. How long a draft of a chat that nobody has closed is kept. */
const draftKept = 24 * 3_600_000;

const keyOf = (row: ChatRow): string => (row.kind === 'draft' ? `draft ${row.sessionId}` : `message ${row.key}`);

/**
 * A15: stores drafts and unsent messages of chats, sealed, so that they outlive the page. A draft stays with its author:
 * the storage is the agent's own, and each row names them.
 */
export class ChatStore {
  readonly #table: SealedTable<ChatRow>;
  readonly #epoch: () => number | undefined;
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(storage: SealedStore, epoch: () => number | undefined) {
    this.#table = new SealedTable(storage, 'chats');
    this.#epoch = epoch;
  }

  /** The rows of this agent. Unreadable rows are left out. */
  async load(agentId: string, now: number): Promise<readonly ChatRow[]> {
    const { rows } = await this.#table.open({ isUnreadable: () => true });
    const isOld = (row: ChatRow) => row.kind === 'draft' && Math.abs(now - row.at) > draftKept;
    await this.#table.removeIds(rows.flatMap(({ id, value }) => (isOld(value) ? [id] : []))).catch(() => undefined);
    return rows.map(({ value }) => value).filter((row) => row.agentId === agentId && !isOld(row));
  }

  /**
   * Puts and removes rows in one transaction, so that a draft and its message never exist both, and never neither.
   * Rejects if another tab leads.
   */
  change(put: readonly ChatRow[], remove: readonly ChatRow[] = []): Promise<void> {
    const write = this.#lastWrite.then(async () => {
      const epoch = this.#epoch();
      const change = { put: put.map((value) => ({ key: keyOf(value), value })), remove: remove.map(keyOf) };
      if (epoch === undefined || !(await this.#table.change({ ...change, epoch })))
        throw Object.assign(new Error('Another tab leads.'), { code: 'busy-elsewhere' });
    });
    this.#lastWrite = write.catch(() => undefined);
    return write;
  }
}
