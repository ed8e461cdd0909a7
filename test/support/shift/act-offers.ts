import type { CallView } from '../../../src/machine/session/call-view.js';
import type { SessionAct, SessionContext } from '../../../src/machine/session/session-context.js';
import { offer, type AtWork, type Offer } from './offer.js';

type Effect = (now: SessionContext, before: SessionContext, act: SessionAct) => boolean;
const isOn = (act: SessionAct): boolean | undefined => ('on' in act ? act.on : undefined);
const transferMoved: Effect = (now, before) =>
  now.transfers.length > before.transfers.length || (now.transfer === undefined) !== (before.transfer === undefined);

/** The visible effect of each act when the platform has done it. The other acts lead to a new phase. */
const effects: Partial<Record<SessionAct['do'], Effect>> = {
  mute: ({ muted }, _before, act) => muted === isOn(act),
  redact: ({ recordingPaused }, _before, act) => recordingPaused === isOn(act),
  hold: (now, before, act) => {
    // The end of a consultation decides who is on hold.
    if (transferMoved(now, before, act)) return true;
    const { held, participants } = now;
    const id = act.do === 'hold' ? act.participantId : undefined;
    const one = participants.find((each) => each.id === id);
    return id === undefined ? held === isOn(act) : one === undefined || one.held === isOn(act);
  },
  // No event follows these acts, so the effect is that the platform has accepted the command.
  digits: ({ asked }) => asked.digits === undefined,
  add: ({ asked }) => asked.add === undefined,
  remove: ({ participants }, _before, act) =>
    act.do !== 'remove' || participants.every(({ id }) => id !== act.participantId),
  // Notes that were typed meanwhile are not saved, and can be saved again.
  save: ({ asked, draft }, before) => asked.save === undefined && draft !== before.draft,
  transfer: transferMoved,
  'cancel-transfer': transferMoved,
  'complete-transfer': transferMoved,
};

/** The acts of the session on screen. Each act leads to its visible effect, to another phase, or to a failure. */
export function actOffers({ desktop }: AtWork, { session, asked }: CallView) {
  const sessionId = session!.id;
  const now = () => desktop.snapshot.agent.context.leader.sessions[sessionId];
  return (name: string, weight: number, act: SessionAct): Offer => {
    const before = now();
    const press = () => desktop.send({ type: 'session', sessionId, command: { type: 'act', act } });
    // A busy control shows that it is busy, and waits for its answer.
    return offer(name, asked[act.do] === 'sent' ? 0 : weight, press, () => {
      const state = now();
      if (!state || !before || phaseOf(state) !== phaseOf(before)) return true;
      const { actFailure, expiresAt } = state.context;
      // The call may have left the screen and come back.
      if (expiresAt !== before.context.expiresAt) return true;
      if (actFailure && actFailure !== before.context.actFailure) return true;
      return effects[act.do]?.(state.context, before.context, act) ?? false;
    });
  };
}

const phaseOf = ({ value }: { value: unknown }): string => (value as { phase: string }).phase;
