import type { Agent } from '../domain/agent.js';
import type { DialPlan } from '../domain/dial.js';
import type { SessionRecord } from '../domain/session.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { ActiveSession, CallRules, Telephony, TelephonyProfile } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { stepsOf } from './call-scripts.js';
import { OutboundOnly } from './outbound-only.js';
import { checkPlan, refuseByOutcome } from './plan-check.js';

/** The embedded platform: what a call comes to is written in a script, and everything is told by events. */
export class SimulatedTelephony extends OutboundOnly implements Telephony {
  #cancelled = new Set<string>();

  connect(agent: Agent, rules: CallRules): Promise<TelephonyProfile> {
    return this.run('connect', () => {
      this.agent = agent;
      this.currentRules = rules;
      this.connected = true;
      this.line.open = true;
      return {
        ...this.profile,
        status: this.presence.state.status,
        activeSessions: this.desk.running().map(({ session }) => structuredClone(session)),
      };
    });
  }

  setRules(rules: CallRules): Promise<void> {
    return this.run('setRules', () => void (this.currentRules = rules));
  }

  /** The agent signs out; a call that is on stays on, and a later `connect` finds it. */
  disconnect(): Promise<void> {
    this.connected = false;
    this.line.open = false;
    return Promise.resolve();
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    return this.line.subscribe(listener);
  }

  setStatus(status: string): Promise<void> {
    return this.run('setStatus', () => this.presence.choose(status));
  }

  setNextStatus(status: string | undefined): Promise<void> {
    return this.run('setNextStatus', () => this.presence.chooseNext(status));
  }

  dial(plan: DialPlan): Promise<{ sessionId: string }> {
    return this.run('dial', () => ({ sessionId: this.#place(plan) }));
  }

  cancelDial(key: string): Promise<void> {
    return this.run('cancelDial', () => {
      const call = this.desk.byKey(key);
      if (call) this.endByAgent(call);
      else this.#cancelled.add(key);
    });
  }

  associate(sessionId: string, record: SessionRecord): Promise<void> {
    return this.run('associate', () => this.desk.associate(this.call(sessionId), record));
  }

  getSession(sessionId: string): Promise<ActiveSession | undefined> {
    return this.run('getSession', () => structuredClone(this.desk.byId(sessionId)?.session));
  }

  resume(sessionId: string): Promise<void> {
    return this.run('resume', () => void this.runningCall(sessionId));
  }

  end(sessionId: string): Promise<void> {
    return this.run('end', () => this.endByAgent(this.call(sessionId)));
  }

  #place(plan: DialPlan): string {
    const made = this.desk.byKey(plan.key);
    if (made) return made.session.id;
    if (this.#cancelled.delete(plan.key))
      throw new TelephonyError('not-available', 'The call was cancelled.', { failReason: 'ag_canceled' });
    checkPlan(plan, this.profile);
    if (this.desk.running().length) throw new TelephonyError('not-available', 'A call is on already.');
    const outcome = this.next ?? this.scripts.get(plan.number) ?? this.defaultOutcome;
    this.next = undefined;
    refuseByOutcome(outcome);
    const record = plan.record && this.currentRules?.record !== false;
    const call = this.desk.begin({ ...plan, record }, this.agent!.id);
    this.presence.callBegins();
    this.desk.play(call, stepsOf(outcome));
    return call.session.id;
  }
}
