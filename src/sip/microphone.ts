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

const wishes = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** The microphone, of which every leg of a call gets a track of its own. */
export class Microphone {
  #chosen: string | undefined;
  #stream: MediaStream | undefined;
  #opening: Promise<MediaStream> | undefined;
  #lost: () => void;

  /** `lost`: the one in use was unplugged. */
  constructor(lost: () => void) {
    this.#lost = lost;
  }

  /** Opened once for a call. Throws `microphone-denied` or `no-device`. */
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

  /** The browser's sign that it listens goes out. */
  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    this.#stream = undefined;
    this.#opening = undefined;
  }

  /** True: the one in use is another now. */
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
    const stream = await this.#get({ ...wishes, ...exact });
    for (const track of stream.getAudioTracks()) track.onended = () => this.#lost();
    return stream;
  }

  async #get(audio: MediaTrackConstraints): Promise<MediaStream> {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio });
    } catch (error) {
      const name = (error as DOMException | undefined)?.name ?? '';
      // A device that was chosen and is gone: any other is better than no call.
      if (name === 'OverconstrainedError') return navigator.mediaDevices.getUserMedia({ audio: wishes });
      throw refused(own(refusalOf, name) ?? missing, error);
    }
  }
}

const refused = ({ code, message, failReason }: Refusal, cause?: unknown): TelephonyError =>
  new TelephonyError(code, message, { failReason, cause });
