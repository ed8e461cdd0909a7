import type { Agent } from '../domain/agent.js';
import type { FieldValue, Page } from '../domain/contact.js';
import type { DialPlan } from '../domain/dial.js';
import type { Attachment, Recording, SessionRecord } from '../domain/session.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type {
  ActiveSession,
  CallRules,
  ListOptions,
  SessionSummary,
  Telephony,
  TelephonyProfile,
  TransferTarget,
  Voicemail,
} from '../telephony/telephony.js';
import type { Outcome } from './call-scripts.js';
import type { Caller, CallChannel, IncomingCall, IncomingChat, LeftVoicemail } from './caller.js';
import type { Availability } from './availability.js';
import type { TargetConduct } from './directory.js';
import type { Disorder } from './event-delivery.js';
import { actAtAnotherDevice, type AgentAct } from './other-device.js';
import { pageOf } from './page-of.js';
import { SimulatedPlatform } from './simulated-platform.js';
import type { SimulatorOptions } from './simulator-options.js';
import { historyOf, statisticsOf } from './summaries.js';
import type { CommandTrouble } from './trouble.js';

type Data = Readonly<Record<string, FieldValue>>;
type Devices = Parameters<NonNullable<Telephony['setDevices']>>[0];

/**
 * The embedded platform. Scripts decide the outcome of each call, and events report every change. Besides the panel's
 * commands it has methods for tests and demos: they act for customers, cause faults, and show the platform's state.
 */
export class SimulatedTelephony implements Required<Telephony> {
  /** The devices that the agent has chosen. */
  devices: Devices = {};
  protected readonly platform: SimulatedPlatform;

  constructor(options: SimulatorOptions = {}) {
    this.platform = new SimulatedPlatform(options);
  }

  // Commands of the panel: the agent's connection and status.

  connect(agent: Agent, rules: CallRules): Promise<TelephonyProfile> {
    return this.platform.commands.run('connect', () => this.platform.connect(agent, rules));
  }

  setRules(rules: CallRules): Promise<void> {
    return this.platform.commands.run('setRules', () => {
      this.platform.context.rules = rules;
      this.platform.context.offerWaiting();
    });
  }

  /** Signs the agent out. A call stays connected, and the next `connect`, here or in another page, finds it. */
  disconnect(): Promise<void> {
    this.platform.context.signOut();
    return Promise.resolve();
  }

  subscribe(listener: (event: PlatformEvent) => void): () => void {
    return this.platform.context.delivery.subscribe(listener);
  }

  setStatus(status: string): Promise<void> {
    return this.platform.commands.run('setStatus', () => {
      this.platform.context.presence.choose(status);
      this.platform.lifecycle.endWrapUps();
      this.platform.context.offerWaiting();
    });
  }

  setNextStatus(status: string | undefined): Promise<void> {
    return this.platform.commands.run('setNextStatus', () => this.platform.context.presence.chooseNext(status));
  }

  // Commands of the panel: sessions.

  dial(plan: DialPlan): Promise<{ sessionId: string }> {
    return this.platform.commands.run('dial', () => ({ sessionId: this.platform.dialler.dial(plan) }));
  }

  cancelDial(key: string): Promise<void> {
    return this.platform.commands.run('cancelDial', () => this.platform.dialler.cancel(key));
  }

  associate(sessionId: string, record: SessionRecord): Promise<void> {
    const { commands, context } = this.platform;
    return commands.run('associate', () => {
      const simulated = context.session(sessionId);
      const { correction } = simulated.session.record ?? {};
      const now = { ...simulated.session.record, ...record };
      context.scheduler.change(simulated, { record: now });
      if (now.correction !== correction) context.scheduler.emit(simulated, { type: 'session.recorded', record: now });
      context.save();
    });
  }

  getSession(sessionId: string): Promise<ActiveSession | undefined> {
    const { commands, context } = this.platform;
    return commands.run('getSession', () => structuredClone(context.scheduler.byId(sessionId)?.session));
  }

  resume(sessionId: string): Promise<void> {
    return this.platform.commands.run('resume', () => void this.platform.context.agentSession(sessionId));
  }

  answer(sessionId: string): Promise<void> {
    return this.platform.commands.run('answer', () => this.platform.queue.answer(sessionId));
  }

  decline(sessionId: string): Promise<void> {
    return this.platform.commands.run('decline', () => this.platform.queue.decline(sessionId));
  }

  end(sessionId: string): Promise<void> {
    return this.platform.commands.run('end', () => this.platform.dialler.end(sessionId));
  }

  setMuted(sessionId: string, muted: boolean): Promise<void> {
    return this.platform.commands.run('setMuted', () => this.platform.inCall.setMuted(sessionId, muted));
  }

  setHeld(sessionId: string, held: boolean, participantId?: string): Promise<void> {
    const { commands, inCall } = this.platform;
    return commands.run('setHeld', () => inCall.setHeld(sessionId, held, participantId));
  }

