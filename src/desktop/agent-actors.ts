import { fromCallback, fromPromise } from 'xstate';
import type { Opened } from '../machine/agent/agent-context.js';
import { agentMachine } from '../machine/agent/agent-machine.js';
import type { LeaderCommand, Placed } from '../machine/leader/leader-state.js';
import type { outboundMachine } from '../machine/outbound/outbound-machine.js';
import type { ActorPorts } from './actor-ports.js';

/** The statechart of the agent with its actors bound to the ports. */
export function boundAgent({ leader: leader, open, loadForm }: ActorPorts) {
  let form: typeof outboundMachine | undefined;
  const done = async (command: LeaderCommand) => void (await leader.ask(command));
  return agentMachine.provide({
    actors: {
      open: fromPromise<Opened>(open),
      leader: fromCallback<{ type: 'placed' } & Placed>(({ sendBack, receive }) => {
        receive(({ type: _t, ...call }) => leader.placed(call));
        return leader.subscribe((state) => sendBack({ type: 'leader.changed', state }));
      }),
      setStatus: fromPromise<void, { status: string }>(({ input }) => done({ type: 'setStatus', ...input })),
      setNextStatus: fromPromise<void, { status: string | undefined }>(({ input }) =>
        done({ type: 'setNextStatus', ...input }),
      ),
      takeBack: fromPromise<void>(() => done({ type: 'takeBack' })),
      logOut: fromPromise<void, { discard: boolean }>(({ input }) => done({ type: 'logOut', ...input })),
      logIn: fromPromise<void>(() => done({ type: 'logIn' })),
      loadForm: fromPromise<typeof outboundMachine>(async () => (form ??= await loadForm())),
    },
  });
}
