import type { LiveCall } from './live-call.js';
import { Mixer } from './mixer.js';
import { qualityOf, type Quality } from './quality.js';
import { Recorder } from './recorder.js';
import type { SipContext } from './sip-context.js';

/** Milliseconds between two measurements of the quality. */
const qualityEvery = 5_000;

/** Records and mixes the audio of calls, and measures its quality. */
export class Media {
  #context: SipContext;
  /** Sessions whose recording has not been emitted yet. */
  #recording = new Set<string>();

  constructor(context: SipContext) {
    this.#context = context;
  }

  isRecording(sessionId: string): boolean {
    return this.#recording.has(sessionId);
  }

  /** Called when a call is connected, and again after its leg was replaced: the recording goes on with the new leg. */
  begin(call: LiveCall): void {
    const { known } = call;
    if (known.record && !call.recorder) this.#record(call);
    call.mixer?.join('customer', call.leg.remote);
    if (call.qualityTimer === undefined) this.#watchQuality(call);
  }

  #record(call: LiveCall): void {
    const { session } = call.known;
    try {
      call.recorder = new Recorder(this.mixer(call).everybody, this.#context.clock);
    } catch {
      // In a browser that cannot record, the call goes on without a recording.
      return;
    }
    if (session.recordingPaused) call.recorder.pause();
    this.#recording.add(session.id);
  }

  mixer(call: LiveCall): Mixer {
    if (!call.mixer) {
      call.mixer = new Mixer();
      this.#context.microphone.open().then(
        (stream) => call.mixer?.setMicrophone(stream),
        () => undefined,
      );
      call.mixer.muted = call.known.session.muted;
      call.mixer.join('customer', call.leg.remote);
    }
    return call.mixer;
  }

  async end(call: LiveCall): Promise<void> {
    const { known, recorder, mixer } = call;
    const { events, timers } = this.#context;
    timers.clearTimeout(call.qualityTimer);
    for (const { leg } of call.others.values()) leg.close();
    call.others.clear();
    const owner = this.#context.agent?.id;
    try {
      const recording = await recorder?.stop().catch(() => undefined);
      if (!recording) return;
      const { direction, customerNumber, platformNumber } = known.session;
      const [from, to] = direction === 'outbound' ? [platformNumber, customerNumber] : [customerNumber, platformNumber];
      // After a transfer too, the event's owner is the agent of this page: only this page has the file.
      const delivered = { ...recording, part: 1, parts: 1, from, to };
      events.emitForSession(known.session.id, { type: 'recording.ready', recording: delivered }, owner);
    } finally {
      this.#recording.delete(known.session.id);
      mixer?.close();
    }
  }

  #watchQuality(call: LiveCall): void {
    let before: Quality | undefined;
    const measure = async (): Promise<void> => {
      const { connection } = call.leg.rtc;
      const quality = connection && (await qualityOf(connection, before).catch(() => undefined));
      if (this.#context.live !== call) return;
      if (quality && quality.word !== before?.word) {
        const { word, loss, jitter } = quality;
        this.#context.sessions.emit(call.known, { type: 'session.quality', word, loss, jitter });
      }
      before = quality ?? before;
      wait();
    };
    const wait = (): void =>
      void (call.qualityTimer = this.#context.timers.setTimeout(() => void measure(), qualityEvery));
    wait();
  }
}
