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
import { Softphone } from './softphone.js';
import { usualStatuses } from '../telephony/presence.js';
import { capabilitiesHere } from './profile.js';

type Devices = Parameters<NonNullable<Telephony['setDevices']>>[0];

/**
 * Calls over SIP (WebSocket) and WebRTC with JsSIP, which is loaded at `connect`. The audio flows between browsers or to
 * the server. A SIP server has no status, wrap-up, recording or conferences: this page provides them.
 */
export class SipTelephony implements Telephony {
  #phone: Softphone;

  /** Throws `invalid` for options that contain a malformed address or number. */
  constructor(options: SipOptions) {
    this.#phone = new Softphone(options);
  }

  async connect(agent: Agent, rules: CallRules): Promise<TelephonyProfile> {
    const { context, resuming, options } = this.#phone;
    await context.connection.connect();
    this.#phone.watchPage();
    const storedPresence = await context.sessions.open(agent.id, (known) => context.live?.known === known);
    context.agent = agent;
    context.rules = rules;
    if (storedPresence && !context.live) context.presence.state = storedPresence;
    resuming.restoreSessions();
    const isOn = (place: string): boolean => place === 'on' || place === 'wrap-up';
    const active = context.sessions.recent().filter(({ place }) => isOn(place));
    if (!active.length) context.workChanged();
    const { outboundNumbers, languages, defaultLanguage } = options;
    const profile = {
      outboundNumbers,
      languages,
      defaultLanguage,
      statuses: usualStatuses,
      status: context.presence.state.status,
      capabilities: capabilitiesHere(),
      activeSessions: active.map(({ session }) => structuredClone(session)),
    };
    resuming.resumeAll();
    return profile;
  }

  setRules(rules: CallRules): Promise<void> {
    return this.#signedIn(({ context }) => void (context.rules = rules));
  }

  /** Signs the agent out. A connected call goes on, and the next `connect`, here or in another page, takes it over. */
  disconnect(): Promise<void> {
    return this.#phone.signOut();
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    return this.#phone.context.events.subscribe(listener);
  }

  setStatus(status: string): Promise<void> {
    return this.#signedIn(({ context, lifecycle }) => {
      context.presence.choose(status);
      lifecycle.endWrapUps();
    });
  }

  setNextStatus(status: string | undefined): Promise<void> {
    return this.#signedIn(({ context }) => context.presence.chooseNext(status));
  }

  dial(plan: DialPlan): Promise<{ sessionId: string }> {
    return this.#signedIn(({ dialler }) => dialler.dial(plan));
  }

  cancelDial(key: string): Promise<void> {
    return this.#signedIn(({ dialler }) => dialler.cancel(key));
  }

  associate(sessionId: string, record: SessionRecord): Promise<void> {
    return this.#signedIn(({ context: { sessions } }) => {
      const known = sessions.get(sessionId);
      sessions.change(known, { record: { ...known.session.record, ...record } });
    });
  }

  /**
   * Finds ended sessions for seven days and in this browser only: the SIP server does not store them, and the browser
   * does not store names and numbers for longer. Ended sessions without a ticket are not found (S4).
   */
  async getSession(sessionId: string): Promise<ActiveSession | undefined> {
    return structuredClone(this.#phone.context.sessions.find(sessionId)?.session);
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
    return this.#stored(({ inCall }) => inCall.setMuted(sessionId, muted));
  }

  setHeld(sessionId: string, held: boolean, participantId?: string): Promise<void> {
    return this.#stored(({ inCall }) => inCall.setHeld(sessionId, held, participantId));
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
    return this.#stored(({ inCall }) => inCall.setRecordingPaused(sessionId, paused));
  }

  submitWrapUp(
    sessionId: string,
    { notes, dispositions }: { notes: string; dispositions: readonly string[] },
  ): Promise<void> {
    return this.#signedIn(({ lifecycle, context }) =>
      lifecycle.submitWrapUp(context.sessions.get(sessionId), notes, dispositions),
    );
  }

  /** The agent's calls in this browser in the last seven days. */
  history(options?: ListOptions): Promise<Page<SessionSummary>> {
    return this.#signedIn(({ context }) => pageOf(historyOf(context.sessions.everything()), options));
  }

  directory(query: string, options?: ListOptions): Promise<Page<TransferTarget>> {
    return this.#signedIn(({ context }) => pageOf(directoryOf(context.options, query), options));
  }

  statistics(): Promise<Record<string, number>> {
    return this.#signedIn(({ context }) => statisticsOf(context.sessions.everything(), context.clock));
  }

  /** Applies to the current call too. `ringer` is ignored, because the panel itself rings. */
  setDevices(devices: Devices): Promise<void> {
    return this.#signedIn((parts) => parts.setDevices(devices));
  }

  /**
   * Runs a command, and resolves when its effect is stored, so that a reload finds it (A9). A store that hangs delays
   * the command by a second at most.
   */
  async #stored(run: (parts: Softphone) => void | Promise<void>): Promise<void> {
    await this.#signedIn(run);
    const { store, timers } = this.#phone.context;
    await Promise.race([store.settled, new Promise<void>((resolve) => timers.setTimeout(resolve, 1000))]);
  }

  /** Runs a command. Rejects with every error that the command throws, and if no agent is signed in. */
  async #signedIn<T>(run: (parts: Softphone) => T | Promise<T>): Promise<T> {
    if (!this.#phone.context.agent) throw new TelephonyError('not-available', 'No agent is signed in.');
    return run(this.#phone);
  }
}
