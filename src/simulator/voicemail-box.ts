import type { ListOptions, Voicemail } from '../telephony/telephony.js';
import type { Page } from '../domain/contact.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { incomingSession, type LeftVoicemail } from './caller.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import { pageOf } from './page-of.js';
import { fromTo, newSession } from './simulated-session.js';
import type { PlatformContext } from './platform-context.js';
import { plainSession } from '../telephony/sessions.js';

/** The voicemails that callers have left. */
export class VoicemailBox {
  #context: PlatformContext;
  #lifecycle: SessionLifecycle;

  constructor(context: PlatformContext, lifecycle: SessionLifecycle) {
    this.#context = context;
    this.#lifecycle = lifecycle;
  }

  /** Adds a voicemail. Returns its id and the id of its session. */
  leave({ seconds = 24, transcript, ...caller }: LeftVoicemail): { voicemailId: string; sessionId: string } {
    const { scheduler, clock, profile } = this.#context;
    const now = clock.now();
    const session = { ...incomingSession(scheduler.newId(), caller, profile), voicemail: true };
    const simulated = scheduler.add(
      newSession(session, now, { place: 'over', phase: 'ended', conduct: {}, record: false }),
    );
    simulated.endedAt = now;
    const { id: sessionId } = session;
    const recording = {
      url: `https://recordings.example/${sessionId}-voicemail.mp3`,
      startedAt: new Date(now - seconds * 1000).toISOString(),
      durationSeconds: seconds,
      part: 1,
      parts: 1,
      ...fromTo(session),
      transcript,
    };
    const receivedAt = new Date(now).toISOString();
    const id = `${sessionId}-voicemail`;
    this.#context.voicemails = [{ id, sessionId, recording, receivedAt, state: 'new' }, ...this.#context.voicemails];
    scheduler.emit(simulated, { type: 'voicemail.received', session: plainSession(simulated.session), recording });
    this.#lifecycle.close(simulated, now);
    return { voicemailId: id, sessionId };
  }

  /** The newest first. */
  list(options?: ListOptions): Page<Voicemail> {
    const all = this.#context.voicemails.flatMap(({ sessionId, ...voicemail }) => {
      const simulated = this.#context.scheduler.byId(sessionId);
      const recording = this.#context.recordingWithFile(voicemail.recording);
      return simulated ? [{ ...voicemail, recording, session: plainSession(simulated.session) }] : [];
    });
    return pageOf(all, options);
  }

  mark(id: string, as: 'read' | 'closed'): void {
    const voicemail = this.#context.voicemails.find((each) => each.id === id);
    if (!voicemail) throw new TelephonyError('invalid', `There is no voicemail ${id}.`);
    if (voicemail.state === as || voicemail.state === 'closed') return;
    voicemail.state = as;
    this.#emit(voicemail.sessionId, `voicemail.${as}`);
  }

  /** The id of a session's voicemail. Throws `invalid`. */
  idOf(sessionId: string): string {
    const voicemail = this.#context.voicemails.find((each) => each.sessionId === sessionId);
    if (!voicemail) throw new TelephonyError('invalid', `Session ${sessionId} has left no voicemail.`);
    return voicemail.id;
  }

  /** R18: an outbound call is the call-back of the voicemail that its parent session left. */
  calledBack(parentId: string): void {
    const voicemail = this.#context.voicemails.find(({ sessionId }) => sessionId === parentId);
    if (!voicemail) return;
    if (voicemail.state === 'new') voicemail.state = 'read';
    this.#emit(parentId, 'voicemail.called-back');
  }

  #emit(sessionId: string, type: 'voicemail.read' | 'voicemail.closed' | 'voicemail.called-back'): void {
    const { scheduler, agent } = this.#context;
    scheduler.emit(this.#context.session(sessionId), { type, agent: agent!.id });
  }
}
