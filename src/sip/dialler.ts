import type { DialPlan } from '../domain/dial.js';
import type { Session } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import { failReason, refusal } from './fail-reasons.js';
import { newSession } from './known-session.js';
import type { Leg } from './leg.js';
import type { LiveCall } from './live-call.js';
import type { SipContext } from './sip-context.js';
import { plainSession, plannedSession } from '../telephony/sessions.js';

/** Milliseconds without a response after which the server counts as having accepted the call. */
const assumedAcceptedAfter = 5_000;
const ringSeconds = 60;

interface Dialling {
  done?: Promise<{ sessionId: string }>;
  leg?: Leg;
  cancelled: boolean;
}

/** Places outbound calls, at most one for each key. */
export class Dialler {
  #context: SipContext;
  #lifecycle: SessionLifecycle;
  #attend: (call: LiveCall) => void;
  #dialling = new Map<string, Dialling>();

  /** `attend` handles the requests of the other side of a call. */
  constructor(context: SipContext, lifecycle: SessionLifecycle, attend: (call: LiveCall) => void) {
    this.#context = context;
    this.#lifecycle = lifecycle;
    this.#attend = attend;
  }

  dial(plan: DialPlan): Promise<{ sessionId: string }> {
    const known = this.#context.sessions.byKey(plan.key);
    if (known) return Promise.resolve({ sessionId: known.session.id });
    if (this.#context.store.refuses(plan.key)) return Promise.reject(cancelled());
    const inProgress = this.#dialling.get(plan.key);
    if (inProgress?.done) return inProgress.done;
    const dialling: Dialling = { cancelled: false };
    this.#dialling.set(plan.key, dialling);
    dialling.done = this.#place(plan, dialling)
      // The key is stored before `dial` resolves, so that the next page makes no second call either.
      .finally(() => this.#context.store.settled)
      .finally(() => this.#dialling.delete(plan.key));
    return dialling.done;
  }

  /**
   * Resolves once no call with this key exists or can begin. Ends a ringing call. If the other side has answered, leaves
   * the call connected and rejects with `not-available`.
   */
  async cancel(key: string): Promise<void> {
    const { sessions, live, store } = this.#context;
    const dialling = this.#dialling.get(key);
    const known = sessions.byKey(key);
    const isAnswered = (leg: Leg | undefined): boolean => leg?.accepted === true && !leg.end;
    if (known && (known.endedAt !== undefined || known.place === 'over')) return;
    if (known?.connectedAt !== undefined || isAnswered(known && live?.known === known ? live.leg : dialling?.leg))
      throw new TelephonyError('not-available', 'The call is connected.');
    if (known) return this.end(known.session.id);
    if (dialling) {
      dialling.cancelled = true;
      dialling.leg?.close();
    }
    await store.refuse(key);
  }

  /** The agent hangs up, in a ringing or a connected call. */
  end(sessionId: string): void {
    const known = this.#context.sessions.get(sessionId);
    if (known.endedAt !== undefined) return;
    const call = this.#context.call(sessionId);
    call.endedHere = { by: 'agent' };
    call.leg.close();
  }

  async #place(plan: DialPlan, dialling: Dialling): Promise<{ sessionId: string }> {
    const context = this.#context;
    const address = context.addresses.ofPlan(plan);
    if (dialling.cancelled) throw cancelled();
    if (context.live || context.busy) throw new TelephonyError('not-available', 'The agent is in a call already.');
    if (!context.connection.up) throw new TelephonyError('offline', 'The SIP server cannot be reached.');
    context.busy = true;
    try {
      await context.microphone.open();
      if (dialling.cancelled) throw cancelled();
      dialling.leg = await context.place(address, context.addresses.identity(plan.outboundNumber), plan.outboundNumber);
      if (dialling.cancelled) {
        dialling.leg.close();
        throw cancelled();
      }
      await this.#firstResponse(dialling.leg);
      const { end } = dialling.leg;
      if (end && dialling.cancelled) throw cancelled();
      const code = end && refusal(end.status, end.cause);
      if (code)
        throw new TelephonyError(code, `The SIP server refuses the call (${end.status ?? end.cause}).`, {
          failReason: failReason(end.status, end.cause),
        });
      return { sessionId: this.#begin(plan, dialling.leg) };
    } finally {
      context.busy = false;
      context.workChanged();
    }
  }

  /** Resolves when the other side rings, answers or refuses, or after `assumedAcceptedAfter`. */
  #firstResponse(leg: Leg): Promise<void> {
    const { timers } = this.#context;
    return new Promise((resolve) => {
      const timer = timers.setTimeout(resolve, assumedAcceptedAfter);
      for (const type of ['ringing', 'accepted', 'ended'] as const)
        leg.on(type, () => {
          timers.clearTimeout(timer);
          resolve();
        });
    });
  }

  #begin(plan: DialPlan, leg: Leg): string {
    const { addresses, sessions, clock, timers, rules, agent, options } = this.#context;
    const planned = plannedSession(`call-${crypto.randomUUID()}`, plan, agent!.id);
    // R29: a call to a colleague's number is an internal call.
    const isInternal = addresses.colleagueOf({ user: plan.number, host: options.domain.split(':')[0]! }) !== undefined;
    const session: Session = isInternal ? { ...planned, channel: 'internal-call' } : planned;
    const record = plan.record && rules?.record !== false;
    const known = newSession(session, clock.now(), { key: plan.key, place: 'on', phase: 'connecting', record });
    sessions.add(known);
    sessions.emit(known, { type: 'session.created', session: plainSession(known.session), key: plan.key });
    sessions.emit(known, { type: 'session.connecting' });
    const call: LiveCall = { known, leg, others: new Map() };
    call.ringTimer = timers.setTimeout(
      () => {
        call.endedHere = { by: 'platform', failReason: 'eu_no_answer' };
        leg.close();
      },
      (options.ringSeconds ?? ringSeconds) * 1000,
    );
    this.#lifecycle.follow(call);
    this.#attend(call);
    return session.id;
  }
}

const cancelled = (): TelephonyError =>
  new TelephonyError('not-available', 'The call was cancelled.', { failReason: 'ag_canceled' });
