import type { Recording } from '../src/domain/session.js';

const samplesPerSecond = 8000;
const mostSeconds = 10;

/** Makes a WAV file (8 bits, one channel) with a soft tone instead of recorded speech, of at most ten seconds. */
export function toneFile({ durationSeconds }: Pick<Recording, 'durationSeconds'>): Blob {
  const samples = Math.max(1, Math.min(mostSeconds, durationSeconds)) * samplesPerSecond;
  const bytes = new DataView(new ArrayBuffer(44 + samples));
  const text = (at: number, letters: string): void =>
    [...letters].forEach((letter, index) => bytes.setUint8(at + index, letter.charCodeAt(0)));
  text(0, 'RIFF');
  bytes.setUint32(4, 36 + samples, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, samplesPerSecond, true);
  bytes.setUint32(28, samplesPerSecond, true);
  bytes.setUint16(32, 1, true);
  bytes.setUint16(34, 8, true);
  text(36, 'data');
  bytes.setUint32(40, samples, true);
  for (let at = 0; at < samples; at++)
    bytes.setUint8(44 + at, 128 + Math.round(20 * Math.sin((2 * Math.PI * 330 * at) / samplesPerSecond)));
  return new Blob([bytes.buffer as ArrayBuffer], { type: 'audio/wav' });
}
