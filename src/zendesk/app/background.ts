// The background page, which every tab runs without a screen. Zendesk may send clicks on numbers to this page only.
import { dialOutEvent, dialRequestOf } from '../dial-out.js';
import { DialRelay } from '../dial-relay.js';
import { openPage, wordsFor } from './page.js';

/** Milliseconds between the tries. Zendesk may answer slowly while it loads. */
const pauses = [1000, 2000, 5000, 10_000, 30_000, 60_000];

async function listen(): Promise<DialRelay> {
  const framework = await openPage();
  const { instanceGuid } = await framework.context();
  const relay = new DialRelay(framework, instanceGuid);
  framework.on(dialOutEvent, (payload) => {
    void relay.dial(dialRequestOf(payload), { voice: true }).then((taken) => {
      if (taken) return;
      framework.invoke('notify', [wordsFor(navigator.language).sidebar.notSent, 'error']).catch(() => undefined);
    });
  });
  return relay;
}

async function untilDone<T>(work: () => Promise<T>, tries = 0): Promise<T> {
  try {
    return await work();
  } catch {
    const pause = pauses[Math.min(tries, pauses.length - 1)]!;
    await new Promise((resolve) => setTimeout(resolve, pause));
    return untilDone(work, tries + 1);
  }
}

void untilDone(listen).then((relay) => untilDone(() => relay.preload()));
