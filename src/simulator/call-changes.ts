import { plainSession, startOrStop } from '../telephony/sessions.js';
import type { Participant, TransferTarget } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { CallQueue } from './call-queue.js';
import type { PlatformContext } from './platform-context.js';
import type { SimulatedSession } from './simulated-session.js';
import { participantOf } from './transfer-target.js';

export function addToCall(
  { scheduler }: PlatformContext,
  simulated: SimulatedSession,
  target: TransferTarget,
  at: number,
): Participant {
  const participant = participantOf(target);
  scheduler.change(simulated, { participants: [...simulated.session.participants, participant] });
  scheduler.emit(simulated, { type: 'session.participant-joined', participant }, at);
  return participant;
}

export function removeFromCall(
  { scheduler }: PlatformContext,
  simulated: SimulatedSession,
  participant: Participant,
  at?: number,
): void {
  scheduler.change(simulated, {
    participants: simulated.session.participants.filter(({ id }) => id !== participant.id),
  });
  scheduler.emit(simulated, { type: 'session.participant-left', participant }, at);
}

/** Puts a participant on hold or takes them off hold. Only the customer's time on hold counts in the durations. */
export function hold(
  { scheduler, clock }: PlatformContext,
  simulated: SimulatedSession,
  held: boolean,
  { participantId = 'customer', at = clock.now() }: { participantId?: string; at?: number } = {},
): void {
  const participant = simulated.session.participants.find(({ id }) => id === participantId);
  if (!participant) throw new TelephonyError('invalid', `There is no participant ${participantId} in the call.`);
  if (participant.held === held) return;
  const isCustomer = participant.kind === 'customer';
  if (isCustomer) simulated.held = startOrStop(simulated.held, held, at);
  scheduler.change(simulated, {
    ...(isCustomer && { held }),
    participants: simulated.session.participants.map((each) => (each === participant ? { ...each, held } : each)),
  });
  scheduler.emit(simulated, { type: 'session.held', held, ...(!isCustomer && { participantId }) }, at);
}

/** Takes the agent out of the call, and schedules its end. `agentId` is the colleague who has the call now. */
export function handOver(
  context: PlatformContext,
  queue: CallQueue,
  simulated: SimulatedSession,
  agentId: string | undefined,
  at: number,
): void {
  const { scheduler } = context;
  simulated.place = 'elsewhere';
  simulated.handedOn = true;
  scheduler.change(simulated, { muted: false });
  if (agentId !== undefined) {
    scheduler.change(simulated, { agentId });
    scheduler.emit(
      simulated,
      { type: 'session.assigned', session: plainSession(simulated.session), agent: agentId },
      at,
    );
  }
  queue.scheduleHangUp(simulated, at);
  context.workChanged();
}
