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
      this.context.signIn(agent, rules);
      return {
        ...this.context.profile,
        status: this.context.presence.state.status,
        activeSessions: this.context.scheduler
          .all()
          .filter(({ place }) => place === 'agent' || place === 'wrap-up')
          .map(({ session }) => structuredClone(session)),
      };
    });
  }

  setRules(rules: CallRules): Promise<void> {
    return this.run('setRules', () => {
      this.context.rules = rules;
      this.context.offerWaiting();
    });
  }

  /** The agent signs out; a call that is on stays on, and a later `connect`, in another page too, finds it. */
  disconnect(): Promise<void> {
    this.context.signOut();
    return Promise.resolve();
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    return this.context.delivery.subscribe(listener);
  }

  setStatus(status: string): Promise<void> {
    return this.run('setStatus', () => {
      this.context.presence.choose(status);
      this.lifecycle.endWrapUps();
      this.context.offerWaiting();
    });
  }

  setNextStatus(status: string | undefined): Promise<void> {
    return this.run('setNextStatus', () => this.context.presence.chooseNext(status));
  }

  dial(plan: DialPlan): Promise<{ sessionId: string }> {
    return this.run('dial', () => ({ sessionId: this.#place(plan) }));
  }

  cancelDial(key: string): Promise<void> {
    return this.run('cancelDial', () => {
      const simulated = this.context.scheduler.byKey(key);
      if (!simulated) return this.context.cancelKey(key);
      if (simulated.endedAt !== undefined) return;
      if (simulated.connectedAt !== undefined) throw new TelephonyError('not-available', 'The call is connected.');
      this.#end(simulated);
    });
  }

  associate(sessionId: string, record: SessionRecord): Promise<void> {
    return this.run('associate', () => {
      const simulated = this.context.session(sessionId);
      this.context.scheduler.change(simulated, { record: { ...simulated.session.record, ...record } });
      this.context.save();
    });
  }

  getSession(sessionId: string): Promise<ActiveSession | undefined> {
    return this.run('getSession', () => structuredClone(this.context.scheduler.byId(sessionId)?.session));
  }

  resume(sessionId: string): Promise<void> {
    return this.run('resume', () => void this.context.agentSession(sessionId));
  }

  end(sessionId: string): Promise<void> {
    return this.run('end', () => this.#end(this.context.session(sessionId)));
  }

  #end(simulated: SimulatedSession): void {
    if (simulated.endedAt !== undefined) return;
    this.context.agentSession(simulated.session.id);
    const failReason = simulated.connectedAt === undefined ? 'ag_canceled' : undefined;
    this.context.scheduler.schedule(simulated, 'course', [
      { after: 0, do: 'end', by: 'agent', ...(failReason && { failReason }) },
    ]);
  }

  #place(plan: DialPlan): string {
    const { scheduler, profile, rules, agent, clock } = this.context;
    const made = scheduler.byKey(plan.key);
    if (made) return made.session.id;
    if (this.context.isCancelled(plan.key))
      throw new TelephonyError('not-available', 'The call was cancelled.', { failReason: 'ag_canceled' });
    checkPlan(plan, profile);
    if (this.context.callAtAgent) throw new TelephonyError('not-available', 'A call is on already.');
    const outcome = this.next ?? this.scripts.get(plan.number) ?? this.defaultOutcome;
    this.next = undefined;
    refuseByOutcome(outcome);
    const session = plannedSession(scheduler.newId(), plan, agent!.id);
    const recordingParts = typeof outcome === 'object' && 'outcome' in outcome ? outcome.recordingParts : undefined;
    const simulated = newSession(session, clock.now(), {
      key: plan.key,
      place: 'agent',
      phase: 'connecting',
      conduct: recordingParts === undefined ? {} : { recordingParts },
      record: plan.record && rules?.record !== false,
    });
    scheduler.add(simulated);
    scheduler.emit(simulated, { type: 'session.created', session: plainSession(simulated.session), key: plan.key });
    if (plan.parentId !== undefined) this.voicemailBox.calledBack(plan.parentId);
    this.context.workChanged();
    scheduler.schedule(simulated, 'course', stepsOf(outcome));
    return session.id;
  }
}
