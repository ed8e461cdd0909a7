import { fromCallback, fromPromise } from 'xstate';
import type { CrmHost } from '../crm/crm-host.js';
import type { Contact } from '../domain/contact.js';
import type { Environment } from '../domain/environment.js';
import type { Ticket } from '../domain/ticket.js';
import type { AgentFact, Opened } from '../machine/agent-context.js';
import { agentMachine } from '../machine/agent-machine.js';
import type { outboundMachine } from '../machine/outbound-machine.js';
import { sessionMachine } from '../machine/session-machine.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { Telephony } from '../telephony/telephony.js';

/** How many items a look-up asks for at once. */
export const pageSize = 100;
const commandWait = 15_000;

export interface CallPorts {
  host: CrmHost;
  telephony: Telephony;
  environment: Environment;
  open: () => Promise<Opened>;
  listen: (tell: (fact: AgentFact) => void) => () => void;
  recent: RecentRecords;
  /** The platform has taken a call on. */
  placed: (sessionId: string, key: string) => void;
  /** When the last calls were placed, in ms. */
  dialled: number[];
}

/** What look-ups have brought, so that nothing is fetched twice for one call. Bounded. */
export class RecentRecords {
  readonly #contacts = new Map<string, Contact>();
  readonly #tickets = new Map<string, Ticket>();

  contact = (id: string): Contact | undefined => this.#contacts.get(id);
  ticket = (id: string): Ticket | undefined => this.#tickets.get(id);

  keep({ contacts = [], tickets = [] }: { contacts?: readonly Contact[]; tickets?: readonly Ticket[] }): void {
    for (const contact of contacts) this.#contacts.set(contact.id, contact);
    for (const ticket of tickets) this.#tickets.set(ticket.id, ticket);
    for (const known of [this.#contacts, this.#tickets])
      for (const id of [...known.keys()].slice(0, Math.max(0, known.size - 2 * pageSize))) known.delete(id);
  }
}

/** The statechart of the agent with its actors bound to the ports. */
export function boundAgent(ports: CallPorts) {
  const { telephony, environment, open, listen } = ports;
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
      loadForm: fromPromise<typeof outboundMachine>(async () => {
        const { boundOutbound } = await import('./outbound-ports.js');
        return boundOutbound(ports);
      }),
      session,
    },
  });
}

/** A platform that never answers is a failure with a way out; the command may have been taken all the same. */
export async function inCommandTime<T>({ timers }: Environment, what: string, ask: () => Promise<T>): Promise<T> {
  let timer: unknown;
  const silence = new Promise<never>((_, reject) => {
    timer = timers.setTimeout(
      () => reject(new TelephonyError('timeout', `The platform did not answer when asked to ${what}.`)),
      commandWait,
    );
  });
  try {
    return await Promise.race([Promise.resolve().then(ask), silence]);
  } finally {
    timers.clearTimeout(timer);
  }
}
