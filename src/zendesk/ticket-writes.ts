import { CrmError } from '../crm/crm-error.js';
import type { TicketWrite, WriteResult } from '../crm/crm-host.js';
import type { StampGuard } from '../crm/http/stamp-guard.js';
import { writtenComment, type PanelOwner } from './comment-body.js';
import { externalKey } from './external-key.js';
import type { GroupMemberships } from './group-memberships.js';
import { audits, mergeTarget } from './merge-target.js';
import type { PreparedWrite } from './prepared-write.js';
import type { ZendeskTicket } from './shapes.js';
import type { TicketReader } from './ticket-reader.js';
import { customFields } from './ticket-mapping.js';
import { runTicketJob } from './ticket-job.js';
import { failedWrite, isClosedRefusal, type FailedWrite } from './write-refusal.js';
import type { ZendeskApi } from './zendesk-api.js';

/** The fewest writes that are sent as one job. Fewer writes are sent one by one, because polling a job costs more. */
const fewestForJob = 5;
const mostInJob = 100;
/** The name of a write's marker in the metadata of the audit. */
export const marker = 'ccai_key';

export interface TicketWriterOptions {
  api: ZendeskApi;
  guard: StampGuard;
  groups: GroupMemberships;
  reader: TicketReader;
  panelOwner: PanelOwner;
}

/**
 * Writes to tickets. Each write is applied at most once, by three means: Zendesk refuses a write if the ticket's stamp
 * has changed (optimistic concurrency), a marker in the ticket's audits shows that an earlier try was applied, and a
 * guard delays a write until the stamp's second is over. No failed write is repeated here.
 */
export class TicketWriter {
  readonly #options: TicketWriterOptions;

  constructor(options: TicketWriterOptions) {
    this.#options = options;
  }

