import { fromCallback, fromPromise } from 'xstate';
import type { AgentFact, Opened } from '../machine/agent-context.js';
import { agentMachine } from '../machine/agent-machine.js';
import type { outboundMachine } from '../machine/outbound-machine.js';
import { sessionMachine } from '../machine/session-machine.js';
import type { CallPorts } from './call-ports.js';
import { inCommandTime } from './command-time.js';

/** The statechart of the agent with its actors bound to the ports. */
export function boundAgent(ports: CallPorts) {
  const { telephony, environment, open, listen } = ports;
  let form: typeof outboundMachine | undefined;
  const command = <T>(what: string, ask: () => Promise<T>) => inCommandTime(environment, what, ask);

  const session = sessionMachine.provide({
    actors: {
      endCall: fromPromise<void, { sessionId: string }>(({ input }) =>
        command('end the call', () => telephony.end(input.sessionId)),
      ),
    },
  });

  return agentMachine.provide({
    actors: {
      open: fromPromise<Opened>(open),
      listen: fromCallback<AgentFact>(({ sendBack }) => listen(sendBack)),
      setStatus: fromPromise<void, { status: string }>(({ input }) =>
        command('set the status', () => telephony.setStatus(input.status)),
      ),
      setNextStatus: fromPromise<void, { status: string | undefined }>(({ input }) =>
        command('set the next status', () => telephony.setNextStatus(input.status)),
      ),
      cancelDial: fromPromise<void, { key: string }>(({ input }) =>
        command('cancel', () => telephony.cancelDial(input.key)),
      ),
      loadForm: fromPromise<typeof outboundMachine>(async () => (form ??= await ports.loadForm())),
      session,
    },
  });
}
