import { fromPromise } from 'xstate';
import type { Choice } from '../domain/session.js';
import type { TicketChoice } from '../domain/ticket-choice.js';
import type { Environment } from '../environment/environment.js';
import { inCommandTime } from '../keeper/command-time.js';
import type { RecordKeeper } from '../keeper/record-keeper.js';
import { sessionMachine } from '../machine/session/session-machine.js';
import type { Draft, SessionAct } from '../machine/session/session-context.js';
import type { Telephony } from '../telephony/telephony.js';

type Acts = {
  [Do in SessionAct['do']]: (telephony: Telephony, sessionId: string, act: SessionAct & { do: Do }) => Promise<void>;
};

/** The requests to the platform that need only the session and the act. */
const acts: Omit<Acts, 'save' | 'back'> = {
  answer: (telephony, id) => telephony.answer(id),
  decline: (telephony, id) => telephony.decline(id),
  end: (telephony, id) => telephony.end(id),
  leave: (telephony, id) => telephony.leave(id),
  mute: (telephony, id, { on }) => telephony.setMuted(id, on),
  hold: (telephony, id, { on, participantId }) => telephony.setHeld(id, on, participantId),
  redact: (telephony, id, { on }) => telephony.setRecordingPaused(id, on),
  digits: (telephony, id, { digits }) => telephony.sendDigits(id, digits),
  transfer: (telephony, id, { target, mode }) => telephony.transfer(id, target, mode),
  'complete-transfer': (telephony, id) => telephony.completeTransfer(id),
  'cancel-transfer': (telephony, id) => telephony.cancelTransfer(id),
  add: (telephony, id, { target }) => telephony.addParticipant(id, target),
  remove: (telephony, id, { participantId }) => telephony.removeParticipant(id, participantId),
};

/** Completes the error message “The phone platform did not {word} in time”. */
const actWords: Readonly<Record<SessionAct['do'], string>> = {
  answer: 'answer the call',
  decline: 'decline the call',
  end: 'end the call',
  leave: 'leave the call',
  mute: 'mute',
  hold: 'hold',
  redact: 'pause the recording',
  digits: 'send the digits',
  transfer: 'transfer the call',
  'complete-transfer': 'complete the transfer',
  'cancel-transfer': 'cancel the transfer',
  add: 'add the participant',
  remove: 'remove the participant',
  save: 'save the wrap-up',
  back: 'set the status',
};

export interface SessionActorPorts {
  telephony: Telephony;
  environment: Pick<Environment, 'timers'>;
  /** Undefined until the leader has opened the keeper. */
  keeper: () => Pick<RecordKeeper, 'offer' | 'choose' | 'readTicket'> | undefined;
  nextStatus: () => string | undefined;
}

/** The statechart of a session with its actors bound to the ports. */
export const boundSession = ({ telephony, environment, keeper, nextStatus }: SessionActorPorts) =>
  sessionMachine.provide({
    actions: { readTicket: ({ context }) => keeper()?.readTicket(context.session.id) },
    actors: {
      act: fromPromise<void, { sessionId: string; act: SessionAct; draft: Draft }>(
        ({ input: { sessionId, act, draft } }) =>
          inCommandTime(environment, actWords[act.do], () =>
            carryOutAct(telephony, sessionId, act, { draft, nextStatus: nextStatus() }),
          ),
      ),
      offerTickets: fromPromise<TicketChoice | undefined, { sessionId: string; contactId: string }>(
        async ({ input: { sessionId, contactId } }) => keeper()?.offer(sessionId, contactId),
      ),
      assignRecord: fromPromise<void, { sessionId: string; choice: Choice }>(
        async ({ input: { sessionId, choice } }) => void (await keeper()?.choose(sessionId, choice)),
      ),
    },
  });

/** Sends the request to the platform, whose events tell the outcome. Rejects with the platform's error. */
async function carryOutAct(
  telephony: Telephony,
  sessionId: string,
  act: SessionAct,
  { draft: { notes, dispositions }, nextStatus }: { draft: Draft; nextStatus: string | undefined },
): Promise<void> {
  if (act.do === 'save') await telephony.submitWrapUp(sessionId, { notes: notes.trim(), dispositions });
  // A2: sets the next status that the agent has chosen.
  else if (act.do === 'back') await telephony.setStatus(nextStatus ?? 'available');
  else await (acts[act.do] as (...asked: [Telephony, string, SessionAct]) => Promise<void>)(telephony, sessionId, act);
}
