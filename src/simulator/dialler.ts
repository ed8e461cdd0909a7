import type { DialPlan } from '../domain/dial.js';
import { plainSession, plannedSession } from '../telephony/sessions.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { stepsOf, type Outcome } from './call-scripts.js';
import { checkPlan, refuseByOutcome } from './plan-check.js';
import type { PlatformContext } from './platform-context.js';
import { newSession, type SimulatedSession } from './simulated-session.js';
import type { VoicemailBox } from './voicemail-box.js';

/** Places outbound calls, one for each key, and ends the agent's calls. */
export class Dialler {
  /** The outcome of calls to numbers without a script. */
  defaultOutcome: Outcome = 'answered';
  /** The outcome of the next call only. It overrides the number's script and the default. */
  nextOutcome: Outcome | undefined;
  #context: PlatformContext;
  #voicemailBox: VoicemailBox;
  #scripts: Map<string, Outcome>;

  constructor(context: PlatformContext, voicemailBox: VoicemailBox, scripts: Readonly<Record<string, Outcome>>) {
    this.#context = context;
    this.#voicemailBox = voicemailBox;
    this.#scripts = new Map(Object.entries(scripts));
  }

  /** Sets the outcome of calls to a number. The number is written as in the dial plan. */
  script(number: string, outcome: Outcome): void {
    this.#scripts.set(number, outcome);
  }

  /** Places a call, or finds the call with the same key. Returns the id of its session. */
  dial(plan: DialPlan): string {
    const { scheduler, profile } = this.#context;
    const known = scheduler.byKey(plan.key);
    if (known) return known.session.id;
    if (this.#context.isCancelled(plan.key))
      throw new TelephonyError('not-available', 'The call was cancelled.', { failReason: 'ag_canceled' });
    checkPlan(plan, profile);
    if (this.#context.callAtAgent) throw new TelephonyError('not-available', 'The agent is in a call already.');
    const outcome = this.#takeOutcome(plan.number);
    refuseByOutcome(outcome);
    return this.#place(plan, outcome);
  }

  cancel(key: string): void {
    const call = this.#context.scheduler.byKey(key);
    if (!call) return this.#context.cancelKey(key);
    if (call.endedAt !== undefined) return;
    if (call.connectedAt !== undefined) throw new TelephonyError('not-available', 'The call is connected.');
    this.#end(call);
  }

  /** The agent ends a call or chat. */
  end(sessionId: string): void {
    this.#end(this.#context.session(sessionId));
  }

  #takeOutcome(number: string): Outcome {
    const outcome = this.nextOutcome ?? this.#scripts.get(number) ?? this.defaultOutcome;
    this.nextOutcome = undefined;
    return outcome;
  }

  #place(plan: DialPlan, outcome: Outcome): string {
    const { scheduler, rules, agent, clock } = this.#context;
    const session = plannedSession(scheduler.newId(), plan, agent!.id);
    const recordingParts = typeof outcome === 'object' && 'outcome' in outcome ? outcome.recordingParts : undefined;
    const call = newSession(session, clock.now(), {
      key: plan.key,
      place: 'agent',
      phase: 'connecting',
      conduct: recordingParts === undefined ? {} : { recordingParts },
      record: plan.record && rules?.record !== false,
    });
    scheduler.add(call);
    scheduler.emit(call, { type: 'session.created', session: plainSession(call.session), key: plan.key });
    if (plan.parentId !== undefined) this.#voicemailBox.calledBack(plan.parentId);
    this.#context.workChanged();
    scheduler.schedule(call, 'course', stepsOf(outcome));
    return session.id;
  }

  #end(simulated: SimulatedSession): void {
    if (simulated.endedAt !== undefined) return;
    this.#context.agentSession(simulated.session.id);
    const failReason = simulated.connectedAt === undefined ? 'ag_canceled' : undefined;
    this.#context.scheduler.schedule(simulated, 'course', [{ after: 0, do: 'end', by: 'agent', failReason }]);
  }
}
