import type { Telephony } from '../../src/telephony/telephony.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';

/** Makes a platform send recordings and voicemails as files, as SIP does, and not as links. */
export function recordFiles(telephony: Pick<Telephony, 'subscribe'>, bytes = 734_000): void {
  const subscribe = telephony.subscribe.bind(telephony);
  const asFile = (event: PlatformEvent): PlatformEvent => {
    if (event.type !== 'recording.ready' && event.type !== 'voicemail.received') return event;
    const { url: _, ...recording } = event.recording;
    return { ...event, recording: { ...recording, file: new Blob([new Uint8Array(bytes)], { type: 'audio/webm' }) } };
  };
  telephony.subscribe = (listener) => subscribe((event) => listener(asFile(event)));
}
