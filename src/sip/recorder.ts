import type { Clock } from '../environment/environment.js';
import type { Recording } from '../domain/session.js';

const wanted = 'audio/webm;codecs=opus';
const pieceEvery = 1000;

/** Records a stream. Audio from a pause is not in the file. */
export class Recorder {
  #recorder: MediaRecorder;
  #clock: Clock;
  #pieces: Blob[] = [];
  #startedAt: number;
  #sum = 0;
  #since: number | undefined;

  constructor(stream: MediaStream, clock: Clock) {
    this.#clock = clock;
    this.#startedAt = this.#since = clock.now();
    const mimeType = MediaRecorder.isTypeSupported(wanted) ? { mimeType: wanted } : {};
    this.#recorder = new MediaRecorder(stream, mimeType);
    this.#recorder.ondataavailable = ({ data }) => void (data.size && this.#pieces.push(data));
    this.#recorder.start(pieceEvery);
  }

  pause(): void {
    if (this.#since === undefined) return;
    this.#sum += this.#clock.now() - this.#since;
    this.#since = undefined;
    this.#recorder.pause();
  }

  resume(): void {
    if (this.#since !== undefined) return;
    this.#since = this.#clock.now();
    this.#recorder.resume();
  }

  /** Undefined if nothing was recorded. */
  async stop(): Promise<Pick<Recording, 'file' | 'startedAt' | 'durationSeconds'> | undefined> {
    this.pause();
    if (this.#recorder.state !== 'inactive')
      await new Promise((resolve) => {
        this.#recorder.onstop = resolve;
        this.#recorder.onerror = resolve;
        this.#recorder.stop();
      });
    if (!this.#pieces.length) return undefined;
    return {
      file: new Blob(this.#pieces, { type: this.#recorder.mimeType }),
      startedAt: new Date(this.#startedAt).toISOString(),
      durationSeconds: Math.floor(this.#sum / 1000),
    };
  }
}
