import { TelephonyError } from '../telephony/telephony-error.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import type { DialogName, KnownSession } from './known-session.js';
import type { Leg } from './leg.js';
import type { LiveCall } from './live-call.js';
import type { Offers } from './offers.js';
import type { PeerRequests } from './peer-requests.js';
import type { SipContext } from './sip-context.js';

const tag = /^[\w.!%*+`'~-]{1,128}$/;
const callId = /^[\w.!%*+`'~()<>:\\/[\]?{}"-]{1,128}(@[\w.!%*+`'~()<>:\\/[\]?{}"-]{1,128})?$/;

/** Takes over the calls of a page that has unloaded, or ends them. */
export class Resuming {
  #context: SipContext;
  #lifecycle: SessionLifecycle;
  #offers: Offers;
  #peers: PeerRequests;
  #takeovers = new Map<string, Promise<void>>();

  constructor(context: SipContext, lifecycle: SessionLifecycle, offers: Offers, peerRequests: PeerRequests) {
    this.#context = context;
    this.#lifecycle = lifecycle;
    this.#offers = offers;
    this.#peers = peerRequests;
  }

  /** Continues or ends the sessions that the last page left. A call that was never connected cannot be taken over. */
  restoreSessions(): void {
    for (const known of this.#context.sessions.recent()) {
      if (known.place === 'wrap-up') this.#lifecycle.armWrapUp(known);
      else if (known.place === 'offered') this.#offers.endLost(known);
      else if (known.place === 'on' && !known.dialog && this.#context.live?.known !== known)
        this.#lifecycle.endLost(known);
    }
  }

  /** Resumes all calls without waiting for a command: until then agent and customer do not hear each other. */
  resumeAll(): void {
    for (const known of this.#context.sessions.recent())
      if (known.place === 'on') this.resume(known.session.id).catch(() => undefined);
  }

  resume(sessionId: string): Promise<void> {
    const known = this.#context.sessions.get(sessionId);
    if (this.#context.live?.known === known) return Promise.resolve();
    if (known.place !== 'on' || !known.dialog)
      return Promise.reject(new TelephonyError('not-available', `Session ${sessionId} is not with the agent.`));
    let under = this.#takeovers.get(sessionId);
    if (!under) {
      under = this.#replace(known, known.dialog).finally(() => this.#takeovers.delete(sessionId));
      this.#takeovers.set(sessionId, under);
    }
    return under;
  }

  async #replace(known: KnownSession, dialog: DialogName): Promise<void> {
    const context = this.#context;
    context.busy = true;
    let leg: Leg;
    try {
      leg = await context.place(context.addresses.ofPeer(dialog.peer), replacing(dialog));
      await settled(leg);
    } catch (error) {
      // The microphone or the connection was not available. Another attempt may succeed.
      context.busy = false;
      throw error;
    }
    context.busy = false;
    if (leg.end) {
      this.#lifecycle.endLost(known);
      context.workChanged();
      const { session } = known;
      throw new TelephonyError('not-available', `Session ${session.id} has ended.`, { failReason: 'voip_conn_signal' });
    }
    const call: LiveCall = { known, leg, others: new Map() };
    leg.muted = known.session.muted;
    this.#lifecycle.follow(call);
    this.#peers.attend(call);
    if (known.session.held) await leg.hold(true);
  }
}

/**
 * Headers of an INVITE that replaces a dialog. A side that does not know the dialog or Replaces refuses it, so it never
 * makes a second call.
 */
function replacing({ callId: id, localTag, remoteTag }: DialogName): string[] {
  if (!callId.test(id) || !tag.test(localTag) || !tag.test(remoteTag))
    throw new TelephonyError('invalid', 'The stored dialog is not valid.');
  return [`Replaces: ${id};to-tag=${remoteTag};from-tag=${localTag}`, 'Require: replaces'];
}

const settled = (leg: Leg): Promise<void> =>
  new Promise((resolve) => {
    leg.on('confirmed', resolve);
    leg.on('ended', resolve);
  });
