import type { Agent } from '../domain/agent.js';
import type { CallRules, TelephonyProfile, TransferTarget } from '../telephony/telephony.js';
import { CallQueue } from './call-queue.js';
import { Conversations } from './conversations.js';
import { CommandRunner } from './command-runner.js';
import { Dialler } from './dialler.js';
import { availabilityOf, type Availability } from './availability.js';
import { inDirectory, sampleDirectory, type DirectoryEntry, type TargetConduct } from './directory.js';
import { InCall } from './in-call.js';
import { PlatformContext } from './platform-context.js';
import { SessionLifecycle } from './session-lifecycle.js';
import { SimulatedCustomers } from './simulated-customers.js';
import { isTaken } from './simulated-session.js';
import type { SimulatorOptions } from './simulator-options.js';
import { Transfers } from './transfers.js';
import { VoicemailBox } from './voicemail-box.js';

/** Composes the parts of the embedded platform. Signs an agent in, and interrupts the connection. */
export class SimulatedPlatform {
  readonly context: PlatformContext;
  readonly commands: CommandRunner;
  readonly lifecycle: SessionLifecycle;
  readonly queue: CallQueue;
  readonly inCall: InCall;
  readonly transfers: Transfers;
  readonly voicemailBox: VoicemailBox;
  readonly dialler: Dialler;
  readonly customers: SimulatedCustomers;
  readonly conversations: Conversations;
  readonly directory: readonly DirectoryEntry[];
  /** How transfer targets behave, by their id in the directory. */
  readonly targets: Map<string, TargetConduct>;
  /** A16: the availability that a test or a demo has set, by the target's id in the directory. */
  readonly availability = new Map<string, Availability>();

  constructor(options: SimulatorOptions) {
    const { calls = {}, targets = {}, directory = sampleDirectory } = options;
    const conductOf = (id: string): TargetConduct => this.targets.get(id) ?? 'answers';
    const context = (this.context = new PlatformContext(options));
    const wrapUp = options.wrapUp ?? context.profile.capabilities.includes('wrap-up');
    this.targets = new Map(Object.entries(targets));
    this.directory = directory;
    this.commands = new CommandRunner(context);
    this.lifecycle = new SessionLifecycle(context, wrapUp);
    this.queue = new CallQueue(context, this.lifecycle, directory);
    this.inCall = new InCall(context, this.queue, conductOf);
    this.conversations = new Conversations(context);
    this.transfers = new Transfers(context, this.queue, directory, conductOf, this.conversations);
    this.voicemailBox = new VoicemailBox(context, this.lifecycle);
    this.dialler = new Dialler(context, this.voicemailBox, calls);
    this.customers = new SimulatedCustomers(context, this.queue, this.voicemailBox);
  }

  connect(agent: Agent, rules: CallRules): TelephonyProfile {
    const { context } = this;
    context.signIn(agent, rules);
    return {
      ...context.profile,
      status: context.presence.state.status,
      activeSessions: context.scheduler
        .all()
        .filter(({ place }) => place === 'agent' || place === 'wrap-up')
        .map(({ session }) => structuredClone(session)),
    };
  }

  /** The targets that the directory finds, with their availability now. */
  targetsFor(query: string): TransferTarget[] {
    const { agent, clock, scheduler } = this.context;
    return inDirectory(this.directory, query, agent?.id).map(({ kind, id, label, ...entry }) => ({
      ...{ kind, id, label },
      ...availabilityOf({ kind, id, label, ...entry }, scheduler.all(), clock.now(), this.availability.get(id)),
    }));
  }

  /** Interrupts the connection between panel and platform. Calls go on, unless `endCalls` is set. */
  drop({ endCalls = false }: { endCalls?: boolean }): void {
    const { delivery, scheduler } = this.context;
    if (!this.context.online) return;
    this.context.online = false;
    delivery.open = false;
    delivery.deliverNow(scheduler.agentEvent({ type: 'connection.lost' }));
    if (!endCalls) return;
    for (const simulated of scheduler.all())
      if (isTaken(simulated))
        scheduler.schedule(simulated, 'course', [
          { after: 0, do: 'end', by: 'platform', failReason: 'voip_conn_general' },
        ]);
  }

  /** Restores the connection and delivers the events that were emitted meanwhile. */
  restore(): void {
    const { delivery, scheduler, signedIn } = this.context;
    if (this.context.online) return;
    this.context.online = true;
    delivery.deliverNow(scheduler.agentEvent({ type: 'connection.restored' }));
    delivery.open = signedIn;
    this.context.workChanged();
  }
}
