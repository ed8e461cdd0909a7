import type { Clock } from '../environment/environment.js';
import type { Recording } from '../domain/session.js';

const preferredType = 'audio/webm;codecs=opus';
/** Milliseconds of audio in each piece. */
const pieceEvery = 1000;

/** Records a stream. The file does not contain the audio of pauses. */
export class Recorder {
  #recorder: MediaRecorder;
  #clock: Clock;
  #pieces: Blob[] = [];
  #startedAt: number;
  /** Milliseconds that were recorded before the last pause. */
  #recorded = 0;
  /** When the recording began or went on; undefined during a pause. */
  #runningSince: number | undefined;

  constructor(stream: MediaStream, clock: Clock) {
    this.#clock = clock;
    this.#startedAt = this.#runningSince = clock.now();
    const mimeType = MediaRecorder.isTypeSupported(preferredType) ? { mimeType: preferredType } : {};
    this.#recorder = new MediaRecorder(stream, mimeType);
    this.#recorder.ondataavailable = ({ data }) => void (data.size && this.#pieces.push(data));
    this.#recorder.start(pieceEvery);
  }

  pause(): void {
    if (this.#runningSince === undefined) return;
    this.#recorded += this.#clock.now() - this.#runningSince;
    this.#runningSince = undefined;
    this.#recorder.pause();
  }

  resume(): void {
    if (this.#runningSince !== undefined) return;
    this.#runningSince = this.#clock.now();
    this.#recorder.resume();
  }

  /** Ends the recording. Resolves with undefined if nothing was recorded. */
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
      durationSeconds: Math.floor(this.#recorded / 1000),
    };
  }
}
