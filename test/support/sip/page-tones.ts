/** Gives parties tones instead of voices, and detects the tones in received audio. Runs in the page. */

const connections = new Set<RTCPeerConnection>();
let context: AudioContext | undefined;
let watched = false;
let given: MediaStream | undefined;

/** Replaces the microphone by a tone. Undefined makes the browser refuse the microphone. */
export function toneMicrophone(hz: number | undefined): void {
  if (!watched) watchConnections();
  navigator.mediaDevices.getUserMedia = async () => {
    if (hz === undefined) throw new DOMException('Permission denied', 'NotAllowedError');
    context ??= new AudioContext();
    const tone = new OscillatorNode(context, { frequency: hz });
    const out = context.createMediaStreamDestination();
    tone.connect(new GainNode(context, { gain: 0.3 })).connect(out);
    tone.start();
    return (given = out.stream);
  };
}

/** Lets the browser's question for the microphone wait. Returns a function that allows it. */
export async function askForMicrophone(): Promise<() => void> {
  const { mediaDevices } = navigator;
  const stream = await mediaDevices.getUserMedia({ audio: true });
  let allow!: () => void;
  const allowed = new Promise<void>((resolve) => (allow = resolve));
  mediaDevices.getUserMedia = () => allowed.then(() => stream);
  return allow;
}

/** Unplugs the microphone that was opened last. */
export function unplug(): void {
  for (const track of given?.getTracks() ?? []) track.dispatchEvent(new Event('ended'));
}

function watchConnections(): void {
  watched = true;
  const Real = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.add(this);
    }
  };
}

const ears = new Map<string, { analyser: AnalyserNode; audio: HTMLAudioElement }>();

function earOf(track: MediaStreamTrack): AnalyserNode {
  let ear = ears.get(track.id);
  if (!ear) {
    context ??= new AudioContext();
    const stream = new MediaStream([track]);
    // Chromium gives Web Audio no samples of a remote stream that no element plays.
    const audio = new Audio();
    audio.srcObject = stream;
    audio.muted = true;
    void audio.play();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(stream).connect(analyser);
    ear = { analyser, audio };
    ears.set(track.id, ear);
  }
  return ear.analyser;
}

const silence = -55;
/** Decibels below the loudest tone from which on a tone is ignored: a busy machine makes clicks. */
const faint = 20;

/** The frequencies among `wanted` that stand out in a spectrum. */
export function tonesIn(spectrum: Float32Array, binWidth: number, wanted: readonly number[]): number[] {
  const loudness = wanted.map((hz) => {
    const bin = Math.round(hz / binWidth);
    return Math.max(...spectrum.slice(bin - 2, bin + 3));
  });
  const loudest = Math.max(...loudness);
  return wanted.filter((_, at) => loudness[at]! > Math.max(silence, loudest - faint));
}

/** Milliseconds of audio that a spectrum needs. */
const spectrumTime = 180;

/** The frequencies among `wanted` that the current calls receive now. */
export async function audibleTones(wanted: readonly number[]): Promise<number[]> {
  for (const connection of connections) for (const { track } of connection.getReceivers()) if (track) earOf(track);
  await new Promise((resolve) => setTimeout(resolve, spectrumTime));
  const all = new Set<number>();
  for (const connection of connections) {
    if (connection.connectionState === 'closed') {
      connections.delete(connection);
      continue;
    }
    for (const { track } of connection.getReceivers()) {
      if (track?.kind !== 'audio' || track.readyState !== 'live') continue;
      const ear = earOf(track);
      const spectrum = new Float32Array(ear.frequencyBinCount);
      ear.getFloatFrequencyData(spectrum);
      for (const hz of tonesIn(spectrum, ear.context.sampleRate / ear.fftSize, wanted)) all.add(hz);
    }
  }
  return [...all].sort((one, other) => one - other);
}

/** The frequencies among `wanted` in each half second of a recording. */
export async function tonesOfFile(file: Blob, wanted: readonly number[]): Promise<number[][]> {
  context ??= new AudioContext();
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  const offline = new OfflineAudioContext(1, sound.length, sound.sampleRate);
  const source = new AudioBufferSourceNode(offline, { buffer: sound });
  const analyser = new AnalyserNode(offline, { fftSize: 8192, smoothingTimeConstant: 0 });
  source.connect(analyser).connect(offline.destination);
  const found: number[][] = [];
  for (let at = 0.5; at < sound.duration; at += 0.5)
    void offline.suspend(at).then(() => {
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(spectrum);
      found.push(tonesIn(spectrum, sound.sampleRate / analyser.fftSize, wanted));
      return offline.resume();
    });
  source.start();
  await offline.startRendering();
  return found;
}

export const liveConnections = (): RTCPeerConnection[] =>
  [...connections].filter(({ connectionState }) => connectionState !== 'closed');
