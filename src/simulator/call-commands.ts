import type { Page } from '../domain/contact.js';
import type { ListOptions, SessionSummary, Telephony, TransferTarget, Voicemail } from '../telephony/telephony.js';
import { inDirectory } from './directory.js';
import { pageOf } from './page-of.js';
import { SimulatedCustomers } from './simulated-customers.js';
import { historyOf, statisticsOf } from './summaries.js';

type Commands =
  | ('answer' | 'decline' | 'setMuted' | 'setHeld' | 'sendDigits' | 'setRecordingPaused' | 'submitWrapUp')
  | ('transfer' | 'completeTransfer' | 'cancelTransfer' | 'addParticipant' | 'removeParticipant' | 'leave')
  | ('history' | 'voicemails' | 'markVoicemail' | 'directory' | 'statistics' | 'setDevices');

type Devices = Parameters<NonNullable<Telephony['setDevices']>>[0];

/** What an agent can do to a session without the panel. */
export type AgentAct =
  | { do: 'mute' | 'hold' | 'pause-recording'; on: boolean }
  | { do: 'transfer'; target: TransferTarget; mode: 'warm' | 'cold' }
  | { do: 'complete-transfer' | 'cancel-transfer' | 'leave' }
  | { do: 'add'; target: TransferTarget }
  | { do: 'remove'; participantId: string }
  | { do: 'wrap-up'; notes: string; dispositions: readonly string[] }
  | { do: 'voicemail'; as: 'read' | 'closed' };

/** The commands for a session that is there, and the lists. */
export class CallCommands extends SimulatedCustomers implements Required<Pick<Telephony, Commands>> {
  /** What the agent chose last. */
  devices: Devices = {};

  /** The agent acts at another device: whatever the profile's capabilities are, the panel hears of it by events. */
  atAnotherDevice(sessionId: string, act: AgentAct): void {
    const { inCall, transfers, lifecycle, voicemailBox, context } = this;
    switch (act.do) {
      case 'mute':
        return inCall.setMuted(sessionId, act.on);
      case 'hold':
        return inCall.setHeld(sessionId, act.on);
      case 'pause-recording':
        return inCall.setRecordingPaused(sessionId, act.on);
      case 'transfer':
        return transfers.begin(sessionId, act.target, act.mode);
      case 'complete-transfer':
        return transfers.complete(sessionId);
      case 'cancel-transfer':
        return transfers.cancel(sessionId);
      case 'leave':
        return inCall.leave(sessionId);
      case 'add':
        return inCall.addParticipant(sessionId, act.target);
      case 'remove':
        return inCall.removeParticipant(sessionId, act.participantId);
      case 'wrap-up':
        return lifecycle.submitWrapUp(context.session(sessionId), act.notes, act.dispositions);
      case 'voicemail':
        return voicemailBox.mark(voicemailBox.idOf(sessionId), act.as);
    }
  }

  answer(sessionId: string): Promise<void> {
    return this.run('answer', () => this.queue.answer(sessionId));
  }

  decline(sessionId: string): Promise<void> {
    return this.run('decline', () => this.queue.decline(sessionId));
  }

  setMuted(sessionId: string, muted: boolean): Promise<void> {
    return this.run('setMuted', () => this.inCall.setMuted(sessionId, muted));
  }

  setHeld(sessionId: string, held: boolean, participantId?: string): Promise<void> {
    return this.run('setHeld', () => this.inCall.setHeld(sessionId, held, participantId));
  }

  sendDigits(sessionId: string, digits: string): Promise<void> {
    return this.run('sendDigits', () => this.inCall.sendDigits(sessionId, digits));
  }

  setRecordingPaused(sessionId: string, paused: boolean): Promise<void> {
    return this.run('setRecordingPaused', () => this.inCall.setRecordingPaused(sessionId, paused));
  }

  transfer(sessionId: string, target: TransferTarget, mode: 'warm' | 'cold'): Promise<void> {
    return this.run('transfer', () => this.transfers.begin(sessionId, target, mode), `transfer-${mode}`);
  }

  completeTransfer(sessionId: string): Promise<void> {
    return this.run('completeTransfer', () => this.transfers.complete(sessionId));
  }

  cancelTransfer(sessionId: string): Promise<void> {
    return this.run('cancelTransfer', () => this.transfers.cancel(sessionId));
  }

  addParticipant(sessionId: string, target: TransferTarget): Promise<void> {
    return this.run('addParticipant', () => this.inCall.addParticipant(sessionId, target));
  }

  removeParticipant(sessionId: string, participantId: string): Promise<void> {
    return this.run('removeParticipant', () => this.inCall.removeParticipant(sessionId, participantId));
  }

  leave(sessionId: string): Promise<void> {
    return this.run('leave', () => this.inCall.leave(sessionId));
  }

  submitWrapUp(
    sessionId: string,
    { notes, dispositions }: { notes: string; dispositions: readonly string[] },
  ): Promise<void> {
    return this.run('submitWrapUp', () =>
      this.lifecycle.submitWrapUp(this.context.session(sessionId), notes, dispositions),
    );
  }

  history(options?: ListOptions): Promise<Page<SessionSummary>> {
    return this.run('history', () => pageOf(historyOf(this.context.scheduler.all()), options));
  }

  voicemails(options?: ListOptions): Promise<Page<Voicemail>> {
    return this.run('voicemails', () => this.voicemailBox.list(options));
  }

  markVoicemail(id: string, as: 'read' | 'closed'): Promise<void> {
    return this.run('markVoicemail', () => this.voicemailBox.mark(id, as));
  }

  directory(query: string, options?: ListOptions): Promise<Page<TransferTarget>> {
    return this.run('directory', () => pageOf(inDirectory(this.entries, query, this.context.agent?.id), options));
  }

  statistics(): Promise<Record<string, number>> {
    return this.run('statistics', () => statisticsOf(this.context.scheduler.all(), this.context.clock));
  }

  setDevices(devices: Devices): Promise<void> {
    return this.run('setDevices', () => void (this.devices = { ...this.devices, ...devices }));
  }
}
