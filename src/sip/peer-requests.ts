import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import type { SipUri } from './addresses.js';
import { callerOf } from './caller.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import { newSession } from './known-session.js';
import { Leg, microphoneCopy } from './leg.js';
import type { LiveCall } from './live-call.js';
import type { SipContext } from './sip-context.js';
import { plainSession } from '../telephony/sessions.js';

type AcceptReplaces = (begun: (rtc: RTCSession) => void) => void;
type AcceptRefer = (begun: (rtc: RTCSession) => void, options: object) => void;

/** Milliseconds after which this side closes a leg that a transfer has replaced, if the other side has not. */
const closesReplacedAfter = 5_000;

/**
 * Handles requests of the other side of a call: to call another address (REFER), and to replace the dialog (Replaces).
 */
export class PeerRequests {
  #context: SipContext;
  #lifecycle: SessionLifecycle;
  /** The incoming calls that replace a dialog. */
  #expected = new WeakSet<RTCSession>();

  constructor(context: SipContext, lifecycle: SessionLifecycle) {
    this.#context = context;
    this.#lifecycle = lifecycle;
  }

  /** Whether an incoming call replaces a dialog of this page, so that it is not a new call. */
  expects(rtc: RTCSession): boolean {
    return this.#expected.has(rtc);
  }

  /** Handles requests on the leg to the customer. */
  attend(call: LiveCall): void {
    const { leg } = call;
    leg.rtc.on('replaces', ({ request, accept, reject }) => {
      if (call.leg !== leg || this.#context.live !== call) return reject();
      const then = (next: Leg): void =>
        isSamePeer(leg, request) ? this.#swap(call, next) : this.#newParty(call, next, request);
      (accept as AcceptReplaces)((rtc) => void this.#replace(leg, rtc, then));
    });
    leg.rtc.on('refer', ({ request, accept, reject }) => {
      void this.#move(call, leg, request, accept as AcceptRefer).then((moves) => moves || reject());
    });
  }

  /** Handles requests on a leg to another party than the customer. Only the same party may replace it, after a reload. */
  attendSecondary(leg: Leg, then: (next: Leg) => void): void {
    leg.rtc.on('replaces', ({ request, accept, reject }) => {
      if (leg.end || !isSamePeer(leg, request)) return reject();
      (accept as AcceptReplaces)((rtc) => void this.#replace(leg, rtc, then));
    });
    leg.rtc.on('refer', ({ reject }) => reject());
  }

  async #replace(leg: Leg, rtc: RTCSession, then: (next: Leg) => void): Promise<void> {
    this.#expected.add(rtc);
    // JsSIP itself ends the replaced call when the new call is confirmed. It throws if the other side has ended the
    // replaced call before, and then no later listener would run.
    (rtc as RTCSession & { removeAllListeners(type: string): void }).removeAllListeners('confirmed');
    const next = this.#context.withSpeaker(new Leg(rtc));
    leg.replaceWith(next, () => {
      leg.close();
      then(next);
    });
    try {
      next.answer(microphoneCopy(await this.#context.microphone.open()), this.#context.options.iceServers ?? []);
    } catch {
      next.close();
    }
  }

  /** Calls the address of a REFER, if the options and the directory allow it. Returns whether it does. */
  async #move(call: LiveCall, leg: Leg, request: IncomingRequest, accept: AcceptRefer): Promise<boolean> {
    const { addresses, options, microphone, pcConfig } = this.#context;
    const { uri } = (request as unknown as { refer_to: { uri: SipUri } }).refer_to;
    if (options.acceptRefer !== 'agents' || call.leg !== leg) return false;
    let own: MediaStream;
    try {
      addresses.ofReferral(uriOf(leg), { user: decodeURIComponent(uri.user), host: uri.host });
      own = microphoneCopy(await microphone.open());
    } catch {
      return false;
    }
    accept(
      (rtc) => {
        const next = new Leg(rtc, own);
        leg.replaceWith(this.#context.withSpeaker(next), () => {
          this.#swap(call, next);
          setTimeout(() => leg.close(), closesReplacedAfter);
        });
      },
      { mediaStream: own, pcConfig },
    );
    return true;
  }

  #swap(call: LiveCall, next: Leg): void {
    call.leg = next;
    next.muted = call.known.session.muted;
    this.#lifecycle.follow(call);
    this.attend(call);
  }

  /** Ends the session of a consultation, and begins the session with the customer, which is assigned to this agent. */
  #newParty(call: LiveCall, next: Leg, request: IncomingRequest): void {
    const { sessions, clock, agent, options, addresses, rules } = this.#context;
    this.#lifecycle.endConsultation(call);
    const caller = callerOf(request, options, addresses);
    const record = rules?.record !== false;
    const session = { ...caller, agentId: agent!.id };
    const known = sessions.add(newSession(session, clock.now(), { place: 'on', phase: 'connecting', record }));
    sessions.emit(known, { type: 'session.assigned', session: plainSession(known.session), agent: agent!.id });
    sessions.emit(known, { type: 'session.connecting' });
    const taken: LiveCall = { known, leg: next, others: new Map() };
    this.#lifecycle.follow(taken);
    this.attend(taken);
  }
}

/** The address of the other side as it was at the start of the call. */
const uriOf = (leg: Leg): SipUri => ({ user: leg.peer, host: leg.rtc.remote_identity.uri.host });

const isSamePeer = (leg: Leg, { from }: IncomingRequest): boolean => {
  const { user, host } = leg.rtc.remote_identity.uri;
  return from.uri.user === user && from.uri.host === host;
};
