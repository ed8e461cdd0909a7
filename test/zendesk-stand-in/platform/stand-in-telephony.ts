// Replaces the app's assets/telephony.js in the stand-in: the same platform, which the shell can control.
import { recentSessions, sessionWords } from '../../../demo/session-words.js';
import type { SimulatedTelephony } from '../../../src/simulator/index.js';
import { createTelephony as embeddedPlatform } from '../../../src/zendesk/app/telephony.js';
import { directory, groups, isAsk, type Answer, type Ask } from './messages.js';

export { simulated } from '../../../src/zendesk/app/telephony.js';

export function createTelephony(): SimulatedTelephony {
  const platform = embeddedPlatform({ directory });
  // Another tab may be the leader.
  const tabs = new BroadcastChannel('stand-in-platform');
  tabs.addEventListener('message', ({ data }) => {
    const { id, ask } = data as { id?: string; ask?: Ask };
    if (ask && platform.isConnected) tabs.postMessage({ id, answer: answerTo(platform, ask) });
  });
  window.addEventListener('message', ({ data, source, ports: [port] }) => {
    if (!isAsk(data) || source !== window.parent || !port) return;
    if (platform.isConnected) return port.postMessage(answerTo(platform, data));
    const id = crypto.randomUUID();
    const hear = ({ data: said }: MessageEvent): void => {
      const { id: to, answer } = said as { id?: string; answer?: Answer };
      if (to !== id || !answer) return;
      tabs.removeEventListener('message', hear);
      port.postMessage(answer);
    };
    tabs.addEventListener('message', hear);
    tabs.postMessage({ id, ask: data });
  });
  return platform;
}

function answerTo(platform: SimulatedTelephony, { actId, choice }: Ask): Answer {
  const sessions = () => recentSessions(platform.sessions()).map((one) => ({ id: one.id, words: sessionWords(one) }));
  const act = groups.flatMap(({ acts }) => acts).find(({ id }) => id === actId);
  if (!act || !choice) return { sessions: sessions() };
  try {
    const began = act.raise(platform, choice);
    return { sessions: sessions(), ...(began && { began }) };
  } catch (cause) {
    return { sessions: sessions(), problem: (cause as Error).message };
  }
}
