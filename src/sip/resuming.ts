import { TelephonyError } from '../telephony/telephony-error.js';
import type { Course } from './course.js';
import type { DialogName, KnownSession } from './known-session.js';
import type { Leg } from './leg.js';
import type { LiveCall } from './live-call.js';
import type { Offers } from './offers.js';
import type { Peers } from './peers.js';
import type { World } from './world.js';

const tag = /^[\w.!%*+`'~-]{1,128}$/;
const callId = /^[\w.!%*+`'~()<>:\\/[\]?{}"-]{1,128}(@[\w.!%*+`'~()<>:\\/[\]?{}"-]{1,128})?$/;

/** Calls of a page that is gone: this one takes their place at the other side, or they are ended. */
export class Resuming {
  #world: World;
  #course: Course;
  #offers: Offers;
  #peers: Peers;
  #under = new Map<string, Promise<void>>();

  constructor(world: World, course: Course, offers: Offers, peers: Peers) {
    this.#world = world;
    this.#course = course;
    this.#offers = offers;
    this.#peers = peers;
  }

  /** What was on when the last page went. A call that was never connected cannot be taken over. */
  takeStock(): void {
    for (const one of this.#world.book.recent()) {
      if (one.place === 'wrap-up') this.#course.armWrapUp(one);
      else if (one.place === 'offered') this.#offers.lost(one);
      else if (one.place === 'on' && !one.dialog && this.#world.live?.one !== one) this.#course.endLost(one);
    }
  }

  /** Nobody hears anybody until the media is here, so it is not waited for anybody to ask. */
  resumeAll(): void {
    for (const one of this.#world.book.recent())
      if (one.place === 'on') this.resume(one.session.id).catch(() => undefined);
  }

  resume(sessionId: string): Promise<void> {
    const one = this.#world.book.get(sessionId);
    if (this.#world.live?.one === one) return Promise.resolve();
    if (one.place !== 'on' || !one.dialog)
      return Promise.reject(new TelephonyError('not-available', `Session ${sessionId} is not with the agent.`));
    let under = this.#under.get(sessionId);
    if (!under) {
      under = this.#replace(one, one.dialog).finally(() => this.#under.delete(sessionId));
      this.#under.set(sessionId, under);
    }
    return under;
  }

  async #replace(one: KnownSession, dialog: DialogName): Promise<void> {
    const world = this.#world;
    world.busy = true;
    let leg: Leg;
    try {
      leg = await world.place(world.addresses.ofPeer(dialog.peer), replacing(dialog));
      await settled(leg);
    } catch (error) {
      // Without a microphone, or without a line, another try may do.
      world.busy = false;
      throw error;
    }
    world.busy = false;
    if (leg.end) {
      this.#course.endLost(one);
      world.settle();
      const { session } = one;
      throw new TelephonyError('not-available', `The call ${session.id} is over.`, { failReason: 'voip_conn_signal' });
    }
    const call: LiveCall = { one, leg, others: new Map() };
    leg.muted = one.session.muted;
    this.#course.follow(call);
    this.#peers.attend(call);
    if (one.session.held) await leg.hold(true);
  }
}

/** Whoever does not know the dialog, or Replaces, refuses: it never becomes a second call for the customer. */
function replacing({ callId: id, localTag, remoteTag }: DialogName): string[] {
  if (!callId.test(id) || !tag.test(localTag) || !tag.test(remoteTag))
    throw new TelephonyError('invalid', 'What is stored names no dialog.');
  return [`Replaces: ${id};to-tag=${remoteTag};from-tag=${localTag}`, 'Require: replaces'];
}

const settled = (leg: Leg): Promise<void> =>
  new Promise((resolve) => {
    leg.on('confirmed', resolve);
    leg.on('ended', resolve);
  });
