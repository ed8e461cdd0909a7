import { enqueueActions, fromCallback, fromPromise } from 'xstate';
import type { CrmHost } from '../crm/crm-host.js';
import type { Environment } from '../environment/environment.js';
import type { Telephony } from '../telephony/telephony.js';
import type { RecentRecords } from './recent-records.js';
import type { LeaderLink } from './tabs/leader-link.js';
import type { Opened } from '../machine/agent/agent-context.js';
import { agentMachine, formInput } from '../machine/agent/agent-machine.js';
import type { LeaderCommand } from '../machine/leader/leader-state.js';
import type { outboundMachine } from '../machine/outbound/outbound-machine.js';

/** The ports and services to which the statecharts' actors are bound. */
export interface ActorPorts {
  host: CrmHost;
  telephony: Telephony;
  environment: Environment;
  open: () => Promise<Opened>;
  leader: Pick<LeaderLink, 'ask' | 'subscribe'>;
  recent: RecentRecords;
  /** Loads the bound statechart of the outbound form, from a file of its own. */
  loadForm: () => Promise<typeof outboundMachine>;
  /** When this tab dialled lately, in milliseconds since 1970. */
  dialled: number[];
}

/** The agent's statechart with its actors bound to the ports. */
export function boundAgent({ leader, open, loadForm }: ActorPorts) {
  let form: typeof outboundMachine | undefined;
  const done = async (command: LeaderCommand) => void (await leader.ask(command));
  return agentMachine.provide({
    actors: {
      open: fromPromise<Opened>(open),
      leader: fromCallback(({ sendBack }) => leader.subscribe((state) => sendBack({ type: 'leader.changed', state }))),
      setStatus: fromPromise<void, { status: string }>(({ input }) => done({ type: 'setStatus', ...input })),
      setNextStatus: fromPromise<void, { status: string | undefined }>(({ input }) =>
        done({ type: 'setNextStatus', ...input }),
      ),
      takeBack: fromPromise<void>(() => done({ type: 'takeBack' })),
      logOut: fromPromise<void, { discard: boolean }>(({ input }) => done({ type: 'logOut', ...input })),
      logIn: fromPromise<void>(() => done({ type: 'logIn' })),
      loadForm: fromPromise<void>(async () => {
        form ??= await loadForm();
      }),
    },
    guards: { isFormLoaded: () => form !== undefined },
    actions: {
      // `setup` does not know the form's statechart. The types expect a name instead.
      spawnForm: enqueueActions(({ enqueue, context }) =>
        enqueue.spawnChild(form! as never, { id: 'outbound', input: formInput(context) } as never),
      ),
    },
  });
}
