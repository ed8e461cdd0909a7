import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import type { Session } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { callerOf } from './caller.js';
import type { Course } from './course.js';
import { newSession, type KnownSession } from './known-session.js';
import { Leg, ownTrack } from './leg.js';
import type { LiveCall } from './live-call.js';
import type { World } from './world.js';
import { plainSession } from '../telephony/sessions.js';

const offerSeconds = 30;
const autoAnswerAfter = 3_000;
/** To a queue they say: not now, and not at all. */
const notNow = 480;
const isBusy = 486;
const declined = 603;

interface Offer {
  one: KnownSession;
  leg: Leg;
  timer: unknown;
  taken: boolean;
}

/** Calls that come in: offered one at a time to an agent who is available. */
export class Offers {
  #world: World;
  #course: Course;
  #attend: (call: LiveCall) => void;
  #offer: Offer | undefined;

  /** `attend`: what the other side asks for is heard. */
  constructor(world: World, course: Course, attend: (call: LiveCall) => void) {
    this.#world = world;
    this.#course = course;
    this.#attend = attend;
  }

  /** Somebody calls. A queue offers what is not taken now again later, with the same session id. */
  come(rtc: RTCSession, request: IncomingRequest): void {
    const { agent, presence, live, busy, book, options, addresses } = this.#world;
    const session = callerOf(request, options, addresses);
    if (book.find(session.id)?.declined) return rtc.terminate({ status_code: declined });
    if (live || busy) return rtc.terminate({ status_code: isBusy });
    if (!agent || !presence.available) return rtc.terminate({ status_code: notNow });
    this.#begin({ ...session, id: this.#freeId(session.id) }, new Leg(rtc));
  }

  async answer(sessionId: string): Promise<void> {
    const offer = this.#offered(sessionId);
    const own = ownTrack(await this.#world.microphone.open());
    if (this.#offer !== offer || offer.taken) throw notOffered(sessionId);
    offer.taken = true;
    this.#take(offer, own);
  }

  decline(sessionId: string): void {
    const { one, leg } = this.#offered(sessionId);
    one.declined = true;
    this.#withdraw(one);
    leg.close(declined);
  }

  /** Nobody is here any more to take it. */
  giveBack(): void {
    const offer = this.#offer;
    if (!offer) return;
    this.#withdraw(offer.one);
    offer.leg.close(notNow);
  }

  /** The page goes: the next one tells what has become of the offer. */
  dropQuietly(): void {
    const offer = this.#offer;
    this.#offer = undefined;
    offer?.leg.close(notNow);
  }

  /** One that a reload has lost. */
  lost(one: KnownSession): void {
    this.#over(one, { type: 'session.withdrawn' });
  }

  #begin(session: Session, leg: Leg): void {
    const { book, clock, timers, rules, options } = this.#world;
    const now = clock.now();
    const iso = (after: number): string => new Date(now + after).toISOString();
    const one = book.add(
      newSession(session, now, { place: 'offered', phase: 'offered', record: rules?.record !== false }),
    );
    const expires = (options.offerSeconds ?? offerSeconds) * 1000;
    const auto = rules?.autoAnswer ? Math.min(autoAnswerAfter, expires) : undefined;
    const offer: Offer = { one, leg, timer: undefined, taken: false };
    this.#offer = offer;
    this.#world.busy = true;
    leg.on('ended', () => this.#gone(offer));
    book.say(one, {
      type: 'session.offered',
      session: plainSession(one.session),
      expiresAt: iso(expires),
      ...(auto !== undefined && { autoAnswerAt: iso(auto) }),
    });
    const miss = (): void => this.#miss(offer);
    offer.timer =
      auto === undefined
        ? timers.setTimeout(miss, expires)
        : timers.setTimeout(() => void this.answer(session.id).catch(miss), auto);
  }

  #take(offer: Offer, own: MediaStream): void {
    const { book, clock, agent, timers, options } = this.#world;
    const { one, leg } = offer;
    timers.clearTimeout(offer.timer);
    this.#clear();
    one.place = 'on';
    book.change(one, { phase: 'assigned', since: new Date(clock.now()).toISOString(), agentId: agent!.id });
    book.say(one, { type: 'session.assigned', session: plainSession(one.session), agent: agent!.id });
    book.change(one, { phase: 'connecting' });
    book.say(one, { type: 'session.connecting' });
    const call: LiveCall = { one, leg: this.#world.dressed(leg), others: new Map() };
    this.#course.follow(call);
    this.#attend(call);
    leg.answer(own, options.iceServers ?? []);
  }

  #miss({ one, leg }: Offer): void {
    one.missed = true;
    this.#over(one, { type: 'session.missed' });
    leg.close(notNow);
    this.#world.presence.missedCall();
    this.#world.settle();
  }

  /** The caller gives up. */
  #gone(offer: Offer): void {
    if (this.#offer !== offer) return;
    const { one } = offer;
    this.#withdraw(one, () => {
      one.failReason = 'eu_abandoned';
      this.#world.book.say(one, { type: 'session.abandoned', session: plainSession(one.session) });
    });
  }

  #withdraw(one: KnownSession, then: () => void = () => {}): void {
    this.#over(one, { type: 'session.withdrawn' }, then);
    this.#world.settle();
  }

  #over(one: KnownSession, event: { type: 'session.missed' | 'session.withdrawn' }, then: () => void = () => {}): void {
    const { book, clock, timers } = this.#world;
    timers.clearTimeout(this.#offer?.timer);
    this.#clear();
    one.place = 'over';
    one.endedAt = clock.now();
    book.say(one, event);
    then();
    book.change(one, { phase: 'ended', since: new Date(one.endedAt).toISOString(), participants: [] });
    book.say(one, { type: 'session.closed' });
  }

  #clear(): void {
    this.#offer = undefined;
    this.#world.busy = false;
  }

  #offered(sessionId: string): Offer {
    this.#world.book.get(sessionId);
    if (this.#offer?.one.session.id !== sessionId || this.#offer.taken) throw notOffered(sessionId);
    return this.#offer;
  }

  /** A session that is closed stays closed: offered again, it is another. */
  #freeId(id: string): string {
    const { book } = this.#world;
    if (!book.find(id)) return id;
    let count = 2;
    while (book.find(`${id}.${count}`)) count++;
    return `${id}.${count}`;
  }
}

const notOffered = (sessionId: string): TelephonyError =>
  new TelephonyError('not-available', `Session ${sessionId} is not offered any more.`);
