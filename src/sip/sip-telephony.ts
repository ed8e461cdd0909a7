import type { Agent } from '../domain/agent.js';
import type { Page } from '../domain/contact.js';
import type { DialPlan } from '../domain/dial.js';
import type { SessionRecord } from '../domain/session.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type {
  ActiveSession,
  CallRules,
  ListOptions,
  SessionSummary,
  Telephony,
  TelephonyProfile,
  TransferTarget,
} from '../telephony/telephony.js';
import { directoryOf, historyOf, pageOf, statisticsOf } from './lists.js';
import type { SipOptions } from './options.js';
import { Parts } from './parts.js';
import { usualStatuses } from '../telephony/presence.js';
import { capabilitiesHere } from './profile.js';

type Devices = Parameters<NonNullable<Telephony['setDevices']>>[0];

/**
 * Calls over SIP (WebSocket) and WebRTC, by JsSIP, which is loaded at `connect`. Media goes from browser to browser or to
 * the server; the status, wrap-up, recording and conferences, which a SIP server does not have, are made in this page.
 */
export class SipTelephony implements Telephony {
  #parts: Parts;

  /** Throws `invalid` for addresses that cannot be such. */
  constructor(options: SipOptions) {
    this.#parts = new Parts(options);
  }

  async connect(agent: Agent, rules: CallRules): Promise<TelephonyProfile> {
    const { world, resuming, options } = this.#parts;
    await world.line.connect();
    this.#parts.watchPage();
    const left = await world.book.open(agent.id, (one) => world.live?.one === one);
    world.agent = agent;
    world.rules = rules;
    if (left && !world.live) world.presence.state = left;
    resuming.takeStock();
    const isOn = (place: string): boolean => place === 'on' || place === 'wrap-up';
    const active = world.book.recent().filter(({ place }) => isOn(place));
    if (!active.length) world.settle();
    const { outboundNumbers, languages, defaultLanguage } = options;
    const profile = {
      outboundNumbers,
      languages,
      ...(defaultLanguage !== undefined && { defaultLanguage }),
      statuses: usualStatuses,
      status: world.presence.state.status,
      capabilities: capabilitiesHere(),
      activeSessions: active.map(({ session }) => structuredClone(session)),
    };
    resuming.resumeAll();
    return profile;
  }

  setRules(rules: CallRules): Promise<void> {
    return this.#signedIn(({ world }) => void (world.rules = rules));
  }

  /** The agent signs out; a call that is on is not ended, and a later `connect`, in another page too, takes it over. */
  disconnect(): Promise<void> {
    return this.#parts.signOut();
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    return this.#parts.world.queue.subscribe(listener);
  }

  setStatus(status: string): Promise<void> {
    return this.#signedIn(({ world, course }) => {
      world.presence.choose(status);
      course.endWrapUps();
    });
  }

  setNextStatus(status: string | undefined): Promise<void> {
    return this.#signedIn(({ world }) => world.presence.chooseNext(status));
  }

  dial(plan: DialPlan): Promise<{ sessionId: string }> {
    return this.#signedIn(({ dialler }) => dialler.dial(plan));
  }

  cancelDial(key: string): Promise<void> {
    return this.#signedIn(({ dialler }) => dialler.cancel(key));
  }

  associate(sessionId: string, record: SessionRecord): Promise<void> {
    return this.#signedIn(({ world: { book } }) => {
      const one = book.get(sessionId);
      book.change(one, { record: { ...one.session.record, ...record } });
    });
  }

  /**
   * Ended ones for seven days, in this browser: there is no server that knows them, and names and numbers are not kept longer.
   * Not those without a ticket (S4).
   */
  async getSession(sessionId: string): Promise<ActiveSession | undefined> {
    return structuredClone(this.#parts.world.book.find(sessionId)?.session);
  }

  resume(sessionId: string): Promise<void> {
    return this.#signedIn(({ resuming }) => resuming.resume(sessionId));
  }

  answer(sessionId: string): Promise<void> {
    return this.#signedIn(({ offers }) => offers.answer(sessionId));
  }

  decline(sessionId: string): Promise<void> {
    return this.#signedIn(({ offers }) => offers.decline(sessionId));
  }

  end(sessionId: string): Promise<void> {
    return this.#signedIn(({ dialler }) => dialler.end(sessionId));
  }

  setMuted(sessionId: string, muted: boolean): Promise<void> {
    return this.#signedIn(({ inCall }) => inCall.setMuted(sessionId, muted));
  }

  setHeld(sessionId: string, held: boolean, participantId?: string): Promise<void> {
    return this.#signedIn(({ inCall }) => inCall.setHeld(sessionId, held, participantId));
  }

  sendDigits(sessionId: string, digits: string): Promise<void> {
    return this.#signedIn(({ inCall }) => inCall.sendDigits(sessionId, digits));
  }

  transfer(sessionId: string, target: TransferTarget, mode: 'warm' | 'cold'): Promise<void> {
    return this.#signedIn(({ transfers }) => transfers.begin(sessionId, target, mode));
  }

  completeTransfer(sessionId: string): Promise<void> {
    return this.#signedIn(({ transfers }) => transfers.complete(sessionId));
  }

  cancelTransfer(sessionId: string): Promise<void> {
    return this.#signedIn(({ transfers }) => transfers.cancel(sessionId));
  }

  addParticipant(sessionId: string, target: TransferTarget): Promise<void> {
    return this.#signedIn(({ conference }) => conference.add(sessionId, target));
  }

  removeParticipant(sessionId: string, participantId: string): Promise<void> {
    return this.#signedIn(({ conference }) => conference.remove(sessionId, participantId));
  }

  leave(sessionId: string): Promise<void> {
    return this.#signedIn(({ conference }) => conference.leave(sessionId));
  }

  setRecordingPaused(sessionId: string, paused: boolean): Promise<void> {
    return this.#signedIn(({ inCall }) => inCall.setRecordingPaused(sessionId, paused));
  }

  submitWrapUp(
    sessionId: string,
    { notes, dispositions }: { notes: string; dispositions: readonly string[] },
  ): Promise<void> {
    return this.#signedIn(({ course, world }) => course.submitWrapUp(world.book.get(sessionId), notes, dispositions));
  }

  /** The agent's calls in this browser, of the last seven days. */
  history(options?: ListOptions): Promise<Page<SessionSummary>> {
    return this.#signedIn(({ world }) => pageOf(historyOf(world.book.everything()), options));
  }

  directory(query: string, options?: ListOptions): Promise<Page<TransferTarget>> {
    return this.#signedIn(({ world }) => pageOf(directoryOf(world.options, query), options));
  }

  statistics(): Promise<Record<string, number>> {
    return this.#signedIn(({ world }) => statisticsOf(world.book.everything(), world.clock));
  }

  /** Takes effect in a call that is on. The panel rings, not this: a ringer is not used. */
  setDevices(devices: Devices): Promise<void> {
    return this.#signedIn((parts) => parts.setDevices(devices));
  }

  /** Whatever is thrown on the way is a rejection. */
  async #signedIn<T>(run: (parts: Parts) => T | Promise<T>): Promise<T> {
    if (!this.#parts.world.agent) throw new TelephonyError('not-available', 'No agent is signed in.');
    return run(this.#parts);
  }
}
