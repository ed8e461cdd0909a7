/** Two short tones, as of a phone far away. Hertz and seconds. */
const tones = [
  { frequency: 660, at: 0 },
  { frequency: 880, at: 0.18 },
] as const;
const length = 0.16;
const loudness = 0.08;
const everyRing = 2000;

let audio: AudioContext | undefined;
let ringing: ReturnType<typeof setInterval> | undefined;
/** Where it is heard: `setSinkId`'s id; empty: as the browser chooses. */
let speaker = '';

/** The browser lets no page make a sound before somebody has clicked in it. */
export const isSoundLocked = (): boolean => ringing !== undefined && audio?.state === 'suspended';

/** A person has pressed something in the panel. */
export async function unlockSound(): Promise<void> {
  await audio?.resume();
}

export function startRinging(): void {
  if (ringing !== undefined) return;
  audio ??= typeof AudioContext === 'undefined' ? undefined : new AudioContext();
  if (!audio) return;
  void audio.resume().catch(() => undefined);
  void useSpeaker(speaker);
  ringOnce();
  ringing = setInterval(ringOnce, everyRing);
}

export function stopRinging(): void {
  clearInterval(ringing);
  ringing = undefined;
}

/** A8: the same two tones, once, where the person wants to hear them. Rejects where that device is gone. */
export async function testSound(device: string): Promise<void> {
  audio ??= new AudioContext();
  await audio.resume();
  await useSpeaker(device);
  ringOnce();
}

/** Which device rings from now on. */
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
