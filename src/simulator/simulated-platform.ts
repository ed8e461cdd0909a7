import type { Recording } from '../domain/session.js';
import type { ActiveSession, CallRules, Capability } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { Outcome } from './call-scripts.js';
import { capabilityOf } from './capability-of.js';
import { SessionLifecycle } from './session-lifecycle.js';
import { sampleDirectory, type DirectoryEntry, type TargetConduct } from './directory.js';
import type { Disorder } from './event-delivery.js';
import { InCall } from './in-call.js';
import { isTaken } from './simulated-session.js';
import type { SimulatorOptions } from './simulator-options.js';
import { Transfers } from './transfers.js';
import { withTrouble, type Command, type CommandTrouble } from './trouble.js';
import { VoicemailBox } from './voicemail-box.js';
import { CallQueue } from './call-queue.js';
import { PlatformContext } from './platform-context.js';

/** What stands behind the embedded platform's commands, and what a test or a demo decides about it. */
export class SimulatedPlatform {
  /** What calls come to that have no script. */
  defaultOutcome: Outcome = 'answered';
  /** What the next call comes to, before scripts and default; used up by it. */
  next: Outcome | undefined;
  trouble: CommandTrouble = {};
  protected readonly context: PlatformContext;
  protected readonly lifecycle: SessionLifecycle;
  protected readonly queue: CallQueue;
  protected readonly inCall: InCall;
  protected readonly transfers: Transfers;
  protected readonly voicemailBox: VoicemailBox;
  protected readonly entries: readonly DirectoryEntry[];
  protected readonly scripts: Map<string, Outcome>;
  #targets: Map<string, TargetConduct>;

  constructor(options: SimulatorOptions = {}) {
    const { calls = {}, targets = {}, directory = sampleDirectory } = options;
    const conductOf = (id: string): TargetConduct => this.#targets.get(id) ?? 'answers';
    this.scripts = new Map(Object.entries(calls));
    this.#targets = new Map(Object.entries(targets));
    this.entries = directory;
    this.context = new PlatformContext(options);
    this.lifecycle = new SessionLifecycle(this.context, options.wrapUp ?? this.can('wrap-up'));
    this.queue = new CallQueue(this.context, this.lifecycle, directory);
    this.inCall = new InCall(this.context, this.queue, conductOf);
    this.transfers = new Transfers(this.context, this.queue, directory, conductOf);
    this.voicemailBox = new VoicemailBox(this.context, this.lifecycle);
  }

  /** Calls to this number (as it is dialled) come to this. */
  script(number: string, outcome: Outcome): void {
    this.scripts.set(number, outcome);
  }

  /** How transfers to somebody, and their joining, go; `id` as in the directory. */
  scriptTarget(id: string, conduct: TargetConduct): void {
    this.#targets.set(id, conduct);
  }

  get disorder(): Disorder {
    return this.context.delivery.disorder;
  }
  set disorder(disorder: Partial<Disorder>) {
    this.context.delivery.disorder = { ...this.context.delivery.disorder, ...disorder };
  }

  /** Recordings come as the file that this makes, in place of a link. It is made anew for every delivery. */
  get recordingFile(): ((recording: Recording) => Blob) | undefined {
    return this.context.recordingFile;
  }
  set recordingFile(make: ((recording: Recording) => Blob) | undefined) {
    this.context.recordingFile = make;
  }

  /** An agent is signed in here: time goes by, and nobody else writes the storage. */
  get isConnected(): boolean {
    return this.context.isSignedInHere;
  }

  /** Every session that is remembered, the oldest first. */
  sessions(): readonly ActiveSession[] {
    return this.context.scheduler.all().map(({ session }) => session);
  }

  /** The keys of the phone that the agent has pressed in a call. */
  digitsOf(sessionId: string): string {
    return this.context.session(sessionId).digits;
  }

  /** Calls back after every change and delivery, and takes no event from a listener. Returns the way to stop. */
  watch(watcher: () => void): () => void {
    const own = (): void => watcher();
    this.context.watchers.add(own);
    return () => void this.context.watchers.delete(own);
  }

  /** What the platform was last told to enforce. */
  get rules(): CallRules | undefined {
    return this.context.rules;
  }

  /** The connection to the platform is lost; calls go on there, unless they end with it. */
  drop({ endCalls = false }: { endCalls?: boolean } = {}): void {
    const { delivery, scheduler } = this.context;
    if (!this.context.online) return;
    this.context.online = false;
    delivery.open = false;
    delivery.deliverNow(scheduler.agentEvent({ type: 'connection.lost' }));
    if (endCalls)
      for (const simulated of scheduler.all())
        if (isTaken(simulated))
          scheduler.schedule(simulated, 'course', [
            { after: 0, do: 'end', by: 'platform', failReason: 'voip_conn_general' },
          ]);
  }

  /** The connection is there again, and brings what has happened meanwhile. */
  restore(): void {
    const { delivery, scheduler, signedIn: connected } = this.context;
    if (this.context.online) return;
    this.context.online = true;
    delivery.deliverNow(scheduler.agentEvent({ type: 'connection.restored' }));
    delivery.open = connected;
    this.context.workChanged();
  }

  /** The microphone is unplugged. */
  loseDevice(): void {
    this.context.scheduler.emitAgentEvent({ type: 'device.lost' });
  }

  protected can(capability: Capability): boolean {
    return this.context.profile.capabilities.includes(capability);
  }

  protected run<T>(command: Command, work: () => T, needs: Capability | undefined = capabilityOf[command]): Promise<T> {
    return withTrouble(this.trouble, this.context.timers, command, () => {
      if (!this.context.online) throw new TelephonyError('offline', 'There is no connection to the platform.');
      if (command !== 'connect' && !this.context.isSignedInHere)
        throw new TelephonyError('not-available', `${command}: nobody is signed in; connect() comes first.`);
      if (needs && !this.can(needs))
        throw new TelephonyError(
          'unsupported',
          `The embedded platform cannot ${command}: it does not have the capability "${needs}".`,
        );
      return work();
    });
  }
}
