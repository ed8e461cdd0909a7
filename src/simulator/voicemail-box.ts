import type { ListOptions, Voicemail } from '../telephony/telephony.js';
import type { Page } from '../domain/contact.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { incomingSession, type LeftVoicemail } from './caller.js';
import type { Course } from './course.js';
import { pageOf } from './page-of.js';
import { fromTo, newSession } from './simulated-session.js';
import type { World } from './world.js';
import { plainSession } from '../telephony/sessions.js';

/** A voicemail without its session, which is among the others. */
export type StoredVoicemail = Omit<Voicemail, 'session'> & { sessionId: string };

/** The messages that callers have left. */
export class VoicemailBox {
  #world: World;
  #course: Course;

  constructor(world: World, course: Course) {
    this.#world = world;
    this.#course = course;
  }

  /** A caller leaves a message; returns its id and the session's. */
  leave({ seconds = 24, transcript, ...caller }: LeftVoicemail): { voicemailId: string; sessionId: string } {
    const { desk, clock, profile } = this.#world;
    const now = clock.now();
    const session = { ...incomingSession(desk.newId(), caller, profile), voicemail: true };
    const one = desk.keep(newSession(session, now, { place: 'over', phase: 'ended', conduct: {}, record: false }));
    one.endedAt = now;
    const { id: sessionId } = session;
    const recording = {
      url: `https://recordings.example/${sessionId}-voicemail.mp3`,
      startedAt: new Date(now - seconds * 1000).toISOString(),
      durationSeconds: seconds,
      part: 1,
      parts: 1,
      ...fromTo(session),
      ...(transcript !== undefined && { transcript }),
    };
    const receivedAt = new Date(now).toISOString();
    const id = `${sessionId}-voicemail`;
    this.#world.voicemails = [{ id, sessionId, recording, receivedAt, state: 'new' }, ...this.#world.voicemails];
    desk.say(one, { type: 'voicemail.received', session: plainSession(one.session), recording });
    this.#course.close(one, now);
    return { voicemailId: id, sessionId };
  }

  /** The newest first. */
  list(options?: ListOptions): Page<Voicemail> {
    const all = this.#world.voicemails.flatMap(({ sessionId, ...voicemail }) => {
      const one = this.#world.desk.byId(sessionId);
      const recording = this.#world.recordingOf(voicemail.recording);
      return one ? [{ ...voicemail, recording, session: plainSession(one.session) }] : [];
    });
    return pageOf(all, options);
  }

  mark(id: string, as: 'read' | 'closed'): void {
    const voicemail = this.#world.voicemails.find((each) => each.id === id);
    if (!voicemail) throw new TelephonyError('invalid', `There is no voicemail ${id}.`);
    if (voicemail.state === as || voicemail.state === 'closed') return;
    voicemail.state = as;
    this.#say(voicemail.sessionId, `voicemail.${as}`);
  }

  /** The id of the voicemail that a session left. */
  idOf(sessionId: string): string {
    const voicemail = this.#world.voicemails.find((each) => each.sessionId === sessionId);
    if (!voicemail) throw new TelephonyError('invalid', `Session ${sessionId} has left no voicemail.`);
    return voicemail.id;
  }

  /** R18: a call whose parent is a voicemail's session calls it back. */
  calledBack(parentId: string): void {
    const voicemail = this.#world.voicemails.find(({ sessionId }) => sessionId === parentId);
    if (!voicemail) return;
    if (voicemail.state === 'new') voicemail.state = 'read';
    this.#say(parentId, 'voicemail.called-back');
  }

  #say(sessionId: string, type: 'voicemail.read' | 'voicemail.closed' | 'voicemail.called-back'): void {
    const { desk, agent } = this.#world;
    desk.say(this.#world.session(sessionId), { type, agent: agent!.id });
  }
}
