import { own } from '../domain/own.js';
import { TelephonyError } from '../telephony/telephony-error.js';

type Refusal = { code: 'microphone-denied' | 'no-device'; message: string; failReason: string };

const denied: Refusal = {
  code: 'microphone-denied',
  message: 'The browser refuses the microphone.',
  failReason: 'ag_mic_denied',
};
const missing: Refusal = { code: 'no-device', message: 'There is no microphone.', failReason: 'ag_mic_no_device' };

const refusalOf: Readonly<Record<string, Refusal>> = {
  NotAllowedError: denied,
  SecurityError: denied,
  NotFoundError: missing,
  NotReadableError: missing,
  AbortError: missing,
};

const constraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** The agent's microphone. Every leg of a call gets its own copy of the track. */
export class Microphone {
  #chosen: string | undefined;
  #stream: MediaStream | undefined;
  #opening: Promise<MediaStream> | undefined;
  #lost: () => void;

  /** `lost` is called when the microphone in use is unplugged. */
  constructor(lost: () => void) {
    this.#lost = lost;
  }

  /** Opens the microphone, or returns the open one. Rejects with `microphone-denied` or `no-device`. */
  open(): Promise<MediaStream> {
    this.#opening ??= this.#ask().then(
      (stream) => (this.#stream = stream),
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }

  /** Releases the microphone, so that the browser no longer shows it as in use. */
  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    this.#stream = undefined;
    this.#opening = undefined;
  }

  /** Chooses the microphone. Returns whether an open microphone was replaced. */
  async choose(deviceId: string): Promise<boolean> {
    this.#chosen = deviceId;
    if (!this.#stream) return false;
    this.close();
    await this.open();
    return true;
  }

  async #ask(): Promise<MediaStream> {
    if (!navigator.mediaDevices) throw refused(denied);
    const exact = this.#chosen ? { deviceId: { exact: this.#chosen } } : {};
    const stream = await this.#get({ ...constraints, ...exact });
    for (const track of stream.getAudioTracks()) track.onended = () => this.#lost();
    return stream;
  }

  async #get(audio: MediaTrackConstraints): Promise<MediaStream> {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio });
    } catch (error) {
      const name = (error as DOMException | undefined)?.name ?? '';
      // The chosen device is gone. The call uses the browser's default microphone instead.
      if (name === 'OverconstrainedError') return navigator.mediaDevices.getUserMedia({ audio: constraints });
      throw refused(own(refusalOf, name) ?? missing, error);
    }
  }
}

const refused = ({ code, message, failReason }: Refusal, cause?: unknown): TelephonyError =>
  new TelephonyError(code, message, { failReason, cause });
