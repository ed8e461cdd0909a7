import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import { callerOf } from './caller.js';
import type { Course } from './course.js';
import { newSession, plain } from './known-session.js';
import { Leg, ownTrack } from './leg.js';
import type { LiveCall } from './live-call.js';
import type { World } from './world.js';

type AcceptReplaces = (begun: (rtc: RTCSession) => void) => void;
type AcceptRefer = (begun: (rtc: RTCSession) => void, options: object) => void;

/** Milliseconds until a leg that a transfer has left over is ended from here. */
const leftOver = 5_000;

/** What the other side of a call asks for: to talk to somebody else (REFER), or to be taken over (Replaces). */
export class Peers {
  #world: World;
  #course: Course;
  #expected = new WeakSet<RTCSession>();

  constructor(world: World, course: Course) {
    this.#world = world;
    this.#course = course;
  }

  /** An INVITE that takes the place of another call is no new one. */
  expects(rtc: RTCSession): boolean {
    return this.#expected.has(rtc);
  }

  attend(call: LiveCall): void {
    const { leg } = call;
    leg.rtc.on('replaces', ({ request, accept, reject }) => {
      if (call.leg !== leg || this.#world.live !== call) return reject();
      (accept as AcceptReplaces)((rtc) => void this.#replace(call, rtc, request));
    });
    leg.rtc.on('refer', ({ request, accept, reject }) => {
      void this.#move(call, leg, request, accept as AcceptRefer).then((moves) => moves || reject());
    });
  }

  async #replace(call: LiveCall, rtc: RTCSession, request: IncomingRequest): Promise<void> {
    this.#expected.add(rtc);
    const next = new Leg(rtc);
    const isSame = request.from.uri.user === call.leg.rtc.remote_identity.uri.user;
    this.#goOn(call, next, () => (isSame ? this.#swap(call, next) : this.#newParty(call, next, request)));
    next.answer(ownTrack(await this.#world.microphone.open()), this.#world.options.iceServers ?? []);
  }

  /** Only a colleague may move a call, and only to an address of this domain. */
  async #move(call: LiveCall, leg: Leg, request: IncomingRequest, accept: AcceptRefer): Promise<boolean> {
    const { addresses, options, microphone, pcConfig } = this.#world;
    const { uri } = (request as unknown as { refer_to: { uri: { user: string; host: string } } }).refer_to;
    const isAllowed = (options.acceptRefer ?? 'agents') === 'agents' && addresses.agentOf(leg.peer);
    if (!isAllowed || call.leg !== leg || uri.host !== options.domain.split(':')[0]) return false;
    try {
      addresses.ofPeer(decodeURIComponent(uri.user));
    } catch {
      return false;
    }
    const own = ownTrack(await microphone.open());
    accept(
      (rtc) => {
        const next = new Leg(rtc, own);
        this.#goOn(call, next, () => {
          this.#swap(call, next);
          setTimeout(() => leg.close(), leftOver);
        });
      },
      { mediaStream: own, pcConfig },
    );
    return true;
  }

  /** Until the new leg is there the old one counts; its end meanwhile is not the call's. */
  #goOn(call: LiveCall, next: Leg, then: () => void): void {
    const old = call.leg;
    // JsSIP ends the replaced leg before anybody else hears that the new one is there.
    call.next = next;
    next.on('confirmed', () => {
      if (call.next !== next) return;
      delete call.next;
      then();
    });
    next.on('ended', () => {
      if (call.next !== next) return;
      delete call.next;
      if (old.end) this.#course.gone(call);
    });
  }

  #swap(call: LiveCall, next: Leg): void {
    call.leg = this.#world.dressed(next);
    next.muted = call.one.session.muted;
    this.#course.follow(call);
    this.attend(call);
  }

  /** A consultation becomes the call with the customer: another session, and this agent's from its beginning. */
  #newParty(call: LiveCall, next: Leg, request: IncomingRequest): void {
    const { book, clock, agent, options, addresses, rules } = this.#world;
    this.#course.endQuietly(call);
    const caller = callerOf(request, options, addresses);
    const record = rules?.record !== false;
    const session = { ...caller, agentId: agent!.id };
    const one = book.add(newSession(session, clock.now(), { place: 'on', phase: 'connecting', record }));
    book.say(one, { type: 'session.assigned', session: plain(one.session), agent: agent!.id });
    book.say(one, { type: 'session.connecting' });
    const taken: LiveCall = { one, leg: this.#world.dressed(next), others: new Map() };
    this.#course.follow(taken);
    this.attend(taken);
  }
}
