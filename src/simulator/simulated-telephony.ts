import type { Agent } from '../domain/agent.js';
import type { DialPlan } from '../domain/dial.js';
import type { SessionRecord } from '../domain/session.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { ActiveSession, CallRules, Telephony, TelephonyProfile } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { CallCommands } from './call-commands.js';
import { stepsOf } from './call-scripts.js';
import { checkPlan, refuseByOutcome } from './plan-check.js';
import { newSession, type SimulatedSession } from './simulated-session.js';
import { plainSession, plannedSession } from '../telephony/sessions.js';

/** The embedded platform: what a call comes to is written in a script, and everything is told by events. */
export class SimulatedTelephony extends CallCommands implements Telephony {
  connect(agent: Agent, rules: CallRules): Promise<TelephonyProfile> {
    return this.run('connect', () => {
      this.world.signIn(agent, rules);
      return {
        ...this.world.profile,
        status: this.world.presence.state.status,
        activeSessions: this.world.desk
          .all()
          .filter(({ place }) => place === 'agent' || place === 'wrap-up')
          .map(({ session }) => structuredClone(session)),
      };
    });
  }

  setRules(rules: CallRules): Promise<void> {
    return this.run('setRules', () => {
      this.world.rules = rules;
      this.world.whenFree();
    });
  }

  /** The agent signs out; a call that is on stays on, and a later `connect`, in another page too, finds it. */
  disconnect(): Promise<void> {
    this.world.signOut();
    return Promise.resolve();
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    return this.world.line.subscribe(listener);
  }

  setStatus(status: string): Promise<void> {
    return this.run('setStatus', () => {
      this.world.presence.choose(status);
      this.course.endWrapUps();
      this.world.whenFree();
    });
  }

  setNextStatus(status: string | undefined): Promise<void> {
    return this.run('setNextStatus', () => this.world.presence.chooseNext(status));
  }

  dial(plan: DialPlan): Promise<{ sessionId: string }> {
    return this.run('dial', () => ({ sessionId: this.#place(plan) }));
  }

  cancelDial(key: string): Promise<void> {
    return this.run('cancelDial', () => {
      const call = this.world.desk.byKey(key);
      if (!call) return this.world.cancelKey(key);
      if (call.endedAt !== undefined) return;
      if (call.connectedAt !== undefined) throw new TelephonyError('not-available', 'The call is connected.');
      this.#end(call);
    });
  }

  associate(sessionId: string, record: SessionRecord): Promise<void> {
    return this.run('associate', () => {
      const one = this.world.session(sessionId);
      this.world.desk.change(one, { record: { ...one.session.record, ...record } });
      this.world.save();
    });
  }

  getSession(sessionId: string): Promise<ActiveSession | undefined> {
    return this.run('getSession', () => structuredClone(this.world.desk.byId(sessionId)?.session));
  }

  resume(sessionId: string): Promise<void> {
    return this.run('resume', () => void this.world.taken(sessionId));
  }

  end(sessionId: string): Promise<void> {
    return this.run('end', () => this.#end(this.world.session(sessionId)));
  }

  #end(one: SimulatedSession): void {
    if (one.endedAt !== undefined) return;
    this.world.taken(one.session.id);
    const failReason = one.connectedAt === undefined ? 'ag_canceled' : undefined;
    this.world.desk.play(one, 'course', [{ after: 0, do: 'end', by: 'agent', ...(failReason && { failReason }) }]);
  }

  #place(plan: DialPlan): string {
    const { desk, profile, rules, agent, clock } = this.world;
    const made = desk.byKey(plan.key);
    if (made) return made.session.id;
    if (this.world.isCancelled(plan.key))
      throw new TelephonyError('not-available', 'The call was cancelled.', { failReason: 'ag_canceled' });
    checkPlan(plan, profile);
    if (this.world.callAtAgent) throw new TelephonyError('not-available', 'A call is on already.');
    const outcome = this.next ?? this.scripts.get(plan.number) ?? this.defaultOutcome;
    this.next = undefined;
    refuseByOutcome(outcome);
    const session = plannedSession(desk.newId(), plan, agent!.id);
    const recordingParts = typeof outcome === 'object' && 'outcome' in outcome ? outcome.recordingParts : undefined;
    const call = newSession(session, clock.now(), {
      key: plan.key,
      place: 'agent',
      phase: 'connecting',
      conduct: recordingParts === undefined ? {} : { recordingParts },
      record: plan.record && rules?.record !== false,
    });
    desk.keep(call);
    desk.say(call, { type: 'session.created', session: plainSession(call.session), key: plan.key });
    if (plan.parentId !== undefined) this.box.calledBack(plan.parentId);
    this.world.settle();
    desk.play(call, 'course', stepsOf(outcome));
    return session.id;
  }
}
