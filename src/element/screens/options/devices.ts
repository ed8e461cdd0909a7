export type DeviceUse = 'microphone' | 'speaker' | 'ringer';

export interface FoundDevice {
  id: string;
  /** Empty until the browser grants the microphone. */
  label: string;
}

export interface FoundDevices {
  microphones: readonly FoundDevice[];
  speakers: readonly FoundDevice[];
  /** Why no devices are offered. */
  trouble?: 'denied' | 'none' | 'unsupported';
}

const isDenied = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotAllowedError';

/** Lists the browser's devices. `ask` requests the microphone first, because devices have names only then. */
export async function findDevices(ask: boolean): Promise<FoundDevices> {
  const { mediaDevices } = navigator;
  if (!mediaDevices?.enumerateDevices) return { microphones: [], speakers: [], trouble: 'unsupported' };
  let trouble: FoundDevices['trouble'];
  if (ask)
    try {
      const stream = await mediaDevices.getUserMedia({ audio: true });
      for (const track of stream.getTracks()) track.stop();
    } catch (error) {
      trouble = isDenied(error) ? 'denied' : 'none';
    }
  const all = await mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind) =>
    all.filter((one) => one.kind === kind && one.deviceId !== '').map(({ deviceId: id, label }) => ({ id, label }));
  return { microphones: of('audioinput'), speakers: of('audiooutput'), trouble };
}

/** A8: reports the microphone's level, 0 to 1, until the returned function is called. Rejects if access is denied. */
export async function listen(device: string, onLevel: (level: number) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: device ? { deviceId: { exact: device } } : true,
  });
  const audio = new AudioContext();
  const analyser = audio.createAnalyser();
  audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(Math.min(1, 4 * Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length)));
  }, 100);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    void audio.close();
  };
}

/** The state of a permission. `prompt`: the browser would ask. */
export async function permissionOf(name: 'microphone' | 'notifications'): Promise<PermissionState | 'unknown'> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return 'unknown';
  }
}
