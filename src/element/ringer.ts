/** The ring has two short tones. Frequencies are in Hz, times in seconds. */
const tones = [
  { frequency: 660, at: 0 },
  { frequency: 880, at: 0.18 },
] as const;
const length = 0.16;
const loudness = 0.08;
/** Milliseconds. */
const ringInterval = 2000;

let audio: AudioContext | undefined;
let ringing: ReturnType<typeof setInterval> | undefined;
/** The id of the output device, for `setSinkId`. Empty for the browser's default. */
let speaker = '';

/** Whether the browser blocks the ring because nobody has clicked in the page yet. */
export const isSoundLocked = (): boolean => ringing !== undefined && audio?.state === 'suspended';

/** Starts sound that the browser blocks. It works only after a press in the panel. */
export async function unlockSound(): Promise<void> {
  await audio?.resume();
}

export function startRinging(): void {
  if (ringing !== undefined) return;
  audio ??= typeof AudioContext === 'undefined' ? undefined : new AudioContext();
  if (!audio) return;
  void useSpeaker(speaker);
  // The answer comes in a later task, so that the screen is drawn first (Q2).
  audio.resume().then(
    () => ringing !== undefined && ringOnce(),
    () => undefined,
  );
  ringing = setInterval(ringOnce, ringInterval);
}

export function stopRinging(): void {
  clearInterval(ringing);
  ringing = undefined;
}

/** A8: plays the ring once on a device. Rejects if the device is gone. */
export async function testSound(device: string): Promise<void> {
  audio ??= new AudioContext();
  await audio.resume();
  await useSpeaker(device);
  ringOnce();
}

/** Sets the output device of the ring. */
export async function useSpeaker(device: string): Promise<void> {
  speaker = device;
  const sink = audio as (AudioContext & { setSinkId?: (id: string) => Promise<void> }) | undefined;
  await sink?.setSinkId?.(device);
}

function ringOnce(): void {
  if (!audio || audio.state !== 'running') return;
  for (const { frequency, at } of tones) {
    const start = audio.currentTime + at;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(loudness, start + 0.02);
    volume.gain.linearRampToValueAtTime(0, start + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + length);
  }
}
