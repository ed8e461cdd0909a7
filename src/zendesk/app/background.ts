// Runs in every tab without a screen: Zendesk may tell only this page that a number was clicked.
import { dialOutEvent, dialRequestOf } from '../dial-out.js';
import { DialRelay } from '../dial-relay.js';
import { openPage } from './page.js';

void (async () => {
  const framework = await openPage();
  const { instanceGuid } = await framework.context();
  const relay = new DialRelay(framework, instanceGuid);
  framework.on(dialOutEvent, (payload) => void relay.dial(dialRequestOf(payload), { voice: true }));
  await relay.preload();
})();
