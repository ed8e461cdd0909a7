import { fromCallback, fromPromise } from 'xstate';
import type { Opened } from '../machine/agent-context.js';
import { agentMachine } from '../machine/agent-machine.js';
import type { LineCommand, Placed } from '../machine/line-state.js';
import type { outboundMachine } from '../machine/outbound-machine.js';
import type { CallPorts } from './call-ports.js';

/** The statechart of the agent with its actors bound to the ports. */
export function boundAgent({ line, open, loadForm }: CallPorts) {
  let form: typeof outboundMachine | undefined;
  const done = async (command: LineCommand) => void (await line.ask(command));
  return agentMachine.provide({
    actors: {
      open: fromPromise<Opened>(open),
      line: fromCallback<{ type: 'placed' } & Placed>(({ sendBack, receive }) => {
        receive(({ type: _t, ...call }) => line.placed(call));
        return line.subscribe((state) => sendBack({ type: 'line.changed', state }));
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
