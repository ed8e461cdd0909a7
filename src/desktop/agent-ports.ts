import { fromCallback, fromPromise } from 'xstate';
import type { Opened } from '../machine/agent-context.js';
import { agentMachine } from '../machine/agent-machine.js';
import type { Placed } from '../machine/line-state.js';
import type { outboundMachine } from '../machine/outbound-machine.js';
import type { CallPorts } from './call-ports.js';

/** The statechart of the agent with its actors bound to the ports. */
export function boundAgent({ line, open, loadForm }: CallPorts) {
  let form: typeof outboundMachine | undefined;
  return agentMachine.provide({
    actors: {
      open: fromPromise<Opened>(open),
      line: fromCallback<{ type: 'placed' } & Placed>(({ sendBack, receive }) => {
        receive(({ type: _t, ...call }) => line.placed(call));
        return line.subscribe((state) => sendBack({ type: 'line.changed', state }));
      }),
      setStatus: fromPromise<void, { status: string }>(({ input }) => line.ask({ type: 'setStatus', ...input })),
      setNextStatus: fromPromise<void, { status: string | undefined }>(({ input }) =>
        line.ask({ type: 'setNextStatus', ...input }),
      ),
      cancelDial: fromPromise<void, { key: string }>(({ input }) => line.ask({ type: 'cancelDial', ...input })),
      logOut: fromPromise<void, { discard: boolean }>(({ input }) => line.ask({ type: 'logOut', ...input })),
      logIn: fromPromise<void>(() => line.ask({ type: 'logIn' })),
      loadForm: fromPromise<typeof outboundMachine>(async () => (form ??= await loadForm())),
    },
  });
}
