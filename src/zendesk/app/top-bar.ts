// The panel, in the popover of the icon in the top bar.
import '../../define.js';
import { connectPage, runPage } from './page.js';

void runPage(async () => {
  const [{ host, locale }, { createTelephony }] = await Promise.all([connectPage(), import('./telephony.js')]);
  const panel = document.createElement('ccai-agent-adapter');
  panel.locale = locale;
  panel.host = host;
  panel.telephony = createTelephony();
  // A1: Zendesk hides a minimised panel. When the icon shows it again, it is no longer minimised.
  host.panel.onVisible((visible) => {
    if (visible) panel.minimized = false;
  });
  document.body.replaceChildren(panel);
});
