import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import type { Session } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { callerOf } from './caller.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import { newSession, type KnownSession } from './known-session.js';
import { Leg, microphoneCopy } from './leg.js';
import type { LiveCall } from './live-call.js';
import type { SipContext } from './sip-context.js';
import { plainSession } from '../telephony/sessions.js';

const offerSeconds = 30;
const autoAnswerAfter = 3_000;
/** SIP statuses. After `unavailable` and `busyHere` a queue offers the call again, after `declined` it does not. */
const unavailable = 480;
const busyHere = 486;
const declined = 603;

interface Offer {
  known: KnownSession;
  leg: Leg;
  timer: unknown;
  taken: boolean;
}

/** Offers incoming calls to an available agent, one call at a time. */
export class Offers {
  #context: SipContext;
  #lifecycle: SessionLifecycle;
  #attend: (call: LiveCall) => void;
  #offer: Offer | undefined;

  /** `attend` handles the requests of the other side of a call. */
  constructor(context: SipContext, lifecycle: SessionLifecycle, attend: (call: LiveCall) => void) {
    this.#context = context;
    this.#lifecycle = lifecycle;
    this.#attend = attend;
  }

  /** Offers or refuses an incoming call. A queue may offer an unanswered call again, with the same session id. */
  receive(rtc: RTCSession, request: IncomingRequest): void {
    const { agent, presence, live, busy, sessions, options, addresses } = this.#context;
    const session = callerOf(request, options, addresses);
    if (sessions.find(session.id)?.declined) return rtc.terminate({ status_code: declined });
    if (live || busy) return rtc.terminate({ status_code: busyHere });
    if (!agent || !presence.available) return rtc.terminate({ status_code: unavailable });
    this.#begin({ ...session, id: this.#freeId(session.id) }, new Leg(rtc));
  }

  async answer(sessionId: string): Promise<void> {
    const offer = this.#currentOffer(sessionId);
    const own = microphoneCopy(await this.#context.microphone.open());
    if (this.#offer !== offer || offer.taken) throw notOffered(sessionId);
    offer.taken = true;
    this.#take(offer, own);
  }

  decline(sessionId: string): void {
    const { known, leg } = this.#currentOffer(sessionId);
    known.declined = true;
    this.#withdraw(known);
    leg.close(declined);
  }

  /** Withdraws the offer. Called when the agent signs out. */
  withdraw(): void {
    const offer = this.#offer;
    if (!offer) return;
    this.#withdraw(offer.known);
    offer.leg.close(unavailable);
  }

  /** Refuses the offered call without an event. Called when the page unloads: the next page emits the events. */
  refuseOnUnload(): void {
    const offer = this.#offer;
    this.#offer = undefined;
    offer?.leg.close(unavailable);
  }

  /** Ends a session whose offer ended with the last page. */
  endLost(known: KnownSession): void {
    this.#end(known, { type: 'session.withdrawn' });
  }

  #begin(session: Session, leg: Leg): void {
    const { sessions, clock, timers, rules, options } = this.#context;
    const now = clock.now();
    const isoAfter = (milliseconds: number): string => new Date(now + milliseconds).toISOString();
    const known = sessions.add(
      newSession(session, now, { place: 'offered', phase: 'offered', record: rules?.record !== false }),
    );
    const expiresAfter = (options.offerSeconds ?? offerSeconds) * 1000;
    const answersAfter = rules?.autoAnswer ? Math.min(autoAnswerAfter, expiresAfter) : undefined;
    const offer: Offer = { known, leg, timer: undefined, taken: false };
    this.#offer = offer;
    this.#context.busy = true;
    leg.on('ended', () => this.#callerGaveUp(offer));
    sessions.emit(known, {
      type: 'session.offered',
      session: plainSession(known.session),
      expiresAt: isoAfter(expiresAfter),
      autoAnswerAt: answersAfter === undefined ? undefined : isoAfter(answersAfter),
    });
    const miss = (): void => this.#miss(offer);
    offer.timer =
      answersAfter === undefined
        ? timers.setTimeout(miss, expiresAfter)
        : timers.setTimeout(() => void this.answer(session.id).catch(miss), answersAfter);
  }

  #take(offer: Offer, own: MediaStream): void {
    const { sessions, clock, agent, timers, options } = this.#context;
    const { known, leg } = offer;
    timers.clearTimeout(offer.timer);
    this.#clear();
    known.place = 'on';
    sessions.change(known, { phase: 'assigned', since: new Date(clock.now()).toISOString(), agentId: agent!.id });
    sessions.emit(known, { type: 'session.assigned', session: plainSession(known.session), agent: agent!.id });
    sessions.change(known, { phase: 'connecting' });
    sessions.emit(known, { type: 'session.connecting' });
    const call: LiveCall = { known, leg: this.#context.withSpeaker(leg), others: new Map() };
    this.#lifecycle.follow(call);
    this.#attend(call);
    leg.answer(own, options.iceServers ?? []);
  }

  #miss({ known, leg }: Offer): void {
    known.missed = true;
    this.#end(known, { type: 'session.missed' });
    leg.close(unavailable);
    this.#context.presence.missedCall();
    this.#context.workChanged();
  }

  #callerGaveUp(offer: Offer): void {
    if (this.#offer !== offer) return;
    const { known } = offer;
    this.#withdraw(known, () => {
      known.failReason = 'eu_abandoned';
      this.#context.sessions.emit(known, { type: 'session.abandoned', session: plainSession(known.session) });
    });
  }

  #withdraw(known: KnownSession, then: () => void = () => {}): void {
    this.#end(known, { type: 'session.withdrawn' }, then);
    this.#context.workChanged();
  }

  #end(
    known: KnownSession,
    event: { type: 'session.missed' | 'session.withdrawn' },
    then: () => void = () => {},
  ): void {
    const { sessions, clock, timers } = this.#context;
    timers.clearTimeout(this.#offer?.timer);
    this.#clear();
    known.place = 'over';
    known.endedAt = clock.now();
    sessions.emit(known, event);
    then();
    sessions.change(known, { phase: 'ended', since: new Date(known.endedAt).toISOString(), participants: [] });
    sessions.emit(known, { type: 'session.closed' });
  }

  #clear(): void {
    this.#offer = undefined;
    this.#context.busy = false;
  }

  #currentOffer(sessionId: string): Offer {
    this.#context.sessions.get(sessionId);
    if (this.#offer?.known.session.id !== sessionId || this.#offer.taken) throw notOffered(sessionId);
    return this.#offer;
  }

  /** Returns the id. If a session has it already, appends a number: a closed session is not reopened. */
  #freeId(id: string): string {
    const { sessions } = this.#context;
    if (!sessions.find(id)) return id;
    let count = 2;
    while (sessions.find(`${id}.${count}`)) count++;
    return `${id}.${count}`;
  }
}

const notOffered = (sessionId: string): TelephonyError =>
  new TelephonyError('not-available', `Session ${sessionId} is no longer offered.`);
