import type { FieldValue } from '../domain/contact.js';
import type { Attachment, Recording } from '../domain/session.js';
import type { ActiveSession, CallRules } from '../telephony/telephony.js';
import type { Availability } from './availability.js';
import type { Outcome } from './call-scripts.js';
import type { Caller, CallChannel, IncomingCall, IncomingChat, LeftVoicemail } from './caller.js';
import type { CustomerMessage } from './conversations.js';
import type { TargetConduct } from './directory.js';
import type { Disorder } from './event-delivery.js';
import { actAtAnotherDevice, type AgentAct } from './other-device.js';
import { SimulatedCommands } from './simulated-commands.js';
import type { CommandTrouble } from './trouble.js';

type Data = Readonly<Record<string, FieldValue>>;

/**
 * The embedded platform. Scripts decide the outcome of each call, and events report every change. Besides the panel's
 * commands it has methods for tests and demos: they act for customers, cause faults, and show the platform's state.
 */
export class SimulatedTelephony extends SimulatedCommands {
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

  /** The customer writes a message without a text. `unread` is then the number of unread messages [one more]. */
  message(sessionId: string, unread?: number): void {
    this.platform.customers.message(sessionId, unread);
  }

  /** A15: the customer writes, or sends files. Returns the message's id. */
  write(sessionId: string, message: CustomerMessage | string): string {
    return this.platform.conversations.write(sessionId, message);
  }

  /** A15: the customer types. */
  types(sessionId: string): void {
    this.platform.conversations.types(sessionId);
  }

  /** A15: the customer has read all messages. */
  reads(sessionId: string): void {
    this.platform.conversations.reads(sessionId);
  }

  /** A15: the customer leaves the chat's page, or comes back. The platform says so in the conversation. */
  setAway(sessionId: string, away: boolean): void {
    this.platform.conversations.setAway(sessionId, away);
  }

  /** A15: the platform replaces the text of a message, for example a card number. */
  redactMessage(sessionId: string, messageId: string, text: string): void {
    this.platform.conversations.redact(sessionId, messageId, text);
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
