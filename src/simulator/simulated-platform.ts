import type { Recording } from '../domain/session.js';
import type { ActiveSession, CallRules, Capability } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { Outcome } from './call-scripts.js';
import { capabilityOf } from './capability-of.js';
import { Course } from './course.js';
import { sampleDirectory, type DirectoryEntry, type TargetConduct } from './directory.js';
import type { Disorder } from './event-line.js';
import { InCall } from './in-call.js';
import { isTaken } from './simulated-session.js';
import type { SimulatorOptions } from './simulator-options.js';
import { Transfers } from './transfers.js';
import { withTrouble, type Command, type CommandTrouble } from './trouble.js';
import { VoicemailBox } from './voicemail-box.js';
import { WaitingLine } from './waiting-line.js';
import { World } from './world.js';

/** What stands behind the embedded platform's commands, and what a test or a demo decides about it. */
export class SimulatedPlatform {
  /** What calls come to that have no script. */
  defaultOutcome: Outcome = 'answered';
  /** What the next call comes to, before scripts and default; used up by it. */
  next: Outcome | undefined;
  trouble: CommandTrouble = {};
  protected readonly world: World;
  protected readonly course: Course;
  protected readonly waiting: WaitingLine;
  protected readonly inCall: InCall;
  protected readonly transfers: Transfers;
  protected readonly box: VoicemailBox;
  protected readonly entries: readonly DirectoryEntry[];
  protected readonly scripts: Map<string, Outcome>;
  #targets: Map<string, TargetConduct>;

  constructor(options: SimulatorOptions = {}) {
    const { calls = {}, targets = {}, directory = sampleDirectory } = options;
    const conductOf = (id: string): TargetConduct => this.#targets.get(id) ?? 'answers';
    this.scripts = new Map(Object.entries(calls));
    this.#targets = new Map(Object.entries(targets));
    this.entries = directory;
    this.world = new World(options);
    this.course = new Course(this.world, options.wrapUp ?? this.can('wrap-up'));
    this.waiting = new WaitingLine(this.world, this.course, directory);
    this.inCall = new InCall(this.world, this.waiting, conductOf);
    this.transfers = new Transfers(this.world, this.waiting, directory, conductOf);
    this.box = new VoicemailBox(this.world, this.course);
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
    return this.world.line.disorder;
  }
  set disorder(disorder: Partial<Disorder>) {
    this.world.line.disorder = { ...this.world.line.disorder, ...disorder };
  }

  /** Recordings come as the file that this makes, in place of a link. It is made anew for every delivery. */
  get recordingFile(): ((recording: Recording) => Blob) | undefined {
    return this.world.recordingFile;
  }
  set recordingFile(make: ((recording: Recording) => Blob) | undefined) {
    this.world.recordingFile = make;
  }

  /** An agent is signed in here: time goes by, and nobody else writes the storage. */
  get isConnected(): boolean {
    return this.world.isHere;
  }

  /** Every session that is remembered, the oldest first. */
  sessions(): readonly ActiveSession[] {
    return this.world.desk.all().map(({ session }) => session);
  }

  /** The keys of the phone that the agent has pressed in a call. */
  digitsOf(sessionId: string): string {
    return this.world.session(sessionId).digits;
  }

  /** Calls back after every change and delivery, and takes no event from a listener. Returns the way to stop. */
  watch(watcher: () => void): () => void {
    const own = (): void => watcher();
    this.world.watchers.add(own);
    return () => void this.world.watchers.delete(own);
  }

  /** What the platform was last told to enforce. */
  get rules(): CallRules | undefined {
    return this.world.rules;
  }

  /** The connection to the platform is lost; calls go on there, unless they end with it. */
  drop({ endCalls = false }: { endCalls?: boolean } = {}): void {
    const { line, desk } = this.world;
    if (!this.world.online) return;
    this.world.online = false;
    line.open = false;
    line.say(desk.eventOf({ type: 'connection.lost' }));
    if (endCalls)
      for (const one of desk.all())
        if (isTaken(one))
          desk.play(one, 'course', [{ after: 0, do: 'end', by: 'platform', failReason: 'voip_conn_general' }]);
  }

  /** The connection is there again, and brings what has happened meanwhile. */
  restore(): void {
    const { line, desk, connected } = this.world;
    if (this.world.online) return;
    this.world.online = true;
    line.say(desk.eventOf({ type: 'connection.restored' }));
    line.open = connected;
    this.world.settle();
  }

  /** The microphone is unplugged. */
  loseDevice(): void {
    this.world.desk.tell({ type: 'device.lost' });
  }

  protected can(capability: Capability): boolean {
    return this.world.profile.capabilities.includes(capability);
  }

  protected run<T>(command: Command, work: () => T, needs: Capability | undefined = capabilityOf[command]): Promise<T> {
    return withTrouble(this.trouble, this.world.timers, command, () => {
      if (!this.world.online) throw new TelephonyError('offline', 'There is no connection to the platform.');
      if (command !== 'connect' && !this.world.isHere)
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