  sendDigits(sessionId: string, digits: string): Promise<void> {
    return this.platform.commands.run('sendDigits', () => this.platform.inCall.sendDigits(sessionId, digits));
  }

  setRecordingPaused(sessionId: string, paused: boolean): Promise<void> {
    const { commands, inCall } = this.platform;
    return commands.run('setRecordingPaused', () => inCall.setRecordingPaused(sessionId, paused));
  }

  transfer(sessionId: string, target: TransferTarget, mode: 'warm' | 'cold'): Promise<void> {
    const { commands, transfers } = this.platform;
    return commands.run('transfer', () => transfers.begin(sessionId, target, mode), `transfer-${mode}`);
  }

  completeTransfer(sessionId: string): Promise<void> {
    return this.platform.commands.run('completeTransfer', () => this.platform.transfers.complete(sessionId));
  }

  cancelTransfer(sessionId: string): Promise<void> {
    return this.platform.commands.run('cancelTransfer', () => this.platform.transfers.cancel(sessionId));
  }

  addParticipant(sessionId: string, target: TransferTarget): Promise<void> {
    return this.platform.commands.run('addParticipant', () => this.platform.inCall.addParticipant(sessionId, target));
  }

  removeParticipant(sessionId: string, participantId: string): Promise<void> {
    const { commands, inCall } = this.platform;
    return commands.run('removeParticipant', () => inCall.removeParticipant(sessionId, participantId));
  }

  leave(sessionId: string): Promise<void> {
    return this.platform.commands.run('leave', () => this.platform.inCall.leave(sessionId));
  }

  submitWrapUp(
    sessionId: string,
    { notes, dispositions }: { notes: string; dispositions: readonly string[] },
  ): Promise<void> {
    const { commands, lifecycle, context } = this.platform;
    return commands.run('submitWrapUp', () => lifecycle.submitWrapUp(context.session(sessionId), notes, dispositions));
  }

  // Commands of the panel: lists and devices.

  history(options?: ListOptions): Promise<Page<SessionSummary>> {
    const { commands, context } = this.platform;
    return commands.run('history', () => pageOf(historyOf(context.scheduler.all()), options));
  }

  voicemails(options?: ListOptions): Promise<Page<Voicemail>> {
    return this.platform.commands.run('voicemails', () => this.platform.voicemailBox.list(options));
  }

  markVoicemail(id: string, as: 'read' | 'closed'): Promise<void> {
    return this.platform.commands.run('markVoicemail', () => this.platform.voicemailBox.mark(id, as));
  }

  directory(query: string, options?: ListOptions): Promise<Page<TransferTarget>> {
    return this.platform.commands.run('directory', () => pageOf(this.platform.targetsFor(query), options));
  }

  statistics(): Promise<Record<string, number>> {
    const { commands, context } = this.platform;
    return commands.run('statistics', () => statisticsOf(context.scheduler.all(), context.clock));
  }

  setDevices(devices: Devices): Promise<void> {
    return this.platform.commands.run('setDevices', () => void (this.devices = { ...this.devices, ...devices }));
  }

  // For tests and demos: the agent on another device.

  /** The agent acts on another device. No capability is needed. Events report the action to the panel. */
  atAnotherDevice(sessionId: string, act: AgentAct): void {
    actAtAnotherDevice(this.platform, sessionId, act);
  }

  // For tests and demos: customers, and other parts of the platform.

  /** A customer calls and waits for the agent. Returns the session's id. */
  incoming(call: IncomingCall = {}): string {
    return this.platform.queue.enqueue(call);
  }

  /** A customer writes and waits for the agent. Returns the session's id. */
  chat(chat: IncomingChat): string {
    return this.platform.queue.enqueue(chat);
  }

  /** A customer leaves a voicemail. Returns the session's id. */
  voicemail(voicemail: LeftVoicemail = {}): string {
    return this.platform.customers.voicemail(voicemail);
  }

  /** A customer has waited [40 seconds] and given up before the call was offered. Returns the session's id. */
  abandoned(caller: Caller & { channel?: CallChannel; waitedSeconds?: number } = {}): string {
    return this.platform.customers.abandoned(caller);
  }

  /** The customer answers now. */
  pickUp(sessionId: string): void {
    this.platform.customers.pickUp(sessionId);
  }

  /** The customer hangs up now. Before the connection, this rejects an outbound call and abandons an inbound call. */
  hangUp(sessionId: string): void {
    this.platform.customers.hangUp(sessionId);
  }

  /** A colleague takes a session that waits in the queue or is offered to the agent. */
  takenElsewhere(sessionId: string): void {
    this.platform.queue.takeByColleague(this.platform.context.session(sessionId));
  }

  /** The customer chooses another queue in the menu. */
  moveToQueue(sessionId: string, queue: { id: string; path: readonly string[] }): void {
    this.platform.customers.moveToQueue(sessionId, queue);
  }

  /** The customer writes a chat message. `unread` is then the number of unread messages [one more than before]. */
  message(sessionId: string, unread?: number): void {
    this.platform.customers.message(sessionId, unread);
  }

