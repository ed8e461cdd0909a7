import type { FieldValue } from '../domain/contact.js';
import type { Attachment } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { CallQueue } from './call-queue.js';
import { incomingSession, type Caller, type CallChannel, type LeftVoicemail } from './caller.js';
import type { PlatformContext } from './platform-context.js';
import { newSession, type SimulatedSession } from './simulated-session.js';
import type { VoicemailBox } from './voicemail-box.js';

type Data = Readonly<Record<string, FieldValue>>;

/** What customers and the platform's other parts do when a test or a demo asks for it. */
export class SimulatedCustomers {
  #context: PlatformContext;
  #queue: CallQueue;
  #voicemailBox: VoicemailBox;

  constructor(context: PlatformContext, queue: CallQueue, voicemailBox: VoicemailBox) {
    this.#context = context;
    this.#queue = queue;
    this.#voicemailBox = voicemailBox;
  }

  voicemail(voicemail: LeftVoicemail): string {
    return this.#voicemailBox.leave(voicemail).sessionId;
  }

  abandoned({ waitedSeconds = 40, ...caller }: Caller & { channel?: CallChannel; waitedSeconds?: number }): string {
    const { scheduler, clock, profile } = this.#context;
    const now = clock.now();
    const session = incomingSession(scheduler.newId(), caller, profile);
    const queued = { place: 'queue', phase: 'offered', conduct: {}, record: false } as const;
    this.#queue.abandon(scheduler.add(newSession(session, now - waitedSeconds * 1000, queued)), now);
    return session.id;
  }

  pickUp(sessionId: string): void {
    const simulated = this.#context.session(sessionId);
    if (simulated.endedAt !== undefined || simulated.place !== 'agent' || simulated.session.phase === 'offered') return;
    this.#context.scheduler.schedule(simulated, 'course', [{ after: 0, do: 'connected' }]);
  }

  hangUp(sessionId: string): void {
    const simulated = this.#context.session(sessionId);
    const { scheduler, clock } = this.#context;
    if (simulated.endedAt !== undefined) return;
    if (simulated.place === 'queue' || simulated.session.phase === 'offered')
      return this.#queue.giveUp(simulated, clock.now());
    const reason = simulated.session.direction === 'outbound' ? 'eu_rejected' : 'eu_abandoned';
    const failReason = simulated.connectedAt === undefined ? reason : undefined;
    scheduler.schedule(simulated, 'course', [{ after: 0, do: 'end', by: 'customer', failReason }]);
  }

  moveToQueue(sessionId: string, queue: { id: string; path: readonly string[] }): void {
    const simulated = this.#context.session(sessionId);
    this.#context.scheduler.change(simulated, { queue });
    this.#context.scheduler.emit(simulated, { type: 'session.queue-changed', queue });
  }

  message(sessionId: string, unread?: number): void {
    const simulated = this.#context.agentSession(sessionId);
    simulated.unread = unread ?? simulated.unread + 1;
    this.#context.scheduler.emit(simulated, { type: 'session.message', unread: simulated.unread });
  }

  quality(sessionId: string, quality: { word: string; loss: number; jitter: number }): void {
    this.#context.scheduler.emit(this.#context.agentSession(sessionId), { type: 'session.quality', ...quality });
  }

  rate(sessionId: string, score: number, feedback?: string): void {
    if (!(Number.isInteger(score) && score >= 1 && score <= 5))
      throw new TelephonyError('invalid', `${score} is not a rating: a rating is 1 to 5.`);
    const simulated = this.#assignedSession(sessionId);
    simulated.rating = score;
    this.#context.scheduler.emit(simulated, {
      type: 'rating.received',
      score,
      feedback,
    });
  }

  smartAction(
    sessionId: string,
    action: { kind: string; results?: Data; attachments?: readonly Attachment[]; verified?: boolean },
  ): void {
    const { kind, results = {}, attachments = [], verified } = action;
    this.#context.scheduler.emit(this.#assignedSession(sessionId), {
      type: 'smart-action.completed',
      kind,
      results,
      attachments,
      verified,
    });
  }

  smartActionFails(sessionId: string, failure: { kind: string; message: string; byUser: boolean }): void {
    this.#context.scheduler.emit(this.#assignedSession(sessionId), { type: 'smart-action.failed', ...failure });
  }

  apiResponds(sessionId: string, response: { name: string; data: Data }): void {
    this.#context.scheduler.emit(this.#context.session(sessionId), { type: 'api.responded', ...response });
  }

  recordInParts(sessionId: string, recordingParts: number): void {
    const simulated = this.#context.agentSession(sessionId);
    simulated.conduct = { ...simulated.conduct, recordingParts };
    this.#context.save();
  }

  customData(sessionId: string, data: Data): void {
    const simulated = this.#context.session(sessionId);
    this.#context.scheduler.change(simulated, { customData: { ...simulated.session.customData, ...data } });
    this.#context.scheduler.emit(simulated, { type: 'custom-data.received', data });
  }

  /** A session that an agent has or had. Throws `invalid` or `not-available`. */
  #assignedSession(sessionId: string): SimulatedSession {
    const simulated = this.#context.session(sessionId);
    if (simulated.session.agentId === undefined)
      throw new TelephonyError('not-available', `Session ${sessionId} has not reached an agent.`);
    return simulated;
  }
}
