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

/** Takes over the calls of a page that has unloaded, or ends their sessions. */
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

  /**
   * Continues the wrap-ups of the last page, and ends its offers and the calls that were not connected. `resumeAll`
   * takes over the connected calls.
   */
  restoreSessions(): void {
    for (const known of this.#context.sessions.recent()) {
      if (known.place === 'wrap-up') this.#lifecycle.armWrapUp(known);
      else if (known.place === 'offered') this.#offers.endLost(known);
      else if (known.place === 'on' && !known.dialog && this.#context.live?.known !== known)
        this.#lifecycle.endLost(known);
    }
  }

  /** Resumes all calls without a command: until they are resumed, agent and customer do not hear each other. */
  resumeAll(): void {
    for (const known of this.#context.sessions.recent())
      if (known.place === 'on') this.resume(known.session.id).catch(() => undefined);
  }

  resume(sessionId: string): Promise<void> {
    const known = this.#context.sessions.get(sessionId);
    if (this.#context.live?.known === known) return Promise.resolve();
    if (known.place !== 'on' || !known.dialog)
      return Promise.reject(new TelephonyError('not-available', `Session ${sessionId} is not with the agent.`));
    let takeover = this.#takeovers.get(sessionId);
    if (!takeover) {
      takeover = this.#replace(known, known.dialog).finally(() => this.#takeovers.delete(sessionId));
      this.#takeovers.set(sessionId, takeover);
    }
    return takeover;
  }

  async #replace(known: KnownSession, dialog: DialogName): Promise<void> {
    const context = this.#context;
    context.busy = true;
    let leg: Leg;
    try {
      leg = await context.place(context.addresses.ofPeer(dialog.peer), replacing(dialog));
      await confirmedOrEnded(leg);
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
 * The headers of an INVITE that replaces a dialog. Another side that does not know the dialog, or does not support
 * Replaces, refuses the INVITE: it never becomes a second call.
 */
function replacing({ callId: id, localTag, remoteTag }: DialogName): string[] {
  if (!callId.test(id) || !tag.test(localTag) || !tag.test(remoteTag))
    throw new TelephonyError('invalid', 'The stored dialog is not valid.');
  return [`Replaces: ${id};to-tag=${remoteTag};from-tag=${localTag}`, 'Require: replaces'];
}

const confirmedOrEnded = (leg: Leg): Promise<void> =>
  new Promise((resolve) => {
    leg.on('confirmed', resolve);
    leg.on('ended', resolve);
  });