  /** Returns the results in the order of the writes. Two writes to one ticket are sent one after the other. */
  async write(writes: readonly TicketWrite[]): Promise<readonly WriteResult[]> {
    const results = new Map<TicketWrite, WriteResult>();
    for (const round of rounds(writes)) {
      const prepared: PreparedWrite[] = [];
      // The tickets are read at once, so that the reader makes one request.
      const withoutStamp = round.filter(({ ifStamp }) => ifStamp === undefined);
      const read = new Map(withoutStamp.map((write) => [write, this.#read(write.ticketId)]));
      await Promise.allSettled(read.values());
      for (const write of round) {
        const next = await this.#prepare(write, read.get(write));
        if ('ok' in next) results.set(write, next);
        else prepared.push(next);
      }
      for (let at = 0; at < prepared.length; at += mostInJob)
        for (const result of await this.#send(prepared.slice(at, at + mostInJob)))
          results.set(
            round.find(({ key }) => key === result.key)!,
            result,
          );
    }
    return writes.map((write) => results.get(write)!);
  }

  /**
   * Reads the stamp, waits for the guard, then looks for an earlier try. The order matters: if an earlier try is applied
   * in the stamp's second, the audits show it, and if it is applied later, the ticket has another stamp.
   */
  async #prepare(write: TicketWrite, read?: Promise<ZendeskTicket>): Promise<PreparedWrite | WriteResult> {
    const { api } = this.#options;
    const { key, ticketId } = write;
    try {
      const stamp = write.ifStamp ?? (await (read ?? this.#read(ticketId))).updated_at;
      await api.delay(this.#options.guard.wait(ticketId, stamp));
      if (write.attempt === 'maybe-applied' && (await this.#wasApplied(write))) return { key, ok: true };
      return { write, ticket: await this.#ticketFor(write, stamp) };
    } catch (error) {
      return this.#reported(write, error, true);
    }
  }

  async #send(prepared: readonly PreparedWrite[]): Promise<readonly WriteResult[]> {
    if (prepared.length < fewestForJob) {
      const results: WriteResult[] = [];
      for (const one of prepared) results.push(await this.#update(one));
      return results;
    }
    const results = await runTicketJob(this.#options.api, prepared);
    return Promise.all(results.map((result, at) => (result.ok ? result : this.#resolved(prepared[at]!.write, result))));
  }

  async #update({ write, ticket }: PreparedWrite): Promise<WriteResult> {
    const { key, ticketId } = write;
    try {
      const body = JSON.stringify({ ticket });
      const path = `/api/v2/tickets/${ticketId}`;
      const answer = await this.#options.api.write<{ ticket?: ZendeskTicket }>('PUT', path, body, {});
      const updated = answer.ticket;
      if (typeof updated?.updated_at !== 'string')
        throw new CrmError('unavailable', 'Zendesk answered with something else than a ticket.', {
          outcome: 'unknown',
        });
      this.#options.groups.note(updated);
      return { key, ok: true, stamp: updated.updated_at };
    } catch (error) {
      return this.#reported(write, error, false);
    }
  }

  /** The result of a write that failed. `beforeSending`: the write itself was not sent. */
  async #reported(write: TicketWrite, error: unknown, beforeSending: boolean): Promise<WriteResult> {
    if (isClosedRefusal(error)) return this.#closed(write);
    const failed = failedWrite(write, error);
    if (beforeSending) return failed.outcome === 'unknown' ? { ...failed, outcome: 'not-applied' } : failed;
    return this.#resolved(write, failed);
  }

  /**
   * Finds out whether a refused write was applied. An earlier try of the same write may have caused the conflict: its
   * connection was cut, or the network sent it twice.
   */
  async #resolved(write: TicketWrite, failed: FailedWrite): Promise<WriteResult> {
    if (failed.reason === 'closed') return this.#closed(write);
    if (failed.reason !== 'conflict') return failed;
    const applied = await this.#wasApplied(write).catch(() => undefined);
    if (applied) return { key: write.key, ok: true };
    return applied === undefined ? { ...failed, outcome: 'unknown', reason: 'unavailable' } : failed;
  }

  /** R12: a closed ticket may have been merged. The result names the target. */
  async #closed(write: TicketWrite): Promise<WriteResult> {
    const { key, ticketId } = write;
    const refused = { key, ok: false, outcome: 'refused' } as const;
    try {
      const target = await mergeTarget(this.#options.api, await this.#read(ticketId));
      return target === undefined
        ? { ...refused, reason: 'closed', message: `Ticket ${ticketId} is closed.` }
        : {
            ...refused,
            reason: 'merged',
            message: `Ticket ${ticketId} was merged into ${target}.`,
            mergedInto: target,
          };
    } catch (error) {
      // The target could not be read. The next try reads it again.
      return { ...failedWrite(write, error), outcome: 'not-applied' };
    }
  }

  async #read(ticketId: string): Promise<ZendeskTicket> {
    const ticket = await this.#options.reader.read(ticketId, { priority: 'background' });
    if (!ticket) throw new CrmError('not-found', `There is no ticket ${ticketId} that you may see.`);
    this.#options.groups.note(ticket);
    return ticket;
  }

  async #wasApplied({ ticketId, key }: TicketWrite): Promise<boolean> {
    const mark = await externalKey(key);
    return (await audits(this.#options.api, ticketId)).some(({ metadata }) => metadata?.custom?.[marker] === mark);
  }

  async #ticketFor(write: TicketWrite, stamp: string): Promise<Record<string, unknown>> {
    const { key, ticketId, comment, assigneeId, status, fields } = write;
    const group = assigneeId === undefined ? undefined : await this.#options.groups.groupFor(ticketId, assigneeId);
    return {
      comment: comment && (await writtenComment(comment, this.#options.panelOwner)),
      assignee_id: assigneeId === undefined ? undefined : Number(assigneeId),
      group_id: group,
      status,
      custom_fields: fields && customFields(fields),
      metadata: { [marker]: await externalKey(key) },
      safe_update: true,
      updated_stamp: stamp,
    };
  }
}

/** Divides writes into rounds, in their order, so that no ticket occurs twice in a round. */
function rounds(writes: readonly TicketWrite[]): TicketWrite[][] {
  const all: TicketWrite[][] = [];
  const turns = new Map<string, number>();
  for (const write of writes) {
    const turn = turns.get(write.ticketId) ?? 0;
    turns.set(write.ticketId, turn + 1);
    (all[turn] ??= []).push(write);
  }
  return all;
}