  /** The connection quality changes. `loss` is 0 to 1, `jitter` is in milliseconds. */
  quality(sessionId: string, quality: { word: string; loss: number; jitter: number }): void {
    this.platform.customers.quality(sessionId, quality);
  }

  /** The customer rates the session from 1 to 5, during the session or at any time after it. */
  rate(sessionId: string, score: number, feedback?: string): void {
    this.platform.customers.rate(sessionId, score, feedback);
  }

  /** The customer completes a smart action in their app, such as sharing photos or verifying themselves. */
  smartAction(
    sessionId: string,
    action: { kind: string; results?: Data; attachments?: readonly Attachment[]; verified?: boolean },
  ): void {
    this.platform.customers.smartAction(sessionId, action);
  }

  /** A smart action fails. */
  smartActionFails(sessionId: string, failure: { kind: string; message: string; byUser: boolean }): void {
    this.platform.customers.smartActionFails(sessionId, failure);
  }

  /** Another server answers a request that the platform sent to it while it routed the session. */
  apiResponds(sessionId: string, response: { name: string; data: Data }): void {
    this.platform.customers.apiResponds(sessionId, response);
  }

  /** Sets the number of parts of the recording. The agent must have the session. */
  recordInParts(sessionId: string, recordingParts: number): void {
    this.platform.customers.recordInParts(sessionId, recordingParts);
  }

  /** The customer's app sends custom data. */
  customData(sessionId: string, data: Data): void {
    this.platform.customers.customData(sessionId, data);
  }

  // For tests and demos: outcomes and faults.

  /** The outcome of calls to numbers without a script ['answered']. */
  get defaultOutcome(): Outcome {
    return this.platform.dialler.defaultOutcome;
  }
  set defaultOutcome(outcome: Outcome) {
    this.platform.dialler.defaultOutcome = outcome;
  }

  /** The outcome of the next call only. It overrides the number's script and the default. */
  get next(): Outcome | undefined {
    return this.platform.dialler.nextOutcome;
  }
  set next(outcome: Outcome | undefined) {
    this.platform.dialler.nextOutcome = outcome;
  }

  /** Sets the outcome of calls to a number. The number is written as in the dial plan. */
  script(number: string, outcome: Outcome): void {
    this.platform.dialler.script(number, outcome);
  }

  /** Sets how a transfer target reacts. `id` is its id in the directory. */
  scriptTarget(id: string, conduct: TargetConduct): void {
    this.platform.targets.set(id, conduct);
  }

  /** A16: sets a colleague's presence or a queue's length, in place of what the simulation makes up. */
  setAvailability(id: string, availability: Availability): void {
    this.platform.availability.set(id, availability);
  }

  /** The failures of the commands from now on. */
  get trouble(): CommandTrouble {
    return this.platform.commands.trouble;
  }
  set trouble(trouble: CommandTrouble) {
    this.platform.commands.trouble = trouble;
  }

  /** The probabilities of faults in the delivery of events. An assignment changes only the given probabilities. */
  get disorder(): Disorder {
    return this.platform.context.delivery.disorder;
  }
  set disorder(disorder: Partial<Disorder>) {
    this.platform.context.delivery.disorder = { ...this.disorder, ...disorder };
  }

  /** Interrupts the connection between panel and platform. Calls go on unless `endCalls` is true. */
  drop(options: { endCalls?: boolean } = {}): void {
    this.platform.drop(options);
  }

  /** Restores the connection and delivers the events that were emitted meanwhile. */
  restore(): void {
    this.platform.restore();
  }

  /** The agent's microphone is unplugged. */
  loseDevice(): void {
    this.platform.context.scheduler.emitAgentEvent({ type: 'device.lost' });
  }

  /** Makes the file that a recording has instead of a link. It is called at each delivery. */
  get recordingFile(): ((recording: Recording) => Blob) | undefined {
    return this.platform.context.recordingFile;
  }
  set recordingFile(make: ((recording: Recording) => Blob) | undefined) {
    this.platform.context.recordingFile = make;
  }

  // For tests and demos: the platform's state.

  /** Whether an agent is signed in here. If so, this page runs the sessions, and no other page writes to the storage. */
  get isConnected(): boolean {
    return this.platform.context.isSignedInHere;
  }

  /** The id of the agent's status. */
  get status(): string {
    return this.platform.context.presence.state.status;
  }

  /** The rules that the panel set last. */
  get rules(): CallRules | undefined {
    return this.platform.context.rules;
  }

  /** All remembered sessions, the oldest first. */
  sessions(): readonly ActiveSession[] {
    return this.platform.context.scheduler.all().map(({ session }) => session);
  }

  /** The digits that the agent has sent in a call. */
  digitsOf(sessionId: string): string {
    return this.platform.context.session(sessionId).digits;
  }

  /**
   * Calls `watcher` after every change and every delivery. Unlike a subscription, it does not receive the events, so the
   * first subscription still gets them all. Returns a function that removes it.
   */
  watch(watcher: () => void): () => void {
    return this.platform.context.watch(watcher);
  }
}
