import type { Act } from '../../../../demo/platform-acts.js';
import { directory, type Answer, type Ask } from '../../platform/messages.js';

const every = 1500;
const queues = directory.filter(({ kind }) => kind === 'queue');

/** The shell's connection to the platform in the app's iframe. */
export class PlatformWire {
  sessions: Answer['sessions'] = [];
  /** Whether a platform answers. */
  answers = false;
  said = '';
  problem = '';
  answered = true;
  queueId = queues[0]!.id;
  targetId = '102';
  readonly queues = queues;
  readonly targets = directory;
  #chosen = '';
  readonly #frame: () => HTMLIFrameElement | undefined;
  readonly #origin: () => string;
  readonly #changed: () => void;

  constructor(frame: () => HTMLIFrameElement | undefined, origin: () => string, changed: () => void) {
    this.#frame = frame;
    this.#origin = origin;
    this.#changed = changed;
  }

  /** The session that an act is for: the chosen one, else the newest. */
  get sessionId(): string {
    return (this.sessions.find(({ id }) => id === this.#chosen) ?? this.sessions[0])?.id ?? '';
  }
  set sessionId(id: string) {
    this.#chosen = id;
  }

  /** Polls the sessions while `wanted`. */
  watch(wanted: () => boolean): void {
    setInterval(() => {
      if (wanted()) void this.#ask({ standIn: 'platform' });
    }, every);
  }

  async raise({ id: actId, label }: Act): Promise<void> {
    const { path = [], ...queue } = queues.find(({ id }) => id === this.queueId)!;
    const { kind, id, label: name } = directory.find((one) => one.id === this.targetId)!;
    const target = { kind, id, label: name };
    const { sessionId, answered } = this;
    this.said = this.problem = '';
    const choice = { sessionId, answered, target, queue: { id: queue.id, path } };
    const answer = await this.#ask({ standIn: 'platform', actId, choice });
    if (answer?.began) this.#chosen = answer.began;
    if (!answer) this.problem = 'Not possible: the panel is not there.';
    else if (answer.problem) this.problem = `Not possible: ${answer.problem}`;
    else this.said = `Done: ${label}`;
    this.#changed();
  }

  async #ask(ask: Ask): Promise<Answer | undefined> {
    const frame = this.#frame()?.contentWindow;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<Answer | undefined>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data as Answer);
      setTimeout(() => resolve(undefined), 1000);
    });
    frame?.postMessage(ask, this.#origin(), [port2]);
    const said = await answer;
    port1.close();
    this.answers = said !== undefined;
    this.sessions = said?.sessions ?? [];
    this.#changed();
    return said;
  }
}
