import type { TransferTarget } from '../telephony/telephony.js';
import type { SimulatedPlatform } from './simulated-platform.js';

/** An action of the agent on another device than the panel, for example a desk phone. */
export type AgentAct =
  | { do: 'mute' | 'hold' | 'pause-recording'; on: boolean }
  | { do: 'transfer'; target: TransferTarget; mode: 'warm' | 'cold' }
  | { do: 'complete-transfer' | 'cancel-transfer' | 'leave' }
  | { do: 'add'; target: TransferTarget }
  | { do: 'remove'; participantId: string }
  | { do: 'wrap-up'; notes: string; dispositions: readonly string[] }
  | { do: 'voicemail'; as: 'read' | 'closed' };

/** Carries out an action of the agent on another device. No capability is needed. Events report it to the panel. */
export function actAtAnotherDevice(platform: SimulatedPlatform, sessionId: string, act: AgentAct): void {
  const { inCall, transfers, lifecycle, voicemailBox, context } = platform;
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
