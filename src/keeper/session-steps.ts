import type { Clock, Timers } from '../environment/environment.js';
import { unfitSessionFields } from '../records/session-field-values.js';
import type { SessionEvent } from '../telephony/platform-event.js';
import { isPast } from './card-time.js';
import { CrmLookUps, NotNow } from './crm-look-ups.js';
import { lookUpRefused, notRecorded } from './event-roles.js';
import type { RecordKeeperOptions } from './options.js';
import type { Report } from './problem.js';
import type { Transcripts } from './transcripts.js';
import { RecordWriting } from './record-writing.js';
import { awaitsEndCard, awaitsTranscript, learn, withoutTranscript, type SessionEntry } from './session-entry.js';
import { takeStep, writeCard, writeTranscript, type StepPorts, type StepResult } from './take-event.js';

export interface SessionStepsOptions extends RecordKeeperOptions {
  clock: Clock;
  timers: Timers;
  report: Report;
  transcripts: Pick<Transcripts, 'read' | 'forget'>;
  /** All sessions, in the order of their first events. */
  entries: () => readonly SessionEntry[];
  /** Saves the session. Rejects with `NotNow` if another tab leads. */
  keep: (entry: SessionEntry) => Promise<void>;
  tellChoice: (entry: SessionEntry) => void;
  tellLinks: (entry: SessionEntry) => void;
}

/** Takes the events of sessions one by one, and writes their end cards and transcripts. Rejects with `NotNow` only. */
export class SessionSteps {
  readonly lookUps: CrmLookUps;
  readonly #options: SessionStepsOptions;
  readonly #writing: RecordWriting;

  constructor(options: SessionStepsOptions) {
    const { host, outbox, settings, clock, timers, report } = options;
    this.#options = options;
    this.#writing = new RecordWriting({ host, clock, timers }, settings());
    this.lookUps = new CrmLookUps(
      host,
      clock,
      (what, failure) => report(lookUpRefused(what, failure)),
      (fields) => {
        for (const { id, message } of unfitSessionFields(settings(), fields))
          report({ code: 'field-mapping', message, part: id });
      },
      (tickets) => outbox.noteTickets(tickets),
    );
  }

  /**
   * Takes the waiting events, and writes the end card if it is due. The events come first: a crash may have come after
   * the card of one of them, and before the journal knew it. Resolves with true if the session is silent (S4).
   */
  async takeAll(entry: SessionEntry, isOver: () => boolean): Promise<boolean> {
    for (let at = 0; at < entry.waiting.length;) {
      const event = entry.waiting[at]!;
      const result = await this.#take(entry, event);
      if (isOver()) return false;
      if (result === 'silent') return true;
      if (result === 'done') entry.waiting = entry.waiting.filter((one) => one !== event);
      // Earlier events may have waited for this one, so start from the first.
      at = result === 'done' ? 0 : at + 1;
    }
    if (awaitsEndCard(entry) && isPast(entry.cardDue, this.#options.clock.now())) await this.#writeCard(entry);
    if (awaitsTranscript(entry)) await this.#writeTranscript(entry, isOver);
    return false;
  }

  /** Takes one event. If the rules cannot read the event, reports it and drops it. */
  async #take(entry: SessionEntry, event: SessionEvent): Promise<StepResult> {
    try {
      return await takeStep(entry, event, this.portsOf(entry));
    } catch (error) {
      if (error instanceof NotNow) throw error;
      this.#options.report(notRecorded(event.type, 'it is malformed', entry.sessionId, error));
      return 'done';
    }
  }

  /** R31: writes the end card. If the rules cannot make it, reports that, so that it is not tried for ever. */
  async #writeCard(entry: SessionEntry): Promise<void> {
    try {
      await writeCard(entry, this.portsOf(entry));
    } catch (error) {
      if (error instanceof NotNow) throw error;
      learn(entry, { ...entry.known!, finished: true });
      this.#options.report(notRecorded('session.ended', 'its card cannot be written', entry.sessionId, error));
    }
  }

  /** R34: the card is in the outbox already, so the platform may take its time. */
  async #writeTranscript(entry: SessionEntry, isOver: () => boolean): Promise<void> {
    const { transcripts, report, keep } = this.#options;
    // A page that ends while the platform answers leaves the transcript to the next.
    await keep(entry);
    const conversation = await transcripts.read(entry.sessionId);
    if (isOver() || !awaitsTranscript(entry)) return;
    try {
      await writeTranscript(entry, conversation, this.portsOf(entry));
    } catch (error) {
      if (error instanceof NotNow) throw error;
      report(notRecorded('session.message', 'its transcript cannot be written', entry.sessionId, error));
    }
    learn(entry, withoutTranscript(entry));
    transcripts.forget(entry.sessionId);
  }

  /** The ports of one session's steps. */
  portsOf(entry: SessionEntry): StepPorts {
    const { clock, keep, tellChoice, tellLinks } = this.#options;
    return {
      ...this.#options,
      lookUps: this.lookUps,
      writing: this.#writing,
      now: () => clock.now(),
      keep: () => keep(entry),
      tellChoice: () => tellChoice(entry),
      tellLinks: () => tellLinks(entry),
    };
  }
}
