import { Conference } from './conference.js';
import { Course } from './course.js';
import { Dialler } from './dialling.js';
import { InCall } from './in-call.js';
import type { Leg } from './leg.js';
import type { LiveCall } from './live-call.js';
import { Media } from './media.js';
import { Offers } from './offers.js';
import type { SipOptions } from './options.js';
import { Peers } from './peers.js';
import { Resuming } from './resuming.js';
import { SipLine } from './sip-line.js';
import { Transfers } from './transfers.js';
import { World } from './world.js';

/** Until the side that was called looks for another way too: both at once would get into each other's way. */
const calledSideWaits = 4_000;
/** Until the other does, where the server was away and the network perhaps was not: a call that is heard is left alone. */
const callerWaits = 1_500;

/** All parts, and what binds them together. */
export class Parts {
  readonly options: SipOptions;
  readonly world: World;
  readonly course: Course;
  readonly dialler: Dialler;
  readonly offers: Offers;
  readonly inCall: InCall;
  readonly transfers: Transfers;
  readonly conference: Conference;
  readonly resuming: Resuming;
  readonly #leave = (): void => this.#pageGoes();
  /** The browser's network was away, and may be another now. */
  #wasOffline = false;
  readonly #online = (): void => {
    this.#wasOffline = true;
    this.#findWays();
  };

  constructor(options: SipOptions) {
    this.options = options;
    const world = (this.world = new World(options));
    const media = new Media(world);
    this.course = new Course(world, media);
    const peers = new Peers(world, this.course);
    const attend = (call: LiveCall): void => peers.attend(call);
    const aside: Peers['attendAside'] = (leg, then) => peers.attendAside(leg, then);
    this.dialler = new Dialler(world, this.course, attend);
    this.offers = new Offers(world, this.course, attend);
    this.inCall = new InCall(world);
    this.transfers = new Transfers(world, this.course, this.inCall, aside);
    this.conference = new Conference(world, this.course, media, this.inCall, aside);
    this.resuming = new Resuming(world, this.course, this.offers, peers);
    world.line = new SipLine(options, world.addresses.own, {
      incoming: (rtc, request) => {
        if (!peers.expects(rtc)) this.offers.come(rtc, request);
      },
      lost: () => world.queue.say({ type: 'connection.lost' }),
      restored: () => {
        world.queue.say({ type: 'connection.restored' });
        this.#findWays();
      },
    });
  }

  /** Before a call can be on. */
  watchPage(): void {
    addEventListener('pagehide', this.#leave);
    addEventListener('online', this.#online);
  }

  async signOut(): Promise<void> {
    const { world } = this;
    if (!world.agent) return;
    this.offers.giveBack();
    const { live } = world;
    if (live && !live.leg.confirmed) {
      live.endedHere = { by: 'agent', failReason: 'ag_canceled' };
      live.leg.close();
    } else if (live) await this.course.letGo(live);
    this.course.haltWrapUps();
    await world.line.disconnect();
    await world.store.settled;
    world.microphone.close();
    world.agent = undefined;
    removeEventListener('pagehide', this.#leave);
    removeEventListener('online', this.#online);
  }

  async setDevices({ microphone, speaker }: { microphone?: string; speaker?: string }): Promise<void> {
    const { world } = this;
    if (speaker !== undefined) {
      world.speaker = speaker;
      await Promise.all(this.#legs().map((leg) => leg.speaker(speaker)));
    }
    if (microphone === undefined || !(await world.microphone.choose(microphone))) return;
    const stream = await world.microphone.open();
    world.live?.mixer?.setMicrophone(stream);
    for (const leg of this.#legs()) await leg.replaceMicrophone(stream);
  }

  #legs(): Leg[] {
    const { live } = this.world;
    if (!live) return [];
    const others = [...live.others.values()].map(({ leg }) => leg);
    return [live.leg, ...(live.transfer?.leg ? [live.transfer.leg] : []), ...others];
  }

  /** The network may be another: every leg looks for a way through it again. */
  #findWays(): void {
    const { world } = this;
    if (!world.line.up) return;
    for (const leg of this.#legs()) {
      const find = (): void => void leg.restartIce().catch(() => undefined);
      if (!leg.confirmed || leg.end) continue;
      const calls = leg.rtc.direction === 'outgoing';
      if (calls && this.#wasOffline) find();
      else
        world.timers.setTimeout(
          () => {
            const { iceConnectionState } = leg.rtc.connection;
            if (!leg.end && world.line.up && !['connected', 'completed'].includes(iceConnectionState)) find();
          },
          calls ? callerWaits : calledSideWaits,
        );
    }
    this.#wasOffline = false;
  }

  /** What only rings goes with the page, and the next one says so; what is connected is taken over by it. */
  #pageGoes(): void {
    const { live } = this.world;
    this.offers.dropQuietly();
    if (!live || live.leg.confirmed) return;
    live.letGo = true;
    live.leg.close();
  }
}
