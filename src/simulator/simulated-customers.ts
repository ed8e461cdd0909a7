import type { FieldValue } from '../domain/contact.js';
import type { Attachment } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import {
  incomingSession,
  type Caller,
  type CallChannel,
  type IncomingCall,
  type IncomingChat,
  type LeftVoicemail,
} from './caller.js';
import { SimulatedPlatform } from './simulated-platform.js';
import { newSession, type SimulatedSession } from './simulated-session.js';

type Data = Readonly<Record<string, FieldValue>>;

/** What customers and the platform's other parts do, told by a test or a demo: each is an event, or several. */
export class SimulatedCustomers extends SimulatedPlatform {
  /** Somebody calls, and waits for the agent. Returns the session's id. */
  incoming(call: IncomingCall = {}): string {
    return this.queue.enqueue(call);
  }

  /** Somebody writes, and waits for the agent. Returns the session's id. */
  chat(chat: IncomingChat): string {
    return this.queue.enqueue(chat);
  }

  /** Somebody leaves a message. Returns the session's id. */
  voicemail(voicemail: LeftVoicemail = {}): string {
    return this.voicemailBox.leave(voicemail).sessionId;
  }

  /** Somebody has waited, and has given up before an agent was asked. Returns the session's id. */
  abandoned({
    waitedSeconds = 40,
    ...caller
  }: Caller & { channel?: CallChannel; waitedSeconds?: number } = {}): string {
    const { scheduler, clock, profile } = this.context;
    const now = clock.now();
    const session = incomingSession(scheduler.newId(), caller, profile);
    const queued = { place: 'queue', phase: 'offered', conduct: {}, record: false } as const;
    this.queue.abandon(scheduler.add(newSession(session, now - waitedSeconds * 1000, queued)), now);
    return session.id;
  }

  /** The customer picks up now. */
  pickUp(sessionId: string): void {
    const simulated = this.context.session(sessionId);
    if (simulated.endedAt !== undefined || simulated.place !== 'agent' || simulated.session.phase === 'offered') return;
    this.context.scheduler.schedule(simulated, 'course', [{ after: 0, do: 'connected' }]);
  }

  /** The customer hangs up now; before the call is connected, that is a refusal, or giving up. */
  hangUp(sessionId: string): void {
    const simulated = this.context.session(sessionId);
    const { scheduler, clock } = this.context;
    if (simulated.endedAt !== undefined) return;
    if (simulated.place === 'queue' || simulated.session.phase === 'offered')
      return this.queue.giveUp(simulated, clock.now());
    const reason = simulated.session.direction === 'outbound' ? 'eu_rejected' : 'eu_abandoned';
    const failReason = simulated.connectedAt === undefined ? reason : undefined;
    scheduler.schedule(simulated, 'course', [
      { after: 0, do: 'end', by: 'customer', ...(failReason && { failReason }) },
    ]);
  }

  /** A colleague takes what waits or is offered here. */
  takenElsewhere(sessionId: string): void {
    this.queue.takeByColleague(this.context.session(sessionId));
  }

  /** The customer chose another entry of the menu. */
  moveToQueue(sessionId: string, queue: { id: string; path: readonly string[] }): void {
    const simulated = this.context.session(sessionId);
    this.context.scheduler.change(simulated, { queue });
    this.context.scheduler.emit(simulated, { type: 'session.queue-changed', queue });
  }

  /** The customer writes in a chat; `unread`: how many messages the agent has not read now [one more]. */
  message(sessionId: string, unread?: number): void {
    const simulated = this.context.agentSession(sessionId);
    simulated.unread = unread ?? simulated.unread + 1;
    this.context.scheduler.emit(simulated, { type: 'session.message', unread: simulated.unread });
  }

  /** How good the connection is: `loss` 0 to 1, `jitter` in milliseconds. */
  quality(sessionId: string, quality: { word: string; loss: number; jitter: number }): void {
    this.context.scheduler.emit(this.context.agentSession(sessionId), { type: 'session.quality', ...quality });
  }

  /** The customer rates the session, 1 to 5, days later too. */
  rate(sessionId: string, score: number, feedback?: string): void {
    if (!(Number.isInteger(score) && score >= 1 && score <= 5))
      throw new TelephonyError('invalid', `${score} is no rating: 1 to 5.`);
    const simulated = this.#had(sessionId);
    simulated.rating = score;
    this.context.scheduler.emit(simulated, {
      type: 'rating.received',
      score,
      ...(feedback !== undefined && { feedback }),
    });
  }

  /** The customer has done what was asked for in their app: shared photos, verified themselves, … */
  smartAction(
    sessionId: string,
    action: { kind: string; results?: Data; attachments?: readonly Attachment[]; verified?: boolean },
  ): void {
    const { kind, results = {}, attachments = [], verified } = action;
    this.context.scheduler.emit(this.#had(sessionId), {
      type: 'smart-action.completed',
      kind,
      results,
      attachments,
      ...(verified !== undefined && { verified }),
    });
  }

  smartActionFails(sessionId: string, failure: { kind: string; message: string; byUser: boolean }): void {
    this.context.scheduler.emit(this.#had(sessionId), { type: 'smart-action.failed', ...failure });
  }

  /** A server has answered what was asked while the session was routed. */
  apiResponds(sessionId: string, response: { name: string; data: Data }): void {
    this.context.scheduler.emit(this.context.session(sessionId), { type: 'api.responded', ...response });
  }

  /** The recording of a session that is on comes in so many parts. */
  recordInParts(sessionId: string, recordingParts: number): void {
    const simulated = this.context.agentSession(sessionId);
    simulated.conduct = { ...simulated.conduct, recordingParts };
    this.context.save();
  }

  customData(sessionId: string, data: Data): void {
    const simulated = this.context.session(sessionId);
    this.context.scheduler.change(simulated, { customData: { ...simulated.session.customData, ...data } });
    this.context.scheduler.emit(simulated, { type: 'custom-data.received', data });
  }

  #had(sessionId: string): SimulatedSession {
    const simulated = this.context.session(sessionId);
    if (simulated.session.agentId === undefined)
      throw new TelephonyError('not-available', `Session ${sessionId} has not reached an agent.`);
    return simulated;
  }
}
