import type { Agent } from '../domain/agent.js';
import type { Page } from '../domain/contact.js';
import type { DialPlan } from '../domain/dial.js';
import type { ChatMessage, SessionRecord } from '../domain/session.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type {
  ActiveSession,
  CallRules,
  ListOptions,
  OwnMessage,
  SessionSummary,
  Telephony,
  TelephonyProfile,
  TransferTarget,
  Voicemail,
} from '../telephony/telephony.js';
import { pageOf } from './page-of.js';
import { SimulatedPlatform } from './simulated-platform.js';
import type { SimulatorOptions } from './simulator-options.js';
import { historyOf, statisticsOf } from './summaries.js';

type Devices = Parameters<NonNullable<Telephony['setDevices']>>[0];

/** The commands of the panel to the embedded platform. */
export class SimulatedCommands implements Required<Telephony> {
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

  // Commands of the panel: the conversation of a chat (A15).

  listMessages(sessionId: string, options?: ListOptions): Promise<Page<ChatMessage>> {
    return this.platform.commands.run('listMessages', () => this.platform.conversations.list(sessionId, options));
  }

  sendMessage(sessionId: string, message: OwnMessage): Promise<void> {
    return this.platform.commands.run('sendMessage', () => this.platform.conversations.send(sessionId, message));
  }

  setTyping(sessionId: string, typing: boolean): Promise<void> {
    return this.platform.commands.run('setTyping', () => this.platform.conversations.setTyping(sessionId, typing));
  }

  markRead(sessionId: string, upTo: string): Promise<void> {
    return this.platform.commands.run('markRead', () => this.platform.conversations.markRead(sessionId, upTo));
  }
}
