import type { CallView } from '../../../src/machine/session/call-view.js';
import type { SessionAct, SessionContext } from '../../../src/machine/session/session-context.js';
import { offer, type AtWork, type Offer } from './offer.js';

type Told = (now: SessionContext, before: SessionContext, act: SessionAct) => boolean;
const isOn = (act: SessionAct): boolean | undefined => ('on' in act ? act.on : undefined);
const transferMoved: Told = (now, before) =>
  now.transfers.length > before.transfers.length || (now.transfer === undefined) !== (before.transfer === undefined);

/** What the platform tells of each act that it has carried out. Of the others a new state is to come. */
const told: Partial<Record<SessionAct['do'], Told>> = {
  mute: ({ muted }, _before, act) => muted === isOn(act),
  redact: ({ recordingPaused }, _before, act) => recordingPaused === isOn(act),
  hold: (now, before, act) => {
    // The end of a consultation settles who is on hold.
    if (transferMoved(now, before, act)) return true;
    const { held, participants } = now;
    const id = act.do === 'hold' ? act.participantId : undefined;
    const one = participants.find((each) => each.id === id);
    return id === undefined ? held === isOn(act) : one === undefined || one.held === isOn(act);
  },
  // They are not told of: that they were taken is all there is.
  digits: ({ asked }) => asked.digits === undefined,
  add: ({ asked }) => asked.add === undefined,
  remove: ({ participants }, _before, act) =>
    act.do !== 'remove' || participants.every(({ id }) => id !== act.participantId),
  // What was typed meanwhile is not saved with it, and can be saved again.
  save: ({ asked, draft }, before) => asked.save === undefined && draft !== before.draft,
  transfer: transferMoved,
  'cancel-transfer': transferMoved,
  'complete-transfer': transferMoved,
};

/** An act of the session on screen: it leads to what the platform tells of it, to another state, or to a failure. */
export function actOffers({ desktop }: AtWork, { session, asked }: CallView) {
  const sessionId = session!.id;
  const now = () => desktop.snapshot.agent.context.leader.sessions[sessionId];
  return (name: string, weight: number, act: SessionAct): Offer => {
    const before = now();
    const press = () => desktop.send({ type: 'session', sessionId, command: { type: 'act', act } });
    // A control that is busy says so, and waits for its answer.
    return offer(name, asked[act.do] === 'sent' ? 0 : weight, press, () => {
      const state = now();
      if (!state || !before || lineOf(state) !== lineOf(before)) return true;
      const { actFailure, expiresAt } = state.context;
      // It may have come and gone again.
      if (expiresAt !== before.context.expiresAt) return true;
      if (actFailure && actFailure !== before.context.actFailure) return true;
      return told[act.do]?.(state.context, before.context, act) ?? false;
    });
  };
}

const lineOf = ({ value }: { value: unknown }): string => (value as { phase: string }).phase;
